"""Cold starts: how many days after its opening a new shop had settled ¥100,000, told of the
provider who took it there.

- The day of opening is one that was *verified* (`parties.ShopOpening`); a day after the first order
  of the shop cannot be right and tells nothing.
- What counts is settled net of refunds; what rules against gaming take out does not. A refund that
  comes later puts the day off, which is told by a row in the place of the one before.
- It is the start of a provider who came within 30 days of the opening, and through whom at least
  half of what had settled by then ran.
- A shop that is not there after a year is told as a year: else only those who made it would count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor, system_actor
from portal.evaluation.fields import FactFields
from portal.evaluation.links import register_row_link
from portal.evaluation.models import Fact
from portal.evaluation.selectors import refs_of
from portal.evaluation.services import correct_fact, record_facts
from portal.evaluation.states import Grade
from portal.parties.models import Party, ShopOpening
from portal.parties.states import PartyKind
from portal.revenue import engine, rules
from portal.revenue.served import Served
from portal.revenue.turnover import Told, settled_phases, told_lines

REF, MEASURE = "shop.opening", "cold_start"
ENOUGH_FEN = 10_000_000
LONGEST = timedelta(days=365)
LATE = timedelta(days=120)  # refunds and corrections after that change nothing any more
JOINS_WITHIN = timedelta(days=30)
PUT_OFF, NOT_IT = "orders told later", "another day of opening, or somebody else's start"


@dataclass(frozen=True, slots=True)
class Shop:
    """A proven shop with its verified day."""

    opening: UUID
    merchant: int
    handle: str
    opened_on: date


@dataclass(slots=True)
class Sales:
    """`first`: when the first order was paid, through anybody; `joined`: through each provider;
    `phases`: what settled, with its provider."""

    first: datetime | None = None
    joined: dict[int, datetime] = field(default_factory=dict)
    phases: list[tuple[datetime, int, int | None]] = field(default_factory=list)

    def add(self, line: Sequence[Told], *, is_struck: bool) -> None:
        one = line[0]
        self.first = min(self.first or one.paid_at, one.paid_at)
        if is_struck:
            return
        if one.provider_id is not None:
            joined = self.joined.get(one.provider_id, one.paid_at)
            self.joined[one.provider_id] = min(joined, one.paid_at)
        self.phases += [(at, left, one.provider_id) for at, left in settled_phases(line) if left]


@dataclass(frozen=True, slots=True)
class Start:
    """After how many days it was there, on which day, and whose start it was."""

    days: int
    ends_on: date
    providers: Sequence[int]


@transaction.atomic
def record_cold_starts(actor: Actor, *, until: date) -> int:
    """Of shops that are new or were lately, by the days before `until`; how many rows are new."""
    actor = system_actor(actor.via)
    shops = _new_shops(until)
    starts = _starts(shops, until)
    return _tell(actor, list(_facts(shops, starts))) + _take_back(actor, starts)


def tell_cold_starts(actor: Actor, *, until: date, known_after: timedelta) -> int:
    """The same, each in the night after its day: for a past that is told at once."""
    actor, shops, told = system_actor(actor.via), _new_shops(until), 0
    facts = sorted(_facts(shops, _starts(shops, until)), key=lambda one: one.ends_on)
    for day, some in groupby(facts, key=lambda one: one.ends_on):
        night = datetime.combine(day + timedelta(days=1), time(3, 40), clock.SHANGHAI)
        with clock.standing_at(night + known_after):
            told += _tell(actor, list(some))
    return told


# --- what is known --------------------------------------------------------------------------------


def _new_shops(until: date) -> list[Shop]:
    rows = ShopOpening.objects.verified().filter(
        opened_on__gte=until - LONGEST - LATE,
        account__party__kind=PartyKind.MERCHANT,
    )
    named = ("pk", "account__party", "account__handle", "opened_on")
    return [Shop(*row) for row in rows.order_by("pk").values_list(*named)]


def _starts(shops: Sequence[Shop], until: date) -> dict[UUID, Start]:
    """Of those of which there is something to say."""
    sales = _sales(shops, until)
    found = {}
    for shop in shops:
        sold = sales.get((shop.merchant, shop.handle))
        if sold is not None and (start := start_of(shop.opened_on, sold, until)):
            found[shop.opening] = start
    return found


def _sales(shops: Sequence[Shop], until: date) -> Mapping[tuple[int, str], Sales]:
    """By merchant and shop; also what was paid up to a year before the first was opened, which
    shows a day that cannot be right."""
    found: defaultdict[tuple[int, str], Sales] = defaultdict(Sales)
    if not shops:
        return found
    wanted = {(shop.merchant, shop.handle) for shop in shops}
    since = min(shop.opened_on for shop in shops) - LONGEST
    for line, is_struck in told_lines(since, until, {shop.merchant for shop in shops}):
        key = line[0].merchant, line[0].shop.lower()
        if key in wanted:
            found[key].add(line, is_struck=is_struck)
    return found


def start_of(opened_on: date, sales: Sales, until: date) -> Start | None:
    """None where it is not there yet, or the day of opening cannot be right."""
    if sales.first is None or clock.day_of(sales.first) < opened_on:
        return None
    last = opened_on + LONGEST
    total, through = 0, defaultdict[int | None, int](int)
    for at, fen, provider in sorted(sales.phases, key=lambda phase: phase[0]):
        day = clock.day_of(at)
        if day >= until or day > last:
            break
        total += fen
        through[provider] += fen
        if total >= ENOUGH_FEN:
            return _start(opened_on, day, sales, through, total)
    return _start(opened_on, last, sales, through, total) if last < until else None


def _start(
    opened_on: date, day: date, sales: Sales, through: Mapping[int | None, int], total: int
) -> Start:
    soon = opened_on + JOINS_WITHIN
    whose = [
        provider
        for provider, joined in sorted(sales.joined.items())
        if clock.day_of(joined) <= soon and 0 < total <= 2 * through.get(provider, 0)
    ]
    return Start((day - opened_on).days, day, whose)


def _facts(shops: Iterable[Shop], starts: Mapping[UUID, Start]) -> Iterator[FactFields]:
    told = [
        (shop, starts[shop.opening], provider)
        for shop in shops
        if shop.opening in starts
        for provider in starts[shop.opening].providers
    ]
    providers = {provider for _shop, _start, provider in told}
    kinds = dict(Party.objects.filter(pk__in=providers).values_list("pk", "kind"))
    told = [one for one in told if kinds[one[2]] == PartyKind.PROVIDER]
    served = Served([_key(*one) for one in told])
    for shop, start, provider in told:
        services = served.services(_key(shop, start, provider))
        for service_id, ref_id in refs_of(str(shop.opening), services):
            yield FactFields(
                party_id=provider,
                measure=MEASURE,
                value=float(start.days),
                starts_on=shop.opened_on,
                ends_on=start.ends_on,
                grade=Grade.PLATFORM,
                ref_kind=REF,
                ref_id=ref_id,
                counterpart_id=shop.merchant,
                service_id=service_id,
            )


def _key(shop: Shop, start: Start, provider: int) -> tuple[int, int, engine.Month]:
    month = engine.Month(start.ends_on.year, start.ends_on.month)
    return provider, shop.merchant, month


# --- writing it down ------------------------------------------------------------------------------


def _tell(actor: Actor, facts: Sequence[FactFields]) -> int:
    """New ones, and a row in the place of each that is otherwise since."""
    standing = {
        (row.party_id, row.ref_id): row
        for row in _standing().filter(ref_id__in=[one.ref_id for one in facts])
    }
    told = record_facts(actor, facts=facts, once=True)
    for one in facts:
        row = standing.get((one.party_id, one.ref_id))
        if row is not None and row.value != one.value:
            correct_fact(actor, fact=row, value=one.value, why=PUT_OFF)
            told += 1
    return told


def _take_back(actor: Actor, starts: Mapping[UUID, Start]) -> int:
    """What was told by a day that another has replaced, or of somebody whose start it was not. A
    shop that fell below the sum again keeps its row until it is there once more."""
    taken = 0
    lately = clock.today() - LONGEST - LATE
    verified = set(ShopOpening.objects.verified().values_list("pk", flat=True))
    for row in _standing().filter(starts_on__gte=lately):
        opening = UUID(row.ref_id.partition(":")[0])
        start = starts.get(opening)
        if opening not in verified or (start and row.party_id not in start.providers):
            correct_fact(actor, fact=row, is_void=True, why=NOT_IT)
            taken += 1
    return taken


def _standing() -> QuerySet[Fact]:
    return Fact.objects.in_force().filter(measure=MEASURE, ref_kind=REF)


# --- the row behind it ----------------------------------------------------------------------------


def _opening_url(actor: Actor, ref_id: str) -> str | None:
    """The opening for operators; for the party the orders of the month in which it was there."""
    if actor.has_perm("parties.review_party"):
        return reverse("admin:parties_shopopening_check", args=[ref_id.partition(":")[0]])
    rows = _standing().filter(party=actor.party_id, ref_id=ref_id)
    row = rows.first() if actor.party_id is not None else None
    if row is None or not rules.can_list_orders(actor):
        return None
    return f"{reverse('order_list')}?month={row.ends_on:%Y-%m}"


register_row_link(REF, _opening_url, _("Opening of the shop and its orders"))
