"""What both files say, and the names they say it with.

In these programs a debit is positive: what is owed to a party is a negative liability. So every
amount has the opposite sign of the ledger's own, in which it is what the party has coming.
Estimated money is counted in a unit of its own, which no program adds to the real one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

ROOTS = {
    **dict.fromkeys(("clearing", "custody"), "Assets"),
    **dict.fromkeys(("fees", "penalties"), "Income"),
    "growth": "Expenses",
    **dict.fromkeys(
        ("share", "available", "held", "paying", "bills", "deposit", "reward"), "Liabilities"
    ),
}
ESTIMATED = "EST"
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class BookAccount:
    """`amount`: what the ledger says is on it, in fen and with the ledger's sign."""

    name: str
    unit: str
    amount: int


@dataclass(frozen=True, slots=True)
class BookEntry:
    account: BookAccount
    amount: int
    part: str


@dataclass(frozen=True, slots=True)
class BookTransaction:
    """`day` is the one it counts on: when it happened, or a day of the month it came into."""

    number: int
    key: str
    day: date
    occurred: date
    posted: date
    text: str
    entries: Sequence[BookEntry]


@dataclass(frozen=True, slots=True)
class Books:
    """Everything from the first day on; `end` is later than every transaction."""

    start: date
    end: date
    accounts: Sequence[BookAccount]
    transactions: Iterable[BookTransaction]


def account_name(kind: str, track: str, party: tuple[int, str] | None) -> str:
    """`Liabilities:Settled:Share:P42-谷雨粒食品`. In Beancount a part begins with a capital or a
    digit and holds letters, digits and hyphens; the number keeps two of the same name apart."""
    parts = [ROOTS[kind], track.capitalize(), kind.capitalize()]
    if party is not None:
        number, name = party
        parts.append(f"P{number}-{_letters(name)}".rstrip("-"))
    return ":".join(parts)


def unit_of(currency: str, track: str) -> str:
    return f"{currency}{ESTIMATED}" if track == "estimated" else currency


def yuan(fen: int) -> str:
    """`-1234.50`, with the sign of these files."""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen > 0 else ''}{whole}.{rest:02d}"


def _letters(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name)
    kept = "".join(c if _is_letter(c) else "-" for c in plain)
    return "-".join(part for part in kept.split("-") if part)[:LONGEST_NAME]


def _is_letter(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] == "L" or category == "Nd"
