"""A party's year of sales, as its home shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from portal.core import clock
from portal.core.actor import Actor
from portal.revenue.models import ChannelTurnover, Turnover
from portal.revenue.order_states import Channel

YEAR = 12


@dataclass(frozen=True, slots=True)
class SoldMonth:
    month: date
    paid_fen: int = 0
    net_fen: int = 0
    refunded_fen: int = 0

    @property
    def refund_rate(self) -> float | None:
        """In percent of what was paid; None where nothing was."""
        return 100 * self.refunded_fen / self.paid_fen if self.paid_fen else None


@dataclass(frozen=True, slots=True)
class SoldYear:
    """The running month and the eleven before it, the oldest first; of months without orders, too.
    `as_of`: when they were counted."""

    months: Sequence[SoldMonth]
    as_of: datetime

    @property
    def net_fen(self) -> int:
        return sum(one.net_fen for one in self.months)

    @property
    def quarter_fen(self) -> int:
        """Of the calendar quarter that runs."""
        return sum(one.net_fen for one in self.months[-1 - (self.months[-1].month.month - 1) % 3 :])

    @property
    def last(self) -> SoldMonth:
        """The last whole month."""
        return self.months[-2]

    @property
    def before(self) -> SoldMonth:
        return self.months[-3]


def sold_year(actor: Actor, role: str) -> SoldYear | None:
    """None where nothing was sold in a year, or this person may not see the sum of it."""
    today = clock.today()
    names = [_month(today, back) for back in range(YEAR - 1, -1, -1)]
    rows = Turnover.objects.visible_to(actor).filter(role=role, month__gte=names[0])
    found = {row.month: row for row in rows}
    if not found:
        return None
    months = [
        SoldMonth(name, row.paid_fen, row.net_fen, row.refunded_fen)
        if (row := found.get(name))
        else SoldMonth(name)
        for name in names
    ]
    return SoldYear(months, max(row.counted_at for row in found.values()))


@dataclass(frozen=True, slots=True)
class ChannelYear:
    """As `SoldYear`, of one channel."""

    channel: Channel
    months: Sequence[SoldMonth]

    @property
    def net_fen(self) -> int:
        return sum(one.net_fen for one in self.months)

    @property
    def last(self) -> SoldMonth:
        """The last whole month."""
        return self.months[-2]

    @property
    def before(self) -> SoldMonth:
        return self.months[-3]


def sold_by_channel(actor: Actor) -> list[ChannelYear]:
    """What of a merchant's year came by which channel, the largest first; those with nothing left
    out. One query."""
    today = clock.today()
    names = [_month(today, back) for back in range(YEAR - 1, -1, -1)]
    rows = ChannelTurnover.objects.visible_to(actor).filter(month__gte=names[0])
    found: dict[str, dict[date, SoldMonth]] = {}
    for row in rows:
        month = SoldMonth(row.month, row.paid_fen, row.net_fen, row.refunded_fen)
        found.setdefault(row.channel, {})[row.month] = month
    told = [
        ChannelYear(Channel(code), [of.get(name, SoldMonth(name)) for name in names])
        for code, of in found.items()
    ]
    return sorted(told, key=lambda one: (-one.net_fen, one.channel))


def _month(day: date, back: int) -> date:
    number = day.year * 12 + day.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)
