"""The year's hundred fairs over real cities, and the twelve matchmaking sessions: those that are
past with who came, one that is full with its line, and the next with their opening second."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from uuid import UUID

from django.db import transaction

from matchmaking.catalogue.models import Product
from matchmaking.catalogue.states import ProductStatus
from matchmaking.fairs import services
from matchmaking.fairs.demo.deals import make_deals
from matchmaking.fairs.fields import FairFields
from matchmaking.fairs.models import Fair, FairPool, MeetingPlan, SignUp
from matchmaking.fairs.rules.plans import WISHING
from matchmaking.fairs.services import Seated
from matchmaking.fairs.states import FairKind, FairStatus, Mark, Measure, MeetingResult
from portal.core import clock, outbox
from portal.parties.demo import BUSY, DEMO, World, cast_party
from portal.parties.models import Category, City, Party
from portal.parties.states import PartyKind, PartyStatus
from portal.seats.states import ClaimStatus

FAIRS, SESSIONS = 100, 12
OPENS, CLOSES, TOLD = timedelta(days=16), timedelta(days=5), timedelta(days=30)  # before the day
PLANNED_FROM = timedelta(days=60)  # ahead: operators only see it yet
SEATS = {PartyKind.MERCHANT: 60, PartyKind.AGENCY: 30, PartyKind.CREATOR: 100}
LARGER = {"first": 1.3, "new_first": 1.1}  # halls of the largest cities hold more
AT_SESSION = {PartyKind.MERCHANT: 40, PartyKind.PROVIDER: 40}
ASKED = {
    (PartyKind.MERCHANT.value, Measure.COMMISSION.value): 1_000,
    (PartyKind.CREATOR.value, Measure.REPUTATION.value): 400,
}
CAME, LINE, WISHES = 0.88, 12, 9
RESULTS = (MeetingResult.INTENT, MeetingResult.SAMPLE, MeetingResult.NO)
ODDS, SAID = (3, 4, 5), 0.8
ABOUT = {
    FairKind.SELECTION: "品牌带货品到场，达人与机构现场选品、当面谈合作；每位到场者至少三场会面。",
    FairKind.MATCHMAKING: "品牌带着服务需求到场，与服务商逐一面谈；每位到场者至少三场会面。",
}
COST_FEN, LEAST_COST = 18_000_000, 0.02  # of a whole one; and what a small one costs of it


def calendar(world: World) -> list[tuple[int, FairKind, date]]:
    """Number, kind and day of each, spread over the working days of the year."""
    first, year = date(world.today.year, 1, 6), 350
    told = [
        *((n, FairKind.SELECTION, first + timedelta(days=n * year // FAIRS)) for n in range(FAIRS)),
        *(
            (FAIRS + n, FairKind.MATCHMAKING, first + timedelta(days=9 + n * year // SESSIONS))
            for n in range(SESSIONS)
        ),
    ]
    return [(n, kind, day - timedelta(days=max(0, day.weekday() - 4))) for n, kind, day in told]


@transaction.atomic
def make_fairs(world: World, numbers: range, scale: float) -> None:
    """These of the calendar, each as far as it has come."""
    town = _Town(world)
    told = {number: (kind, day) for number, kind, day in calendar(world)}
    with outbox.born_delivered():
        for number in numbers:
            kind, day = told[number]
            _live(world, town, number, kind, day, scale)


def _live(world: World, town: _Town, number: int, kind: FairKind, day: date, scale: float) -> None:
    random = Random(f"fair:{number}")
    fields = _fields(world, number, kind, day, scale, random)
    planned_at = min(fields.starts_at - TOLD - timedelta(days=20), world.dawn - timedelta(days=3))
    with clock.standing_at(planned_at):
        fair = services.create_fair(DEMO, fields=fields)
    if fields.starts_at > world.dawn + PLANNED_FROM:
        return
    with clock.standing_at(min(fields.starts_at - TOLD, world.dawn - timedelta(days=1))):
        fair = services.publish_fair(DEMO, fair=fair)
    if fields.opens_at < world.dawn:
        seated = list(town.people(fair, random))
        made = services.bring_sign_ups(DEMO, fair=fair, seated=seated)
        if fair.starts_at < world.dawn:
            with clock.standing_at(fair.starts_at - timedelta(days=2)):
                fair = services.lived_through(DEMO, fair=fair)
                _wish(made, random)
                plan = services.bring_plan(DEMO, fair=fair, seed=7)
            _say(plan, made, random)
            make_deals(world, plan, Random(f"deals:{number}"))
        fair = services.lived_through(DEMO, fair=fair)
        if fair.status in WISHING:
            _wish(made, random)
        if fair.status == FairStatus.CURATING:
            plan = services.plan_now(DEMO, fair=fair, seed=7)
            services.publish_plan(DEMO, plan=plan)


def _wish(made: Sequence[SignUp], random: Random) -> None:
    """What they wished of each other."""
    seated = [row for row in made if row.claim.has_seat]
    brands = [row for row in seated if row.fair_pool.role == PartyKind.MERCHANT]
    others = [row for row in seated if row.fair_pool.role != PartyKind.MERCHANT]
    marks: dict[tuple[UUID, UUID], str] = {}
    for one, pool in [*((b, others) for b in brands), *((o, brands) for o in others)]:
        for other in random.sample(pool, min(WISHES, len(pool))):
            marks[one.pk, other.pk] = random.choice((Mark.MUST, Mark.MAYBE, Mark.MAYBE, Mark.NO))
    services.bring_wishes(DEMO, marks=marks)


def _say(plan: MeetingPlan, made: Sequence[SignUp], random: Random) -> None:
    """One tap of whoever was there, for most of the meetings."""
    here = {row.pk for row in made if row.claim.status == ClaimStatus.PRESENT}
    said: dict[tuple[int, UUID], MeetingResult] = {}
    for key, left, right in plan.meetings.order_by("slot", "table").values_list(
        "pk", "left", "right"
    ):
        for one, other in ((left, right), (right, left)):
            if one in here and random.random() < SAID:
                came = random.choices(RESULTS, ODDS)[0]
                said[key, one] = came if other in here else MeetingResult.ABSENT
    services.bring_outcomes(DEMO, plan=plan, said=said)


def _fields(
    world: World, number: int, kind: FairKind, day: date, scale: float, random: Random
) -> FairFields:
    cities = Random("fair cities").sample(world.cities, len(world.cities))
    city = cities[number % len(cities)]  # each in its turn
    chosen = [world.categories[code] for code in trades()[number]]
    starts = _at(day, 10)
    opens = _at(day - OPENS, 10)
    seats = AT_SESSION if kind == FairKind.MATCHMAKING else SEATS
    size = scale * LARGER.get(world.tiers.get(city.pk, ""), 1.0)
    return FairFields(
        title=_title(kind, city, chosen),
        kind=kind,
        city_id=city.pk,
        venue=f"{city.name_zh}国际会展中心 {random.randint(1, 6)} 号馆",
        is_online=False,
        opens_at=opens,
        closes_at=_at(day - CLOSES, 18),
        starts_at=starts,
        ends_at=starts + timedelta(hours=7, minutes=30),
        intro=ABOUT[kind],
        seats={
            (role.value, category.pk): max(2, round(count * size / len(chosen)))
            for role, count in seats.items()
            for category in chosen
        },
        thresholds=ASKED if kind == FairKind.SELECTION else {},
        cost_fen=round(
            (COST_FEN + random.randint(-4, 9) * 1_000_000) * min(1, max(scale, LEAST_COST))
        ),
    )


@cache
def trades() -> list[list[str]]:
    """Codes of the categories of each fair, one or two: as often as merchants trade in them, the
    one furthest behind first, so that a year has a seat for each brand."""
    whole = sum(BUSY.values())
    seats, found = dict.fromkeys(BUSY, 0.0), list[list[str]]()
    for number in range(FAIRS + SESSIONS):
        several = 1 + number % 2
        behind = sorted(
            BUSY, key=lambda code: (seats[code] - (number + 1) * BUSY[code] / whole, code)
        )
        found.append(behind[:several])
        for code in found[-1]:
            seats[code] += 1 / several
    return found


def _title(kind: FairKind, city: City, chosen: Sequence[Category]) -> str:
    name = "抖Link 选品会" if kind == FairKind.SELECTION else "品牌对接会"
    return f"{name} · {city.name_zh}站 · {'、'.join(one.name_zh for one in chosen)}"


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, tzinfo=clock.SHANGHAI))


class _Town:
    """Who is there: read once a batch, in an order that no key decides."""

    def __init__(self, world: World) -> None:
        self.world = world
        rows = Party.objects.filter(status=PartyStatus.LISTED, sandbox_of=None)
        self.parties: dict[str, list[tuple[int, datetime]]] = {}
        named = rows.order_by("kind", "verified_at", "name")
        for kind, key, since in named.values_list("kind", "pk", "verified_at"):
            if since is not None:
                self.parties.setdefault(kind, []).append((key, since))
        self.products = self._products()
        self.cast = {kind: cast_party(kind).pk for kind in SEATS}
        seats = SignUp.objects.seated().order_by().values_list("fair_pool__role", "party")
        self.seated = set(seats.distinct())

    def people(self, fair: Fair, random: Random) -> Iterator[Seated]:
        """Every pool is filled; at some of them others wait in line."""
        taken: set[int] = set()
        for pool in FairPool.objects.of(fair):
            wanted = pool.pool.capacity + (LINE if pool.role == PartyKind.CREATOR else 0)
            keys = self._some(fair, pool, wanted, taken, random)
            taken.update(keys)
            self.seated.update((pool.role, key) for key in keys[: pool.pool.capacity])
            for place, key in enumerate(keys):
                yield self._seated(fair, pool, key, place, random)

    def _some(
        self, fair: Fair, pool: FairPool, wanted: int, taken: set[int], random: Random
    ) -> list[int]:
        by = fair.occasion.opens_at
        if pool.role == PartyKind.MERCHANT:
            named = set(self.products.get(pool.category_id, {}))
            if fair.kind == FairKind.MATCHMAKING or not named:
                named = {key for rows in self.products.values() for key in rows}
            there = [k for k, since in self.parties.get(pool.role, []) if since < by and k in named]
        else:
            there = [key for key, since in self.parties.get(pool.role, []) if since < by]
        there = [key for key in there if key not in taken]
        # Everybody once before anybody twice: a year has about as many seats as parties.
        new = [key for key in there if (pool.role, key) not in self.seated]
        again = [key for key in there if (pool.role, key) in self.seated]
        chosen = random.sample(new, min(wanted, len(new)))
        chosen += random.sample(again, min(wanted - len(chosen), len(again)))
        return self._with_cast(fair, pool, chosen, there)

    def _with_cast(
        self, fair: Fair, pool: FairPool, chosen: list[int], there: list[int]
    ) -> list[int]:
        """At the fair that takes sign-ups just now the guide's creator waits as the sixth."""
        key = self.cast.get(PartyKind(pool.role))
        if key is None or key not in there or fair.occasion.closes_at < self.world.dawn:
            return chosen
        rest = [one for one in chosen if one != key]
        place = pool.pool.capacity + 5 if pool.role == PartyKind.CREATOR else 0
        return [*rest[:place], key, *rest[place : len(chosen) - 1]]

    def _seated(self, fair: Fair, pool: FairPool, key: int, place: int, random: Random) -> Seated:
        asked = fair.occasion.opens_at + timedelta(seconds=1 + place * 7)
        steps = [(ClaimStatus.CONFIRMED, asked)]
        if place >= pool.pool.capacity:
            steps = [(ClaimStatus.WAITING, asked)]
            if fair.starts_at < self.world.dawn:
                steps.append((ClaimStatus.EXPIRED, fair.starts_at))
        elif fair.starts_at < self.world.dawn:
            came = random.random() < CAME
            moment = fair.starts_at if came else fair.ends_at
            steps.append((ClaimStatus.PRESENT if came else ClaimStatus.ABSENT, moment))
        again = UUID(int=random.getrandbits(128), version=4)
        seated = Seated(pool=pool, party_id=key, steps=steps, id=again)
        if pool.role != PartyKind.MERCHANT:
            return seated
        shown = self.products.get(pool.category_id, {}).get(key) or self._any_of(key)
        return replace(seated, products=shown[: fair.most_products])

    def _any_of(self, key: int) -> list[Product]:
        return next((rows[key] for rows in self.products.values() if key in rows), [])

    def _products(self) -> dict[int, dict[int, list[Product]]]:
        """By first-level category and merchant."""
        found: dict[int, dict[int, list[Product]]] = {}
        rows = Product.objects.filter(status=ProductStatus.LISTED, gate=None)
        fields = ("merchant_id", "price_fen", "commission_bp", "sends_samples", "category__parent")
        for row in rows.select_related("category").only(*fields).order_by("pk"):
            top = row.category.parent_id or row.category_id
            found.setdefault(top, {}).setdefault(row.merchant_id, []).append(row)
        return found
