"""The page of a cooperation, and what was said about a party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models import Product, ProductQuerySet
from matchmaking.cooperation import rules, states
from matchmaking.cooperation.models import (
    ASPECTS,
    Amendment,
    Cooperation,
    CooperationQuerySet,
    Obligation,
    Review,
)
from portal.core.actor import Actor
from portal.core.verdict import Flaw, Refused, Verdict, flawless
from portal.parties.models import Party
from portal.parties.states import PartyKind

MOST_REVIEWS = 5  # on a profile


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation, and what the acting person may do with it."""

    obligation: Obligation
    is_ours: bool
    can_answer: Verdict
    can_finish: Verdict
    can_judge: Verdict
    can_waive: Verdict


def whole_cooperations(actor: Actor) -> CooperationQuerySet:
    both = Cooperation.objects.visible_to(actor).select_related(
        "merchant__city", "provider__city", "city", "payment"
    )
    return both.prefetch_related("services", "categories", "products")


def nameable_products(actor: Actor, other: Party) -> ProductQuerySet:
    """Of the merchant among the two, as far as the acting side sees them."""
    is_ours = actor.party is not None and actor.party.kind == PartyKind.MERCHANT
    merchant_id = actor.party_id if is_ours else other.pk
    return Product.objects.visible_to(actor).nameable(merchant_id or 0)


def products_named(actor: Actor, other: Party, keys: Sequence[int]) -> list[Product]:
    """Those of these keys; refused where one is nobody's or not theirs to name."""
    found = nameable_products(actor, other).in_bulk(keys)
    missing = [str(key) for key in keys if key not in found]
    if missing:
        sentence = _("Not on offer by this merchant: %(keys)s.")
        flaw = Flaw("products", str(sentence) % {"keys": ", ".join(missing[:5])})
        raise Refused(flawless([flaw]))
    return list(found.values())


def duties_of(actor: Actor, cooperation: Cooperation) -> list[Duty]:
    """The unsettled ones by day, then the others."""
    rows = list(cooperation.obligations.select_related("evidence").order_by("due_on", "created_at"))
    rows.sort(key=lambda row: row.status not in states.UNSETTLED)
    for row in rows:  # the rules ask for both sides; no query each
        row.cooperation = cooperation
        row.owed_by = cooperation.own_side(row.owed_by_id)
    return [_duty(actor, row) for row in rows]


def _duty(actor: Actor, row: Obligation) -> Duty:
    return Duty(
        obligation=row,
        is_ours=actor.speaks_for(row.owed_by_id),
        can_answer=rules.can_answer_obligation(actor, row),
        can_finish=rules.can_finish_obligation(actor, row),
        can_judge=rules.can_judge_obligation(actor, row),
        can_waive=rules.can_waive_obligation(actor, row),
    )


def open_amendment(cooperation: Cooperation) -> Amendment | None:
    found = cooperation.amendments.open().first()
    if found is not None:
        found.cooperation = cooperation
    return found


def reviews_of(actor: Actor, cooperation: Cooperation) -> list[tuple[Review, Verdict]]:
    """What this side may read, and whether it may answer."""
    rows = list(Review.objects.visible_to(actor).filter(cooperation=cooperation).order_by("at"))
    for row in rows:
        row.cooperation = cooperation
        row.by = cooperation.own_side(row.by_id)
    return [(row, rules.can_answer_review(actor, row)) for row in rows]


def standing_of(party: Party) -> dict[str, Any]:
    """What was said about a party: how many, the mean of each aspect, and the newest. Who said it
    is not named: whom somebody hires is their business."""
    shown = Review.objects.published().filter(about=party)
    means = {aspect: Avg(aspect) for aspect in ASPECTS}
    found = shown.aggregate(count=Count("pk"), **means)
    newest = shown.select_related("by__city").order_by("-published_at")[:MOST_REVIEWS]
    stars = [float(found[aspect]) for aspect in ASPECTS] if found["count"] else []
    mean = sum(stars) / len(stars) if stars else None
    return found | {"mean": mean, "newest": list(newest) if found["count"] else []}
