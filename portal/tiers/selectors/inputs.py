"""What stars are judged by, of all agencies at once, from what the parts below know.

- *Active creators*: under contract on the day, with so many selling days (the feed's best source)
  and settled orders in the days before it.
- *Settled net GMV*: what settled in the quarter less what was refunded of it, of lines paid while
  their creator was under contract; lines that rules against gaming take out are counted apart.
- *Health*: the score of the newest official snapshot of the agency method up to the day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from portal.activity.selectors import selling_days_of
from portal.conduct.models import Case
from portal.core import clock
from portal.evaluation.models import Rating, Snapshot
from portal.parties.models import Party, RosterEntry
from portal.parties.states import TRUSTED, PartyKind
from portal.revenue.engine import Month, month_of
from portal.revenue.order_states import EventKind
from portal.revenue.turnover import SETTLES_WITHIN, Told, settled_months, told_lines
from portal.tiers.engine import Inputs, Quarter
from portal.tiers.models import StarRuleSet
from portal.tiers.states import NotCounted


class Stay(NamedTuple):
    """A creator's time with an agency: `after` is the first day it was not there any more."""

    first: date
    after: date
    agency: int


@dataclass(slots=True)
class Creator:
    """What one creator brought one agency. `selling_days` None: nothing was reported."""

    creator: int
    is_here: bool = False
    selling_days: int | None = None
    recent_orders: int = 0
    orders: int = 0
    struck: int = 0
    net_fen: int = 0

    def lack(self, rules: StarRuleSet) -> str:
        """Why it is not counted as active; empty if it is."""
        if self.selling_days is None:
            return NotCounted.FEED
        if self.selling_days < rules.selling_days:
            return NotCounted.DAYS
        return NotCounted.ORDERS if self.recent_orders < rules.least_orders else ""


@dataclass(slots=True)
class Quarterly:
    """One agency's quarter with the rows behind it."""

    inputs: Inputs
    struck: int
    creators: Sequence[Creator] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """Of every agency that was verified by then; health is read from `snapshot`."""

    snapshot: Snapshot | None
    agencies: Mapping[int, Quarterly]


def quarter_figures(quarter: Quarter, as_of: date, rules: StarRuleSet) -> Found:
    """As many statements for three thousand agencies as for one."""
    verified = _verified(as_of)
    stays = _stays(quarter, as_of)
    brought = _brought(quarter, as_of, rules, stays)
    _add_selling_days(brought, as_of, rules)
    snapshot, health = health_on(as_of)
    guilty = _guilty(as_of)
    by_agency: defaultdict[int, list[Creator]] = defaultdict(list)
    for (agency, _creator), row in sorted(brought.items()):
        by_agency[agency].append(row)
    return Found(
        snapshot,
        {
            agency: _quarterly(
                by_agency[agency],
                rules,
                health=health.get(agency),
                days=(as_of - since).days,
                has_violation=agency in guilty,
            )
            for agency, since in verified.items()
        },
    )


def _quarterly(
    creators: Sequence[Creator],
    rules: StarRuleSet,
    *,
    health: int | None,
    days: int,
    has_violation: bool,
) -> Quarterly:
    inputs = Inputs(
        creators=sum(one.is_here and not one.lack(rules) for one in creators),
        net_fen=sum(one.net_fen for one in creators),
        health=health,
        days=days,
        has_violation=has_violation,
    )
    return Quarterly(inputs, sum(one.struck for one in creators), creators)


def _verified(as_of: date) -> dict[int, date]:
    """Since when, of those that were and are no sandbox."""
    trusted = Party.objects.filter(status__in=TRUSTED, sandbox_of=None, kind=PartyKind.AGENCY)
    rows = trusted.filter(verified_at__lt=_midnight_after(as_of)).values_list("pk", "verified_at")
    return {pk: clock.day_of(at) for pk, at in rows if at is not None}


