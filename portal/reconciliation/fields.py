"""What a count finds, before it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Finding(NamedTuple):
    """A difference, as `Difference` keeps it."""

    between: str
    kind: str
    key: str
    subject: str
    expected_fen: int | None = None
    found_fen: int | None = None
    expected: str = ""
    found: str = ""
    event_id: int | None = None
    bank_row_id: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """How many, and how much of it in fen."""

    events: int = 0
    fen: int = 0


@dataclass(slots=True)
class Count:
    """A day as it was counted; `expected` is None where nothing was announced."""

    basis: str
    expected: Sum | None = None
    arrived: Sum = field(default_factory=Sum)
    booked: Sum = field(default_factory=Sum)
    sound: Sum = field(default_factory=Sum)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Resolution:
    """`document`: the number or the address of what put it right, if something here did."""

    why: str
    document: str = ""
