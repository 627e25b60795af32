"""What months of frameworks came to: as the stars count it, of lines paid while their creator was
under contract, by the month in which they settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from portal.core import clock
from portal.parties.models import RosterEntry
from portal.revenue.engine import Month
from portal.revenue.models import OrderLine
from portal.revenue.turnover import SETTLES_WITHIN, settled_months, told_lines
from portal.tiers.models import Framework
from portal.tiers.selectors.inputs import Stay, stay_on

Stays = Mapping[int, Sequence[Stay]]


@dataclass(slots=True)
class MonthSum:
    net_fen: int = 0
    orders: int = 0
    struck: int = 0


def month_sums(frameworks: Iterable[Framework], until: date) -> dict[tuple[int, Month], MonthSum]:
    """(agency, month) → what settled of lines paid before `until`; one pass over the lines of all
    the merchants whose goods these agencies' creators sold."""
    rows = list(frameworks)
    if not rows:
        return {}
    since = _months_before(min(row.starts_on for row in rows))
    stays = _stays({row.party_id for row in rows}, since, until)
    found: defaultdict[tuple[int, Month], MonthSum] = defaultdict(MonthSum)
    for line, is_struck in told_lines(since, until, _merchants(stays, since, until)):
        one = line[0]
        stay = stay_on(stays.get(one.creator or 0, ()), clock.day_of(one.paid_at))
        if stay is not None:
            _add(found, stay.agency, settled_months(line), is_struck=is_struck)
    return dict(found)


def _add(
    found: Mapping[tuple[int, Month], MonthSum],
    agency: int,
    months: Mapping[Month, int],
    *,
    is_struck: bool,
) -> None:
    for month, fen in months.items():
        row = found[agency, month]
        row.struck += is_struck
        if not is_struck:
            row.orders += fen > 0
            row.net_fen += fen


def _stays(agencies: Iterable[int], since: date, until: date) -> Stays:
    rows = RosterEntry.objects.bound().filter(
        period__overlap=(since, until), agency__in=list(agencies)
    )
    found: defaultdict[int, list[Stay]] = defaultdict(list)
    for agency, creator, period in rows.values_list("agency", "creator", "period"):
        found[creator].append(Stay(period.lower, period.upper, agency))
    return {creator: sorted(stays) for creator, stays in found.items()}


def _merchants(stays: Stays, since: date, until: date) -> list[int]:
    first, after = (datetime.combine(day, time(), clock.SHANGHAI) for day in (since, until))
    lines = OrderLine.objects.filter(creator__in=list(stays))
    lines = lines.filter(paid_at__gte=first, paid_at__lt=after)
    return list(lines.order_by().values_list("merchant", flat=True).distinct())


def _months_before(day: date) -> date:
    """A line that settles in a month was paid shortly before."""
    at = day.year * 12 + day.month - 1 - SETTLES_WITHIN
    return date(at // 12, at % 12 + 1, 1)
