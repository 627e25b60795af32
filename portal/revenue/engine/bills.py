"""What is billed by date, beside what orders are split into: when it is due, and how much of it
comes back where a target was missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from .agreement import BillWhen, InvoiceComponent, RefundLadder
from .amounts import BASIS, rate_of
from .months import Month


class Due(NamedTuple):
    """key: what tells dues of one component apart, so that none is billed twice; empty where it is
    due once."""

    key: str
    on: date


def dues(component: InvoiceComponent, first: date, until: date | None, upto: date) -> Iterator[Due]:
    """Up to and including `upto`, for terms that hold from `first` on and before `until`. What is
    due on call is not here: the payee calls it."""
    due = component.due
    if due.when is BillWhen.MONTH:
        yield from _monthly(due.days, first, until, upto)
        return
    on = first + timedelta(days=due.days) if due.when is BillWhen.START else due.on
    holds = on is not None and (until is None or on < until)
    if on is not None and due.when is not BillWhen.CALL and on <= upto and holds:
        yield Due("", on)


def _monthly(day: int, first: date, until: date | None, upto: date) -> Iterator[Due]:
    last = upto if until is None else min(upto, until - timedelta(days=1))
    if last < first:
        return
    for month in Month(first.year, first.month).until(Month(last.year, last.month)):
        on = month.first_day.replace(day=day)
        if first <= on <= last:
            yield Due(str(month), on)


def refund_of(amount_fen: int, ladder: RefundLadder, reached_fen: int) -> int:
    """What comes back, rounded half up: the share of the last band whose part of the target was
    reached."""
    reached_bp = max(reached_fen, 0) * BASIS // ladder.target_fen
    share = next(band.refund_bp for band in reversed(ladder.bands) if reached_bp >= band.from_bp)
    return rate_of(amount_fen, share)
