"""What should have moved at the bank. Apps say it of their own payments:

register_claims("bill", claims_of_bills)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from portal.reconciliation.engine import Claim


@dataclass(frozen=True, slots=True)
class Payment:
    """`claim.amount` is above zero for what comes in. `title` and `url` show it to finance;
    `row_id`: the bank row that somebody has already found to be it."""

    claim: Claim
    title: str
    url: str = ""
    row_id: int | None = None


Payments = Callable[[date, date], Iterable[Payment]]  # of these days, the last one too

_sources: dict[str, Payments] = {}


def register_claims(source: str, payments: Payments) -> None:
    """`source` is up to 20 characters; a payment's key is unique within it."""
    _sources[source] = payments


def payments_of(first: date, last: date) -> list[tuple[str, Payment]]:
    """Each with its source, in the order of sources."""
    return [(name, one) for name in sorted(_sources) for one in _sources[name](first, last)]
