"""What the page of a product shows, and the list of a merchant's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from matchmaking.catalogue import rules
from matchmaking.catalogue.models import (
    BoardPlace,
    Certificate,
    Plan,
    Product,
    ProductPicture,
    Reputation,
)
from matchmaking.catalogue.selectors.plans import Commission, choose_plan
from matchmaking.engine import reputation as engine
from portal.core import clock
from portal.core.actor import Actor
from portal.parties.states import PartyKind

PAST = 12  # weeks or places shown


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part of a reputation: `share` of 5 in percent, `rates` with what is usual, in percent."""

    name: str
    weight: int
    score: float
    share: int
    rates: list[tuple[str, float, float]]


def own_products(actor: Actor) -> QuerySet[Product]:
    return Product.objects.owned_by(actor).select_related("category", "gate")


def whole_product(actor: Actor) -> QuerySet[Product]:
    seen = Product.objects.visible_to(actor)
    return seen.select_related("merchant__city", "category", "gate")


def commissions_of(products: Sequence[Product], actor: Actor) -> Mapping[int, Commission]:
    """What each of these brings this person today; two queries."""
    today = clock.today()
    by_product: dict[int, list[Plan]] = defaultdict(list)
    rows = Plan.objects.filter(product__in=products).on(today).prefetch_related("creators")
    for plan in rows:
        by_product[plan.product_id].append(plan)
    creator = creator_of(actor)
    return {row.pk: choose_plan(by_product[row.pk], creator) for row in products}


def creator_of(actor: Actor) -> int | None:
    """The creator somebody speaks for."""
    is_creator = actor.party is not None and actor.party.kind == PartyKind.CREATOR
    return actor.party_id if is_creator else None


def plans_shown(actor: Actor, product: Product) -> list[Plan]:
    """Those this person may know of, the running ones and those to come first."""
    rows = Plan.objects.filter(product=product, period__isnull=False)
    plans = rows.prefetch_related("creators__creator").order_by("-period")
    for plan in plans:
        plan.product = product
    return [plan for plan in plans if rules.may_see_plan(actor, plan)]


def certificates_of(product: Product) -> list[Certificate]:
    return list(Certificate.objects.standing().filter(product=product))


def pictures_of(actor: Actor, product: Product) -> list[ProductPicture]:
    """Of one's own all that stand; of others those that are shown."""
    rows = product.pictures
    return list(rows.standing() if actor.speaks_for(product.merchant_id) else rows.shown())


def reputation_of(product: Product) -> dict[str, Any]:
    """The last one with its parts, and how it went."""
    rows = list(Reputation.objects.filter(product=product).order_by("-day")[:PAST])
    last = rows[0] if rows else None
    return {
        "last": last,
        "parts": _parts(last.parts) if last else [],
        "course": [row.stars for row in reversed(rows) if row.stars is not None],
        "least": engine.LEAST_DELIVERED,
        "half_life": engine.HALF_LIFE_DAYS,
        "window": engine.WINDOW_DAYS,
        "inherited": round(engine.INHERITED * 100),
    }


def _parts(parts: Mapping[str, Mapping[str, float]]) -> list[ShownPart]:
    return [
        ShownPart(
            name,
            round(weight * 100),
            parts[name]["score"],
            round(parts[name]["score"] / engine.FULL * 100),
            [
                (rate, parts[name][rate] * 100, engine.BARS[rate].usual * 100)
                for rate in engine.PARTS_OF[name]
            ],
        )
        for name, weight in engine.WEIGHTS.items()
        if name in parts
    ]


def places_of(product: Product) -> list[BoardPlace]:
    rows = BoardPlace.objects.filter(product=product).select_related("board__category", "prize")
    return list(rows.order_by("-board__week", "rank")[:PAST])
