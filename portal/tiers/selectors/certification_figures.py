"""What an application for the mark is scored by, and the creators behind it.

Nothing is counted anew: net GMV is that of the frozen quarters of the stars, with what was
accepted by evidence; income is what the ledger says settled for each creator in those months;
health is the agency method's. Newcomers are creators whose first contract on this site began with
the agency in that year; brought up are those who sold enough with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median_low

from django.db.models import Min, Q, Sum

from portal.core import clock
from portal.evaluation.models import Snapshot
from portal.ledger.models import Entry
from portal.ledger.states import Kind, Track
from portal.parties.models import RosterEntry
from portal.revenue.order_states import CAUSE
from portal.tiers.engine import Quarter
from portal.tiers.models import CertificationRound, CountedCreator, StarReview
from portal.tiers.selectors.inputs import health_on
from portal.tiers.states import FROZEN


@dataclass(slots=True)
class CreatorYear:
    """What one creator brought one agency in the year, and what it earned itself."""

    creator: int
    net_fen: int = 0
    struck: int = 0
    income_fen: int = 0
    is_active: bool = False
    is_newcomer: bool = False
    is_incubated: bool = False


@dataclass(frozen=True, slots=True)
class AgencyYear:
    """`health`: hundredths of a point, 0 where it is not rated."""

    net_fen: int
    median_income_fen: int
    health: int
    incubated: int
    creators: Sequence[CreatorYear] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class YearFigures:
    snapshot: Snapshot | None
    agencies: Mapping[int, AgencyYear]


def is_frozen(quarter: Quarter) -> bool:
    """Whether its numbers stay as they are."""
    return StarReview.objects.of(quarter).filter(status__in=FROZEN).exists()


def year_figures(round_: CertificationRound, agencies: Collection[int]) -> YearFigures:
    """As many statements for a hundred agencies as for one."""
    reviews = list(_reviews(round_.quarters, agencies))
    brought = _brought(reviews, round_.last)
    _add_newcomers(round_, brought)
    _add_income(round_.quarters, brought)
    snapshot, health = health_on(clock.today())
    nets = dict.fromkeys(agencies, 0)
    for review in reviews:
        nets[review.party_id] += review.net_fen + review.more_net_fen
    return YearFigures(
        snapshot,
        {
            agency: _agency(nets[agency], health.get(agency), brought.get(agency, {}).values())
            for agency in agencies
        },
    )


def _agency(net_fen: int, health: int | None, creators: Iterable[CreatorYear]) -> AgencyYear:
    rows = sorted(creators, key=lambda row: (-row.net_fen, row.creator))
    incomes = [max(0, row.income_fen) for row in rows if row.is_active]
    return AgencyYear(
        net_fen=max(0, net_fen),
        median_income_fen=median_low(incomes) if incomes else 0,
        health=health or 0,
        incubated=sum(row.is_incubated for row in rows),
        creators=rows,
    )


def _reviews(quarters: Sequence[Quarter], agencies: Collection[int]) -> Iterable[StarReview]:
    in_year = Q()
    for quarter in quarters:
        in_year |= Q(year=quarter.year, quarter=quarter.number)
    rows = StarReview.objects.filter(in_year, party__in=agencies, status__in=FROZEN)
    return rows.order_by("year", "quarter", "pk")


def _brought(reviews: Sequence[StarReview], last: Quarter) -> dict[int, dict[int, CreatorYear]]:
    """agency → creator → its year."""
    by_key = {review.pk: review for review in reviews}
    found: dict[int, dict[int, CreatorYear]] = {}
    for row in CountedCreator.objects.filter(review__in=by_key):
        review = by_key[row.review_id]
        theirs = found.setdefault(review.party_id, {})
        year = theirs.setdefault(row.creator_id, CreatorYear(row.creator_id))
        year.net_fen += row.net_fen
        year.struck += row.struck
        if review.of_quarter == last:
            year.is_active = row.is_counted
    return found


def _add_newcomers(
    round_: CertificationRound, brought: Mapping[int, Mapping[int, CreatorYear]]
) -> None:
    first_day, last_day = round_.quarters[0].first_day, round_.last.last_day
    first = _first_contracts({one for theirs in brought.values() for one in theirs})
    for agency, theirs in brought.items():
        for year in theirs.values():
            since, with_whom = first.get(year.creator, (date.min, 0))
            year.is_newcomer = with_whom == agency and first_day <= since <= last_day
            year.is_incubated = year.is_newcomer and year.net_fen >= round_.newcomer_fen


def _first_contracts(creators: Collection[int]) -> dict[int, tuple[date, int]]:
    """Of each, the day its first contract on this site began, and with which agency."""
    rows = RosterEntry.objects.bound().filter(creator__in=creators).order_by()
    begun = rows.values("creator", "agency").annotate(first=Min("period__startswith"))
    found: dict[int, tuple[date, int]] = {}
    for row in begun:
        theirs = (row["first"], row["agency"])
        found[row["creator"]] = min(theirs, found.get(row["creator"], theirs))
    return found


def _add_income(
    quarters: Sequence[Quarter], brought: Mapping[int, Mapping[int, CreatorYear]]
) -> None:
    """Shares of orders that settled for them in the months of these quarters."""
    creators = {one for theirs in brought.values() for one in theirs}
    last = quarters[-1].last_day.replace(day=1)
    rows = Entry.objects.filter(
        account__party__in=creators,
        account__kind=Kind.SHARE,
        account__track=Track.SETTLED,
        journal__cause_type=CAUSE,
        journal__period__range=(quarters[0].first_day, last),
    )
    earned = dict(rows.order_by().values_list("account__party").annotate(Sum("amount")))
    for theirs in brought.values():
        for year in theirs.values():
            year.income_fen = earned.get(year.creator, 0)