def _stays(quarter: Quarter, as_of: date) -> dict[int, list[Stay]]:
    """Of each creator, oldest first. A line that settles in the quarter was paid shortly before."""
    since = _months_before(quarter, SETTLES_WITHIN)
    rows = RosterEntry.objects.bound().filter(period__overlap=(since, as_of + timedelta(days=1)))
    found: defaultdict[int, list[Stay]] = defaultdict(list)
    for agency, creator, period in rows.values_list("agency", "creator", "period"):
        found[creator].append(Stay(period.lower, period.upper, agency))
    return {creator: sorted(stays) for creator, stays in found.items()}


def _brought(
    quarter: Quarter, as_of: date, rules: StarRuleSet, stays: Mapping[int, Sequence[Stay]]
) -> dict[tuple[int, int], Creator]:
    found = {
        (stay.agency, creator): Creator(creator, is_here=True)
        for creator, theirs in stays.items()
        if (stay := stay_on(theirs, as_of)) is not None
    }
    months = _months_of(quarter)
    lately = as_of - timedelta(days=rules.within_days - 1)
    since = _months_before(quarter, SETTLES_WITHIN)
    for line, is_struck in told_lines(since, as_of + timedelta(days=1)):
        one = line[0]
        stay = stay_on(stays.get(one.creator or 0, ()), clock.day_of(one.paid_at))
        if stay is None or one.creator is None:
            continue
        settled = settled_months(line)
        fen = sum(amount for month, amount in settled.items() if month in months)
        is_recent = any(settled.values()) and _is_within(line, lately, as_of)
        if not (fen or is_recent):
            continue
        row = found.setdefault((stay.agency, one.creator), Creator(one.creator))
        row.struck += is_struck
        if not is_struck:
            row.orders += fen > 0
            row.net_fen += fen
            row.recent_orders += is_recent
    return found


def stay_on(stays: Sequence[Stay], day: date) -> Stay | None:
    """Where somebody was on a day; one agency at a time."""
    place = bisect_right(stays, day, key=lambda stay: stay.first) - 1
    return stays[place] if place >= 0 and day < stays[place].after else None


def _is_within(line: Iterable[Told], first: date, last: date) -> bool:
    """Whether some of it settled on one of these days."""
    return any(
        event.kind == EventKind.SETTLED and first <= clock.day_of(event.at) <= last
        for event in line
    )


def _months_of(quarter: Quarter) -> set[Month]:
    first = Month(quarter.first_day.year, quarter.first_day.month)
    return set(first.until(month_of(datetime.combine(quarter.last_day, time(), clock.SHANGHAI))))


def _months_before(quarter: Quarter, months: int) -> date:
    at = quarter.first_day.year * 12 + quarter.first_day.month - 1 - months
    return date(at // 12, at % 12 + 1, 1)


def _add_selling_days(
    brought: Mapping[tuple[int, int], Creator], as_of: date, rules: StarRuleSet
) -> None:
    here = [row for row in brought.values() if row.is_here]
    first = as_of - timedelta(days=rules.within_days - 1)
    known = selling_days_of({row.creator for row in here}, first, as_of)
    for row in here:
        if row.creator in known:
            row.selling_days = known[row.creator][1]


def health_on(as_of: date) -> tuple[Snapshot | None, dict[int, int]]:
    snapshot = Snapshot.objects.official("agency").filter(ends_on__lte=as_of).first()
    if snapshot is None:
        return None, {}
    rated = Rating.objects.filter(snapshot=snapshot, is_home=True, score__isnull=False)
    scores = rated.values_list("party", "score")
    return snapshot, {pk: round(score * 100) for pk, score in scores if score is not None}


def _guilty(as_of: date) -> set[int]:
    end = _midnight_after(as_of) - timedelta(microseconds=1)
    return set(Case.objects.in_force(end).values_list("party", flat=True))


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), clock.SHANGHAI)
