"""Postings as values: what a journal and its legs say, before they are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import NamedTuple
from uuid import UUID

from portal.core.clock import SHANGHAI

LONGEST = {"key": 200, "cause_type": 40, "cause_id": 80, "text": 200, "part": 40}
MOST_FEN = 10**17  # of a leg; 92 of the largest still fit into a balance


class Leg(NamedTuple):
    """One line: `amount` fen more (or, below zero, less) on an account. `part` says which part of
    the cause it is, such as the code of a component."""

    account_id: int
    amount: int
    part: str = ""


@dataclass(frozen=True, slots=True)
class Posting:
    """One journal with all its legs, which add up to zero within each track and currency.

    `key` is said once: the same key with the same content writes nothing, with another content it
    is refused. `occurred_at` is when it happened. Without a `period` (the first of a month) it
    counts in the month in which it happened, or in the first open one.
    """

    key: str
    cause_type: str
    cause_id: str
    occurred_at: datetime
    text: str
    legs: Sequence[Leg]
    period: date | None = None
    reverses_id: int | None = None

    @property
    def content(self) -> UUID:
        """A hash of everything that a repetition must say again."""
        said = (
            self.cause_type,
            self.cause_id,
            self.occurred_at.timestamp(),
            self.text,
            self.period and self.period.toordinal(),
            self.reverses_id,
            list(map(tuple, self.legs)),
        )
        return UUID(bytes=blake2b(repr(said).encode(), digest_size=16).digest())


@dataclass(frozen=True, slots=True)
class Posted:
    """`is_new` is false where the key was known with the same content."""

    journal_id: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Counted:
    posted: int
    repeated: int


def month_of(moment: datetime) -> date:
    """The first day of a moment's month in Shanghai."""
    return moment.astimezone(SHANGHAI).date().replace(day=1)


def month_after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
