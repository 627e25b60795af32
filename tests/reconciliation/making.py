"""What tests of reconciliation share."""

from __future__ import annotations

from typing import Any

import pytest

from portal.core.verdict import Refused


def refused(status: int, act: Any, *args: Any, **kwargs: Any) -> None:
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    assert refusal.value.verdict.status == status
