"""Fairs as people look for them, and how far the year has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Q, QuerySet

from matchmaking.fairs import states
from matchmaking.fairs.fields import FairFields
from matchmaking.fairs.models import (
    Fair,
    FairPool,
    FairQuerySet,
    SignUp,
    SignUpDraft,
    SignUpProduct,
    SignUpQuerySet,
)
from matchmaking.fairs.states import FairKind
from portal.core import clock
from portal.core.actor import Actor
from portal.parties.models import City
from portal.policies.dated import read_dated_rules
from portal.policies.states import DatedKind
from portal.seats import states as seat_states
from portal.seats.selectors import waiting_by_pool
from portal.seats.states import Admission

TARGETS = {  # what is announced for a year, by the code of what reaches it
    "fairs": DatedKind.YEAR_FAIRS,
    "sessions": DatedKind.YEAR_SESSIONS,
    "merchant": DatedKind.YEAR_BRANDS,
    "agency": DatedKind.YEAR_AGENCIES,
    "creator": DatedKind.YEAR_CREATORS,
    "categories": DatedKind.YEAR_CATEGORIES,
}
OWN = (
    *("title", "kind", "city_id", "venue", "is_online", "starts_at", "ends_at", "intro"),
    *("most_products", "creators_per_agency", "tables", "slot_minutes", "cost_fen"),
)


def fields_of(fair: Fair) -> FairFields:
    """As it was said, to be said again with something changed."""
    occasion, pools = fair.occasion, FairPool.objects.of(fair)
    return FairFields(
        **{name: getattr(fair, name) for name in OWN},
        opens_at=occasion.opens_at,
        closes_at=occasion.closes_at,
        admission=Admission(occasion.admission),
        offer_hours=occasion.offer_minutes // 60,
        seats={(row.role, row.category_id): row.pool.capacity for row in pools},
        thresholds={(row.role, row.measure): row.least for row in fair.thresholds.all()},
    )


@dataclass(frozen=True, slots=True)
class SeatRow:
    pool: FairPool
    waiting: int


def seats_of(fair: Fair) -> list[SeatRow]:
    pools = list(FairPool.objects.of(fair))
    waiting = waiting_by_pool(row.pool for row in pools)
    return [SeatRow(row, waiting.get(row.pool_id, 0)) for row in pools]


def list_fairs(actor: Actor, view: str, category: str = "", city: str = "") -> FairQuerySet:
    """`view`: ahead, past, or planned for who runs them."""
    rows = Fair.objects.visible_to(actor).select_related("city", "occasion")
    rows = {
        "past": rows.filter(status__in=states.HELD),
        "planned": rows.filter(status=states.FairStatus.PLANNED),
    }.get(view, rows.ahead())
    if category:
        rows = rows.filter(pools__category__code=category).distinct()
    return rows.filter(city__code=city) if city else rows


def own_sign_ups(actor: Actor) -> SignUpQuerySet:
    """Those of the acting party, and of whom it brought; an operator has none of their own."""
    if actor.party_id is None:
        return SignUp.objects.none()
    mine = SignUp.objects.filter(Q(party=actor.party_id) | Q(brought_by=actor.party_id))
    return mine.whole().order_by("-fair__starts_at", "pk")


def prepared_sign_ups(actor: Actor) -> QuerySet[SignUpDraft]:
    """Of the acting party, for fairs that can still be signed up for; who opens next first."""
    rows = SignUpDraft.objects.owned_by(actor).filter(
        fair__status=states.FairStatus.RECRUITING, fair__occasion__closes_at__gt=clock.now()
    )
    return rows.select_related("fair__occasion").order_by("fair__occasion__opens_at", "pk")


def year_bounds(year: int) -> tuple[datetime, datetime]:
    first = datetime.combine(date(year, 1, 1), time(tzinfo=clock.SHANGHAI))
    return first, first.replace(year=year + 1)


def fairs_of_year(year: int) -> FairQuerySet:
    since, until = year_bounds(year)
    return Fair.objects.published().filter(starts_at__gte=since, starts_at__lt=until)


def held_in_year(year: int) -> FairQuerySet:
    """The newest first."""
    rows = fairs_of_year(year).held().select_related("city", "occasion")
    return rows.order_by("-starts_at", "-pk")


@dataclass(frozen=True, slots=True)
class Progress:
    """Of a year: what was announced, what is published, who has a seat. `held`, by kind of fair:
    of those, what has taken place."""

    year: int
    fairs: int
    sessions: int
    held: Mapping[str, int]
    categories: int
    parties: Mapping[str, int]
    targets: Mapping[str, int]

    @property
    def rows(self) -> list[tuple[str, int, int]]:
        """Code, reached, announced; nothing that was not announced."""
        reached = {
            "fairs": self.fairs,
            "sessions": self.sessions,
            "categories": self.categories,
        }
        return [
            (code, reached.get(code, self.parties.get(code, 0)), goal)
            for code, goal in self.targets.items()
        ]


def year_progress(year: int) -> Progress:
    fairs = fairs_of_year(year)
    held = Q(status__in=states.HELD)
    one, other = Q(kind=FairKind.SELECTION), Q(kind=FairKind.MATCHMAKING)
    counts = fairs.aggregate(
        fairs=Count("pk", filter=one),
        sessions=Count("pk", filter=other),
        held_fairs=Count("pk", filter=one & held),
        held_sessions=Count("pk", filter=other & held),
    )
    seated = SignUp.objects.filter(fair__in=fairs, claim__status__in=seat_states.TAKES)
    parties = seated.order_by().values_list("party__kind").annotate(n=Count("party", distinct=True))
    categories = FairPool.objects.filter(fair__in=fairs).aggregate(
        n=Count("category", distinct=True)
    )
    return Progress(
        year=year,
        fairs=counts["fairs"],
        sessions=counts["sessions"],
        held={"fairs": counts["held_fairs"], "sessions": counts["held_sessions"]},
        categories=categories["n"],
        parties=dict(parties),
        targets=_targets(year),
    )


def _targets(year: int) -> dict[str, int]:
    """As they hold today, or held at the end of a year that is over."""
    rules = read_dated_rules(*TARGETS.values())
    day = min(clock.today(), date(year, 12, 31))
    found = {code: rules.value_on(kind, day) for code, kind in TARGETS.items()}
    return {code: goal for code, goal in found.items() if goal}


@dataclass(frozen=True, slots=True)
class CityRow:
    """Of a city in a year: its fairs, and who has a seat at them."""

    city: City
    fairs: int
    held: int
    seated: Mapping[str, int]


def cities_of_year(year: int) -> list[CityRow]:
    """The city with the most fairs first."""
    fairs = fairs_of_year(year)
    counts = (
        fairs.order_by()
        .values_list("city")
        .annotate(n=Count("pk"), held=Count("pk", filter=Q(status__in=states.HELD)))
    )
    seated = SignUp.objects.filter(fair__in=fairs, claim__status__in=seat_states.TAKES).order_by()
    people: dict[int, dict[str, int]] = {}
    for city, role, n in seated.values_list("fair__city", "fair_pool__role").annotate(
        n=Count("pk")
    ):
        people.setdefault(city, {})[role] = n
    cities = City.objects.in_bulk([city for city, _n, _held in counts])
    rows = [CityRow(cities[city], n, held, people.get(city, {})) for city, n, held in counts]
    return sorted(rows, key=lambda row: (-row.fairs, row.city.code))


def months_of_year(year: int) -> list[tuple[date, list[Fair]]]:
    """Twelve first days, each with the fairs of its month in order."""
    months: dict[int, list[Fair]] = {month: [] for month in range(1, 13)}
    for fair in fairs_of_year(year).select_related("city", "occasion").order_by("starts_at"):
        months[fair.starts_at.astimezone(clock.SHANGHAI).month].append(fair)
    return [(date(year, month, 1), fairs) for month, fairs in months.items()]


def categories_of(fairs: Iterable[Fair]) -> dict[int, list[str]]:
    """By fair: the names of its categories; one query, however many."""
    rows = FairPool.objects.filter(fair__in=fairs).select_related("category")
    found: dict[int, list[str]] = {}
    for row in rows.order_by("category__position"):
        names = found.setdefault(row.fair_id, [])
        if row.category.name not in names:
            names.append(row.category.name)
    return found


def products_shown(sign_ups: QuerySet[SignUp, Any]) -> QuerySet[SignUpProduct]:
    """What these merchants show, at the terms they signed up with."""
    rows = SignUpProduct.objects.filter(sign_up__in=sign_ups)
    return rows.select_related("product", "sign_up__party").order_by("-commission_bp", "pk")
