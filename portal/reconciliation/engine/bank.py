"""What the books say moved at the bank against the bank's own rows.

A payment is one row at most. The bank's number decides before names do; a row that says the number
and another amount is that payment, and wrong. Without a number, a row of the same amount and name
within some days is the payment, the nearest day first, and of two as near the later one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import NamedTuple


class Movement(NamedTuple):
    """A row of the bank; what comes in is above zero."""

    id: int
    day: date
    amount: int
    reference: str
    name: str
    memo: str


class Claim(NamedTuple):
    """What should have moved. `reference`: the number it has at the bank, or that was sent along;
    `name`: from whom or to whom."""

    key: str
    day: date
    amount: int
    reference: str
    name: str


@dataclass(slots=True)
class Matched:
    """`pairs`: with how each is known, `reference` or `name`."""

    pairs: list[tuple[Claim, Movement, str]] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    rows: list[Movement] = field(default_factory=list)


Key = Hashable | None


def match_bank(claims: Sequence[Claim], rows: Sequence[Movement], *, days: int) -> Matched:
    found = Matched(
        claims=sorted(claims, key=lambda one: (one.day, one.key)),
        rows=sorted(rows, key=lambda one: (one.day, one.id)),
    )
    for numbers in (_own_number, _numbers_within):
        _take(found, "reference", _numbered_and_amount, partial(_with_amount, numbers))
        _take(found, "reference", _numbered, numbers)
    for apart in range(days + 1):
        for shift in (apart, -apart) if apart else (0,):
            _take(found, "name", _named, partial(_named_row, shift))
    return found


def _numbered(claim: Claim) -> Key:
    return claim.reference or None


def _numbered_and_amount(claim: Claim) -> Key:
    return (claim.reference, claim.amount) if claim.reference else None


def _own_number(row: Movement) -> Iterable[str]:
    return (row.reference,)


def _numbers_within(row: Movement) -> Iterable[str]:
    """Words of the purpose: a number that was sent along stands among them."""
    return row.memo.split()


def _with_amount(
    numbers: Callable[[Movement], Iterable[str]], row: Movement
) -> Iterable[tuple[str, int]]:
    return ((number, row.amount) for number in numbers(row))


def _named(claim: Claim) -> Key:
    return (claim.amount, _plain(claim.name), claim.day.toordinal()) if claim.name else None


def _named_row(shift: int, row: Movement) -> Iterable[Hashable]:
    return ((row.amount, _plain(row.name), row.day.toordinal() - shift),)


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


def _take(
    found: Matched,
    how: str,
    of_claim: Callable[[Claim], Key],
    of_row: Callable[[Movement], Iterable[Hashable]],
) -> None:
    """Pair those with the same key, one by one in their order."""
    waiting: dict[Hashable, list[Movement]] = defaultdict(list)
    for row in reversed(found.rows):
        for key in of_row(row):
            waiting[key].append(row)
    claims, taken = list[Claim](), set[int]()
    for claim in found.claims:
        rows = waiting.get(of_claim(claim), [])
        while rows and rows[-1].id in taken:  # under another of its keys
            rows.pop()
        if rows:
            row = rows.pop()
            found.pairs.append((claim, row, how))
            taken.add(row.id)
        else:
            claims.append(claim)
    found.claims = claims
    found.rows = [row for row in found.rows if row.id not in taken]
