"""A year and a half of facts, period by period, brought in when they could be known, of what the
parts of this site tell too little of. They are brought in like an operator's file, so a figure is
either made of them or of what this site told itself (`own_from` of the method), never of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from django.db import transaction
from django.db.models import Sum

from portal.core import clock
from portal.evaluation.demo.agencies import HalfYear, facts_of_agency
from portal.evaluation.demo.characters import Period, character_of, periods
from portal.evaluation.demo.files import bring_in
from portal.evaluation.demo.providers import WITH_CREATORS, Quarter, facts_of_provider
from portal.evaluation.documents import CODES, complete_method
from portal.evaluation.fields import FactFields
from portal.evaluation.gathering import parse_gathering
from portal.evaluation.models import Fact
from portal.evaluation.states import Door
from portal.parties.demo import World, cast_party, parties_of
from portal.parties.models import Party
from portal.parties.states import PartyKind

CAST_NUMBER = 0
FEWEST = 3  # that suffice where a method asks for fewer
Key = tuple[int, str, int | None]  # a party, a measure, its service


@transaction.atomic
def make_facts(world: World, *, kind: PartyKind, numbers: Iterable[int], number: int) -> None:
    """Facts of a period, by its number, for the parties of these numbers of the crowd; the party
    of the guide comes with the first. A year has periods more or fewer."""
    period = periods(world.today).get(number)
    if period is None:
        return
    parties = parties_of(kind, numbers)
    if 1 in numbers:
        parties[CAST_NUMBER] = cast_party(kind)
    told = _of_providers if kind == PartyKind.PROVIDER else _of_agencies
    suffices = _made_here(parties.values(), period)
    facts = (
        one
        for one in told(world, parties, period)
        if (one.party_id, one.measure, one.service_id) not in suffices
    )
    with clock.standing_at(period.known_at):
        bring_in(world, facts)


def _made_here(parties: Iterable[Party], period: Period) -> set[Key]:
    """What needs nothing made up beside it: of which measures the parts of this site tell enough
    of a service in this period."""
    rows = Fact.objects.filter(party__in=list(parties), door=Door.PORTAL).order_by()
    now = rows.filter(ends_on__range=(period.starts_on, period.ends_on))
    sums = now.values_list("party", "measure", "service").annotate(Sum("sample"))
    least = _least_samples()
    return {
        (party, measure, service)
        for party, measure, service, sample in sums
        if sample >= period.length * least.get(measure, FEWEST)
    }


@cache
def _least_samples() -> Mapping[str, float]:
    """Measure → the sample a quarter below which an indicator of it would lack data."""
    found = {}
    for code in CODES:
        method = complete_method(code)
        gathering = parse_gathering(method.gathering)
        for dimension in method.document["dimensions"]:
            for one in dimension["indicators"]:
                gatherer = gathering.gatherers[one["code"]]
                least = max(one.get("min_sample") or 0, FEWEST)
                found[gatherer.measure] = least / max(gatherer.window.months / 3, 1)
    return found


def _of_providers(world: World, parties: dict[int, Party], period: Period) -> Iterator[FactFields]:
    merchants, creators = _crowd(PartyKind.MERCHANT), _crowd(PartyKind.CREATOR)
    with_creators = frozenset(world.services[code].pk for code in WITH_CREATORS)
    offered = _offered(parties.values())
    for number, party in sorted(parties.items()):
        if party.created_at >= period.known_at or not offered.get(party.pk):
            continue
        character = character_of(number, offered[party.pk], len(merchants))
        quarter = Quarter(number, party.pk, character, period, merchants, creators, with_creators)
        yield from facts_of_provider(quarter)


def _of_agencies(world: World, parties: dict[int, Party], period: Period) -> Iterator[FactFields]:
    merchants = _crowd(PartyKind.MERCHANT)
    for number, party in sorted(parties.items()):
        if party.created_at < period.known_at:
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
