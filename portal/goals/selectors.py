"""The year's targets, how far each has come, and the list behind each number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    DecimalField,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast
from django.urls import reverse

from matchmaking.catalogue.models import Product
from matchmaking.fairs.models import SignUp
from matchmaking.fairs.selectors import fairs_of_year, year_progress
from matchmaking.fairs.states import YEAR_LABELS as FAIR_LABELS
from portal.core import clock
from portal.core.actor import Actor
from portal.goals.engine import Pace, months_before, pace_on
from portal.goals.models import GoalCount, YearSum
from portal.goals.states import ASKED, RULES, Goal, Reach
from portal.parties.models import Party, Region, regions_of
from portal.parties.states import PartyKind
from portal.policies.dated import DatedRules, read_dated_rules
from portal.policies.states import DatedKind
from portal.seats.states import TAKES
from training.courses.selectors import PlanRow, year_plan

SEATED = (PartyKind.MERCHANT, PartyKind.AGENCY, PartyKind.CREATOR)  # whose seats a year counts


def read_goal_rules() -> DatedRules:
    return read_dated_rules(*RULES)


def newest_since(goal: Goal, rules: DatedRules, day: date) -> date | None:
    """From which first order on a merchant counts; None where every age does."""
    if not ASKED[goal].is_new:
        return None
    months = rules.value_on(DatedKind.NEW_BRAND_MONTHS, day)
    return months_before(day, months) if months else None


def new_brand_months() -> int | None:
    """How long a brand is new, as it holds today."""
    return read_dated_rules(DatedKind.NEW_BRAND_MONTHS).value_on(
        DatedKind.NEW_BRAND_MONTHS, clock.today()
    )


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One number of the UP plan: how many are past `threshold_fen` by `day`, and how many would be
    at the end of the year."""

    goal: Goal
    threshold_fen: int
    target: int
    day: date
    reached: int
    projected: int
    earlier: int | None = None  # a month before, where it was counted

    @property
    def percent(self) -> int:
        return min(100, 100 * self.reached // self.target)

    @property
    def due(self) -> int:
        """What the calendar asks for by that day."""
        return pace_on(self.day).due(self.target)

    @property
    def change(self) -> int | None:
        return None if self.earlier is None else self.reached - self.earlier


@dataclass(frozen=True, slots=True)
class GoalBoard:
    """`day` is the last that was counted. Without lines nothing was counted yet."""

    day: date | None
    counted_at: datetime | None
    lines: list[GoalLine]

    @property
    def pace(self) -> Pace | None:
        return pace_on(self.day) if self.day else None


def goals_of(actor: Actor) -> GoalBoard:
    """Of the regions this person looks after; three queries, however many were counted."""
    seen = GoalCount.objects.visible_to(actor)
    last = seen.aggregate(day=Max("day"), at=Max("counted_at"))
    if (day := last["day"]) is None:
        return GoalBoard(None, None, [])
    rules, found = read_goal_rules(), _counts(seen, day)
    lines = [
        line
        for goal in Goal
        if goal in found and (line := _line(goal, rules, day, found)) is not None
    ]
    return GoalBoard(day, last["at"], lines)


def _counts(seen: QuerySet[GoalCount], day: date) -> dict[Goal, dict[date, tuple[int, int]]]:
    """Of this day and of a month before it, where that lies in the same year."""
    days = [day, *([before] if (before := months_before(day, 1)).year == day.year else [])]
    rows = seen.filter(day__in=days).order_by().values_list("goal", "day")
    found: dict[Goal, dict[date, tuple[int, int]]] = {}
    for code, on, reached, on_pace in rows.annotate(n=Sum("reached"), m=Sum("on_pace")):
        found.setdefault(Goal(code), {})[on] = (reached, on_pace)
    return found


def _line(
    goal: Goal,
    rules: DatedRules,
    day: date,
    found: Mapping[Goal, Mapping[date, tuple[int, int]]],
) -> GoalLine | None:
    """None where no threshold or no target holds: nothing is promised then."""
    threshold, target = (
        rules.value_on(kind, day) for kind in (ASKED[goal].threshold, ASKED[goal].target)
    )
    if not threshold or not target or day not in found[goal]:
        return None
    reached, projected = found[goal][day]
    before = found[goal].get(months_before(day, 1))
    return GoalLine(goal, threshold, target, day, reached, projected, before[0] if before else None)


def regions_seen(actor: Actor) -> list[Region]:
    """Those a regional operator looks after; none where it is the whole country."""
    codes = regions_of(actor.user) if actor.user else []
    return list(Region.objects.filter(code__in=codes)) if codes else []


# --- the list behind a number --------------------------------------------------------------------


def counted_day() -> date:
    """Up to which day the last year was counted."""
    return GoalCount.objects.aggregate(day=Max("day"))["day"] or clock.today()


def sums_of(actor: Actor, goal: Goal) -> QuerySet[YearSum]:
    """Everybody a goal looks at in the last year that was counted, with the threshold beside each
    sum and where its pace leads."""
    rules, day = read_goal_rules(), counted_day()
    newest, pace = newest_since(goal, rules, day), pace_on(day)
    rows = YearSum.objects.visible_to(actor).filter(year=day.year, subject=ASKED[goal].subject)
    if newest is not None:
        rows = rows.filter(first_on__gte=newest)
    threshold = rules.value_on(ASKED[goal].threshold, day) or 0
    whole = DecimalField(max_digits=30, decimal_places=0)
    return rows.select_related("party", "region").annotate(
        threshold=Value(threshold, BigIntegerField()),
        days_gone=Value(pace.day, IntegerField()),
        days=Value(pace.days, IntegerField()),
        ahead=ExpressionWrapper(Cast("net_fen", whole) * pace.days, whole),
        asked=Value(threshold * pace.day, whole),
        product_name=Subquery(_products().values("name")[:1]),
        product_id=Subquery(_products().values("pk")[:1]),
    )


def _products() -> QuerySet[Product]:
    """What the merchant calls the product of a row."""
    return Product.objects.filter(merchant=OuterRef("party"), upstream_id=OuterRef("product"))


def of_reach(rows: QuerySet[YearSum], reach: str) -> QuerySet[YearSum]:
    past, meets = Q(net_fen__gte=F("threshold")), Q(ahead__gte=F("asked"))
    chosen = {Reach.PAST: past, Reach.ON_PACE: ~past & meets, Reach.SHORT: ~meets}
    return rows.filter(chosen[Reach(reach)]) if reach in Reach.values else rows


def share_of(row: Any) -> float:
    """Of the threshold, in percent, of a row of `sums_of`."""
    return round(100 * row.net_fen / row.threshold, 1) if row.threshold else 0.0


def reach_of(row: Any) -> Reach:
    """Of a row of `sums_of`."""
    net, threshold = row.net_fen, row.threshold
    if net >= threshold:
        return Reach.PAST
    pace = Pace(row.days_gone, row.days)
    return Reach.ON_PACE if pace.meets(net, threshold) else Reach.SHORT


# --- training ---------------------------------------------------------------------------------


def training_goals(day: date) -> list[PlanRow]:
    """Sessions of each kind that begin in the year of this day."""
    return year_plan(day.year)


# --- fairs --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FairLine:
    """One number of the year's fairs: published or seated, against what was announced. `projected`
    is None where a straight line says nothing."""

    code: str
    reached: int
    target: int
    projected: int | None

    @property
    def percent(self) -> int:
        return min(100, 100 * self.reached // self.target)

    @property
    def label(self) -> str:
        return str(FAIR_LABELS[self.code])

    @property
    def url(self) -> str:
        """The list behind it: of people by who has a seat, else the year's fairs."""
        if self.code in SEATED:
            return reverse("goal_seats", args=[self.code])
        return reverse("fair_calendar")


def seated_of(role: str, day: date) -> QuerySet[Party]:
    """Everybody of a kind with a seat at a fair of the year of this day, and at how many."""
    seated = SignUp.objects.filter(
        fair__in=fairs_of_year(day.year), claim__status__in=TAKES, party__kind=role
    ).order_by()
    theirs = seated.filter(party=OuterRef("pk")).values("party").annotate(n=Count("pk"))
    rows = Party.objects.filter(pk__in=seated.values("party")).select_related("city__region")
    return rows.annotate(seats=Subquery(theirs.values("n"), IntegerField()))


def fair_goals(day: date) -> list[FairLine]:
    """Of the year of this day, in the whole country. What is published for later days stands
    already, so the pace of those held leads to no fewer."""
    found, pace = year_progress(day.year), pace_on(day)
    published = {"fairs": found.fairs, "sessions": found.sessions}
    ahead = {code: max(n, pace.leads_to(found.held[code])) for code, n in published.items()}
    return [FairLine(code, n, goal, ahead.get(code)) for code, n, goal in found.rows]
