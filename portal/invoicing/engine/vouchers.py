"""A month of the books as vouchers for an accounting program: one for each kind of business, a line
for each account and party, debits equal to credits in every one.

In the ledger an amount above zero is what somebody has coming, so it is a credit; one below zero is
a debit. That holds for the platform's own accounts, too: fees are income, order money an asset.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

MOST_LINES = 500  # accounting programs refuse vouchers without end


class Moved(NamedTuple):
    """What a month moved on an account: `group` is the kind of business, party None the platform,
    amount in fen with the ledger's sign."""

    group: str
    kind: str
    party: int | None
    amount: int


class VoucherLine(NamedTuple):
    kind: str
    party: int | None
    debit: int
    credit: int


@dataclass(frozen=True, slots=True)
class Voucher:
    number: int
    group: str
    lines: tuple[VoucherLine, ...]

    @property
    def debit(self) -> int:
        return sum(line.debit for line in self.lines)

    @property
    def credit(self) -> int:
        return sum(line.credit for line in self.lines)


class Unbalanced(ValueError):
    """The books of a group are not zero: nothing to hand over."""


def vouchers_of(moved: Iterable[Moved], most: int = MOST_LINES) -> list[Voucher]:
    """Numbered from 1 in the order of their groups. Raises `Unbalanced`."""
    found: list[Voucher] = []
    rows = sorted(moved, key=_order)
    for group, of_group in groupby(rows, key=lambda row: row.group):
        for part in _parts([row for row in of_group if row.amount], most):
            lines = tuple(_line(row) for row in part)
            found.append(Voucher(len(found) + 1, group, lines))
    return found


def _order(row: Moved) -> tuple[str, str, bool, int]:
    return row.group, row.kind, row.party is None, row.party or 0


def _line(row: Moved) -> VoucherLine:
    debit, credit = max(-row.amount, 0), max(row.amount, 0)
    return VoucherLine(row.kind, row.party, debit, credit)


def _parts(rows: Sequence[Moved], most: int) -> Iterator[list[Moved]]:
    """Parts of at most `most` lines of parties. Each but the last is made even by a piece of the
    platform's largest line; the last has what is left of it, and the platform's other lines."""
    if sum(row.amount for row in rows):
        raise Unbalanced(rows[0].group)
    ours = [row for row in rows if row.party is None]
    theirs = [row for row in rows if row.party is not None]
    if len(theirs) <= most or not ours:
        if rows:
            yield list(rows)
        return
    largest = max(ours, key=lambda row: abs(row.amount))
    taken = 0
    pieces = [theirs[at : at + most] for at in range(0, len(theirs), most)]
    for piece in pieces[:-1]:
        counter = -sum(row.amount for row in piece)
        taken += counter
        yield [*piece, *([largest._replace(amount=counter)] if counter else [])]
    rest = largest._replace(amount=largest.amount - taken)
    others = [row for row in ours if row is not largest]
    yield [*pieces[-1], *others, *([rest] if rest.amount else [])]
