"""Whether an invoice is the one that is due: every difference by its name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .einvoice import ReadInvoice


class Difference(StrEnum):
    SELLER_NAME = "seller_name"
    SELLER_TAX = "seller_tax"
    BUYER_NAME = "buyer_name"
    BUYER_TAX = "buyer_tax"
    AMOUNT = "amount"
    RATE = "rate"
    DAY = "day"
    REVERSES = "reverses"


HARD = frozenset(  # nobody may accept these: the paper is somebody else's, or of another sum
    {Difference.SELLER_TAX, Difference.BUYER_TAX, Difference.AMOUNT, Difference.REVERSES}
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is due; what is empty is not known and not compared. `left_fen`: still to be invoiced
    (above zero), or to be taken back by a red letter (below zero). `blue`: the numbers of invoices
    matched before, which a red letter may reverse."""

    seller_name: str
    seller_tax: str
    buyer_name: str
    buyer_tax: str
    left_fen: int
    rate_bp: int | None
    since: date
    until: date
    blue: frozenset[str] = frozenset()


def differences(read: ReadInvoice, wanted: Wanted) -> Iterator[tuple[Difference, str, str]]:
    """Which, what the invoice says, and what it should say."""
    names = (
        (Difference.SELLER_NAME, read.seller_name, wanted.seller_name),
        (Difference.BUYER_NAME, read.buyer_name, wanted.buyer_name),
    )
    numbers = (
        (Difference.SELLER_TAX, read.seller_tax, wanted.seller_tax),
        (Difference.BUYER_TAX, read.buyer_tax, wanted.buyer_tax),
    )
    yield from (one for one in names if one[2] and folded(one[1]) != folded(one[2]))
    yield from (one for one in numbers if one[2] and one[1] != one[2])
    if not _is_within(read.inclusive, wanted.left_fen):
        yield Difference.AMOUNT, str(read.inclusive), str(wanted.left_fen)
    rates = {item.rate_bp for item in read.items}
    if wanted.rate_bp is not None and rates != {wanted.rate_bp}:
        yield Difference.RATE, ",".join(map(str, sorted(rates))), str(wanted.rate_bp)
    if not wanted.since <= read.issued_on <= wanted.until:
        yield Difference.DAY, read.issued_on.isoformat(), wanted.until.isoformat()
    if read.inclusive < 0 and read.reverses not in wanted.blue:
        yield Difference.REVERSES, read.reverses, ",".join(sorted(wanted.blue))


def _is_within(amount: int, left: int) -> bool:
    """Of the same sign, and not more: a large sum comes in several invoices."""
    return amount * left > 0 and abs(amount) <= abs(left)


def folded(name: str) -> str:
    """Full-width and half-width brackets are one, and blanks none."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
