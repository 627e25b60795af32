"""What tests of reconciliation share."""

from __future__ import annotations

from typing import Any

import pytest

from portal.core import clock
from portal.core.verdict import Refused
from portal.revenue.services import record_bank_rows
from tests.factories import SYSTEM


def refused(status: int, act: Any, *args: Any, **kwargs: Any) -> list[str]:
    """The fields that it names."""
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    assert refusal.value.verdict.status == status
    return [flaw.field for flaw in refusal.value.verdict.flaws]


def bank_row(reference: str) -> None:
    """A document that is here."""
    values = {"account": "8801", "booked_on": clock.today(), "amount": 1, "reference": reference}
    record_bank_rows(SYSTEM, rows=[values])
