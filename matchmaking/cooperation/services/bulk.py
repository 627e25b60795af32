"""Many cooperations at once, as doors agreed on them: for the demo and imports. Nobody is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from matchmaking.catalogue.models import Product
from matchmaking.cooperation import rules
from matchmaking.cooperation.doors import Through
from matchmaking.cooperation.fields import Terms
from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.services.beginning import cooperation_row, cooperation_snapshot
from matchmaking.cooperation.services.papers import append_papers
from matchmaking.cooperation.services.versions import append_first_versions
from portal.core import audit, bulk
from portal.core.actor import Actor
from portal.parties.models import Party


@dataclass(frozen=True, slots=True)
class Agreed:
    """What two sides agreed on, who said yes last, and when. `products`: those it is about."""

    by: Actor
    door: Through
    merchant: Party
    provider: Party
    terms: Terms
    at: datetime
    products: Sequence[Product] = field(default_factory=tuple)


@transaction.atomic
def bring_cooperations(actor: Actor, *, agreed: Sequence[Agreed]) -> list[Cooperation]:
    """Each as `open_cooperation` writes it, with its paper and its first version."""
    rules.can_bring_in_bulk(actor).require()
    for one in agreed:
        rules.are_in_one_world(one.merchant, one.provider).require()
    made = [
        cooperation_row(
            door=one.door, merchant=one.merchant, provider=one.provider, terms=one.terms, at=one.at
        )
        for one in agreed
    ]
    bulk.number(made)
    told = [(one.by, row) for one, row in zip(agreed, made, strict=True)]
    append_papers(told, {row.pk: one.products for one, row in zip(agreed, made, strict=True)})
    bulk.insert(made)
    _link(agreed, made)
    append_first_versions(told)
    audit.record_many(
        [
            audit.entry(
                one.by, "begin_cooperation", row, at=one.at, after=cooperation_snapshot(row)
            )
            for one, row in zip(agreed, made, strict=True)
        ]
    )
    return made


def _link(agreed: Sequence[Agreed], made: Sequence[Cooperation]) -> None:
    named: tuple[tuple[Any, str, list[Iterable[int]]], ...] = (
        (Cooperation.services, "servicetype_id", [one.terms.service_ids for one in agreed]),
        (Cooperation.categories, "category_id", [one.terms.category_ids for one in agreed]),
        (Cooperation.products, "product_id", [[p.pk for p in one.products] for one in agreed]),
    )
    for links, other, keys in named:
        bulk.insert(
            [
                links.through(**{"cooperation_id": row.pk, other: key})
                for row, some in zip(made, keys, strict=True)
                for key in some
            ]
        )
