from __future__ import annotations

from typing import Any

import pytest

from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from tests.conftest import Person, staff_person


@pytest.fixture
def maker(db: None) -> Person:
    return staff_person("finance maker")


@pytest.fixture
def checker(db: None) -> Person:
    return staff_person("finance checker")


@pytest.fixture
def refused() -> Any:
    """A service refuses with this status, and nothing was written down."""

    def refuse(status: int, act: Any, *args: Any, **kwargs: Any) -> Refused:
        known = AuditEntry.objects.count()
        with pytest.raises(Refused) as error:
            act(*args, **kwargs)
        assert error.value.verdict.status == status, error.value.verdict
        assert AuditEntry.objects.count() == known
        return error.value

    return refuse
