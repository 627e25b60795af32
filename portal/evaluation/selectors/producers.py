"""What the parts that make facts ask first: which of their rows made none yet, and for which of its
services a party's fact is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from portal.evaluation.models import Fact
from portal.parties.models import ProviderProfile


def unrecorded(
    rows: QuerySet[Any], *, measure: str, ref_kind: str, tail: str = ""
) -> QuerySet[Any]:
    """Those whose key made no fact of this measure yet. `tail`: what follows the key in `ref_id`,
    where a row makes facts again and again."""
    key = Concat(Cast(OuterRef("pk"), CharField()), Value(tail))
    facts = Fact.objects.filter(measure=measure, ref_kind=ref_kind, ref_id=key, corrects=None)
    return rows.filter(~Exists(facts))


def refs_of(base: str, services: Sequence[int | None]) -> Iterator[tuple[int | None, str]]:
    """Each service with the `ref_id` of its fact: the first has the row's own, so that `unrecorded`
    finds it, the others add theirs."""
    for at, service_id in enumerate(services):
        yield service_id, f"{base}:{service_id}" if at else base


def declared_services(party_ids: Collection[int]) -> dict[int, set[int]]:
    """The service types each provider says it offers."""
    through: Any = ProviderProfile.services.through
    found: dict[int, set[int]] = {party_id: set() for party_id in party_ids}
    for party_id, service_id in through.objects.filter(providerprofile__in=party_ids).values_list(
        "providerprofile", "servicetype"
    ):
        found[party_id].add(service_id)
    return found


def services_meant(
    declared: Mapping[int, set[int]], party_id: int, service_ids: Collection[int]
) -> list[int | None]:
    """Of the services of a need or a cooperation, those the party offers; all of them where it
    offers none of these, and the whole party's where none is said."""
    wanted = set(service_ids)
    return [*sorted(wanted & declared.get(party_id, set()) or wanted)] or [None]
