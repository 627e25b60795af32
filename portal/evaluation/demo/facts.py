"""A year and a half of facts, period by period, recorded when they could be known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Sum

from portal.core import clock
from portal.evaluation import services
from portal.evaluation.demo.agencies import HalfYear, facts_of_agency
from portal.evaluation.demo.characters import Period, character_of, periods
from portal.evaluation.demo.providers import WITH_CREATORS, Quarter, facts_of_provider
from portal.evaluation.fields import FactFields
from portal.evaluation.measures import MEASURES
from portal.evaluation.models import Fact
from portal.evaluation.states import Door
from portal.parties.demo import DEMO, World, cast_party, parties_of
from portal.parties.models import Party
from portal.parties.states import PartyKind

KNOWN_AFTER = timedelta(days=3)
CAST_NUMBER = 0
ORDERS_ENOUGH = 100  # as the indicators of orders ask for


@transaction.atomic
def make_facts(world: World, *, kind: PartyKind, numbers: Iterable[int], number: int) -> None:
    """Facts of a period, by its number, for the parties of these numbers of the crowd; the party
    of the guide comes with the first. The months since the last quarter may be none."""
    if number >= len(periods(world.today)):
        return
    period = periods(world.today)[number]
    parties = parties_of(kind, numbers)
    if 1 in numbers:
        parties[CAST_NUMBER] = cast_party(kind)
    told = _of_providers if kind == PartyKind.PROVIDER else _of_agencies
    with clock.standing_at(known_at(period)):
        known = _known_by_orders(parties.values())
        facts = [
            one for one in told(world, parties, period) if (one.party_id, one.measure) not in known
        ]
        services.record_facts(DEMO, facts=facts, door=Door.DEMO)


def _known_by_orders(parties: Iterable[Party]) -> set[tuple[int, str]]:
    """Who has orders enough that nothing has to be made up of what they tell."""
    told = [one.name for one in MEASURES.values() if one.part == "revenue"]
    rows = Fact.objects.filter(party__in=list(parties), door=Door.PORTAL, measure__in=told)
    counted = rows.exclude(measure="net_gmv").values_list("party_id", "measure")
    enough = counted.annotate(orders=Sum("sample")).filter(orders__gte=ORDERS_ENOUGH)
    return {(party, measure) for party, measure, _orders in enough}


def known_at(period: Period) -> datetime:
    return datetime.combine(period.ends_on + KNOWN_AFTER, time(3, 30), tzinfo=clock.SHANGHAI)


def _of_providers(world: World, parties: dict[int, Party], period: Period) -> Iterator[FactFields]:
    merchants, creators = _crowd(PartyKind.MERCHANT), _crowd(PartyKind.CREATOR)
    with_creators = frozenset(world.services[code].pk for code in WITH_CREATORS)
    offered = _offered(parties.values())
    for number, party in sorted(parties.items()):
        if party.created_at >= known_at(period) or not offered.get(party.pk):
            continue
        character = character_of(number, offered[party.pk], len(merchants))
        quarter = Quarter(number, party.pk, character, period, merchants, creators, with_creators)
        yield from facts_of_provider(quarter)


def _of_agencies(world: World, parties: dict[int, Party], period: Period) -> Iterator[FactFields]:
    merchants = _crowd(PartyKind.MERCHANT)
    for number, party in sorted(parties.items()):
        if party.created_at < known_at(period):
            yield from facts_of_agency(HalfYear(number, party.pk, period, merchants))


def _crowd(kind: PartyKind) -> list[int]:
    """Everybody of a kind, in the order they were made: the same at every load of a scale."""
    rows = Party.objects.filter(kind=kind).listed().order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _offered(parties: Iterable[Party]) -> dict[int, tuple[int, ...]]:
    """Up to two services of each provider: what it does most, and something beside it."""
    rows = Party.objects.filter(pk__in=[party.pk for party in parties])
    pairs = rows.order_by("pk", "profile__services__position", "profile__services").values_list(
        "pk", "profile__services"
    )
    offered: dict[int, tuple[int, ...]] = {}
    for party, service in pairs:
        if service is not None:
            offered[party] = (*offered.get(party, ()), service)[:2]
    return offered
