"""What is added once a month, and the differences that later refunds make.

A month's own row knows the refunds of that month; a refund that comes later leaves it as it is
and posts what the recomputed month differs by, in the month the refund happened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple

from .agreement import Agreement, Band, GuaranteeMode, Ladder, LadderMode, PeriodComponent
from .amounts import BASIS, half_up
from .lines import Posting, Track
from .months import Month, month_of


@dataclass(slots=True)
class Turnover:
    """Of the phases settled in a month: what they came to, and under which codes it went."""

    net: int = 0
    by_code: dict[str, int] = field(default_factory=dict)

    def __add__(self, other: Turnover) -> Turnover:
        codes = self.by_code.keys() | other.by_code.keys()
        sums = {code: self.by_code.get(code, 0) + other.by_code.get(code, 0) for code in codes}
        return Turnover(self.net + other.net, sums)


class PeriodRow(NamedTuple):
    """posted_in: the month of posting. corrects: the month corrected, None for its own row."""

    posted_in: Month
    corrects: Month | None
    component: PeriodComponent
    amount: int


class PeriodSum(NamedTuple):
    """How an amount came about. share and guarantee are exact; the amount is rounded once."""

    share: Fraction
    guarantee: Fraction
    days: int
    deducted: int
    amount: int


class Months:
    """Gathers the settled postings of an agreement by month."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        deducted = {code for one in agreement.period_components for code in one.less}
        self._places = [
            (at, leg.component)
            for at, leg in enumerate(agreement.legs)
            if leg.component in deducted
        ]
        # month settled → month it happened → what moved then
        self._moves: dict[Month, dict[Month, Turnover]] = defaultdict(dict)

    def add(self, posting: Posting) -> None:
        if posting.track is not Track.SETTLED or posting.settled_at is None:
            return
        happened, settled = month_of(posting.event.at), month_of(posting.settled_at)
        turnover = self._moves[settled].setdefault(happened, Turnover())
        turnover.net += sum(posting.amounts)
        for at, code in self._places:
            turnover.by_code[code] = turnover.by_code.get(code, 0) + posting.amounts[at]

    def add_sum(self, settled: Month, turnover: Turnover) -> None:
        """Of lines that settled in this month in one phase, and of which nothing came back."""
        moved = self._moves[settled].setdefault(settled, Turnover())
        moved.net += turnover.net
        for code, amount in turnover.by_code.items():
            moved.by_code[code] = moved.by_code.get(code, 0) + amount

    @property
    def codes(self) -> Sequence[tuple[int, str]]:
        """The legs, by their place, whose codes some component deducts."""
        return self._places

    def net(self, month: Month, known_by: Month) -> int:
        """Of what settled in the month, as it stood at the end of another one."""
        moves = self._moves.get(month, {})
        return sum(moved.net for happened, moved in moves.items() if happened <= known_by)

    def rows(self, until: Month | None) -> Iterator[PeriodRow]:
        """By month of posting, its own rows first, then corrections by the month they correct."""
        if not self._moves:
            return
        rows = [*self._own_rows(until or max(self._moves)), *self._corrections(until)]
        yield from sorted(rows, key=lambda row: (row.posted_in, row.corrects or Month(0, 0)))

    def _own_rows(self, last: Month) -> Iterator[PeriodRow]:
        for month in min(self._moves).until(last):
            turnover = self._moves.get(month, {}).get(month, Turnover())
            for one in self.agreement.period_components:
                yield PeriodRow(month, None, one, self._amount(one, month, turnover))

    def _corrections(self, until: Month | None) -> Iterator[PeriodRow]:
        for month, moves in self._moves.items():
            happened = sorted(moves)
            states = list(accumulate(moves[one] for one in happened))
            for one in self.agreement.period_components:
                amounts = [self._amount(one, month, state) for state in states]
                for at, late in enumerate(happened[1:], start=1):
                    if until is None or late <= until:
                        yield PeriodRow(late, month, one, amounts[at] - amounts[at - 1])

    def _amount(self, component: PeriodComponent, month: Month, turnover: Turnover) -> int:
        return period_sum(self.agreement, component, month, turnover).amount


def gather(agreement: Agreement, postings: Iterable[Posting]) -> Months:
    months = Months(agreement)
    if agreement.period_components:
        for posting in postings:
            months.add(posting)
    return months


def period_sum(
    agreement: Agreement, component: PeriodComponent, month: Month, turnover: Turnover
) -> PeriodSum:
    """What the payer owes for the month; negative where more was deducted than is owed."""
    days = month.days_in_force(agreement.effective_from, agreement.effective_to)
    share = share_of(component, turnover.net)
    if component.fixed_fen is not None and not days:
        share = Fraction(0)  # nothing fixed is owed for a month after the end
    guarantee = Fraction(0)
    if component.guarantee is not None:
        guarantee = Fraction(component.guarantee.fen * days, month.days)
    deducted = sum(turnover.by_code.get(code, 0) for code in component.less)
    owed = _with_guarantee(component, share, guarantee)
    return PeriodSum(share, guarantee, days, deducted, half_up(owed) - deducted)


def _with_guarantee(component: PeriodComponent, share: Fraction, guarantee: Fraction) -> Fraction:
    if component.guarantee is None:
        return share
    if component.guarantee.mode is GuaranteeMode.PLUS:
        return share + guarantee
    return max(share, guarantee)


def share_of(component: PeriodComponent, net: int) -> Fraction:
    """Exact, before rounding."""
    if component.fixed_fen is not None:
        return Fraction(component.fixed_fen)
    if component.ladder is None:
        return Fraction(net * (component.rate_bp or 0), BASIS)
    return Fraction(
        sum(part * band.rate_bp for band, part in steps_of(component.ladder, net)), BASIS
    )


def steps_of(ladder: Ladder, net: int) -> Iterator[tuple[Band, int]]:
    """The bands that count, each with the part of the turnover it rates."""
    below = 0
    for band in ladder.bands:
        top = net if band.up_to_fen is None else min(net, band.up_to_fen)
        if ladder.mode is LadderMode.MARGINAL:
            if top > below:
                yield band, top - below
            below = max(below, top)
        elif top == net:
            yield band, net
            return
