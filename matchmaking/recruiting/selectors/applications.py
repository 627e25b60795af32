"""What the pages of applications show, and what the clock has to look at."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch

from matchmaking.catalogue.models import Product
from matchmaking.recruiting import states
from matchmaking.recruiting.fields import ApplicationFields
from matchmaking.recruiting.matching import Match, match_products
from matchmaking.recruiting.models import Application, Offer, Post, PostApplicationQuerySet
from portal.core import clock
from portal.core.actor import Actor
from portal.parties.models import Category

MOST_SWEPT = 500
MOST_SHOWN = 100  # products of one merchant, before it narrows them


def whole_applications() -> PostApplicationQuerySet:
    """Applications with everything their page shows."""
    categories = Prefetch("post__categories", Category.objects.all())
    return Application.objects.select_related(
        "post__poster__city", "product__category", "merchant__city", "cooperation"
    ).prefetch_related(categories)


def applications_to_remind() -> list[Application]:
    before = clock.now() - states.REMIND_AFTER
    due = Application.objects.live().filter(waits_since__lte=before, reminded_at=None)
    return list(due.order_by("waits_since", "pk")[:MOST_SWEPT])


def applications_to_lapse() -> list[Application]:
    before = clock.now() - states.LAPSE_AFTER
    due = Application.objects.live().filter(waits_since__lte=before)
    return list(due.order_by("waits_since", "pk")[:MOST_SWEPT])


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the merchant's own products beside a post; `application`: it stands there already."""

    match: Match
    application: Application | None

    @property
    def product(self) -> Product:
        return self.match.product


def candidates_for(actor: Actor, post: Post, words: str = "") -> list[Candidate]:
    """The acting merchant's products in the pool, the best match first, those that lack something
    behind; in a fixed number of queries."""
    own = Product.objects.owned_by(actor).filter(status="listed", gate=None)
    if words:
        own = own.filter(name__icontains=words)
    products = list(own.select_related("category", "merchant").order_by("-pk")[:MOST_SHOWN])
    rows = Application.objects.filter(post=post, product__in=products)
    standing = {row.product_id: row for row in rows.filter(status__in=states.STANDING)}
    matches = match_products(post, products)
    matches.sort(key=lambda match: (not match.fits, len(match.hard_gaps), -match.match_bp))
    return [Candidate(match, standing.get(match.product.pk)) for match in matches]


def match_of(application: Application) -> Match:
    """How it suits the post now, with what it promises."""
    promised = ApplicationFields(
        commission_bp=application.commission_bp,
        samples=application.samples,
        is_exclusive=application.is_exclusive,
    )
    return match_products(application.post, [application.product], promised)[0]


@dataclass(frozen=True, slots=True)
class Round:
    offer: Offer
    is_own: bool
    is_last: bool


def rounds_of(actor: Actor, application: Application) -> list[Round]:
    """The versions of what was offered, the newest first."""
    ours = (
        states.Side.MERCHANT
        if actor.speaks_for(application.merchant_id)
        else states.Side.POSTER
        if actor.speaks_for(application.post.poster_id)
        else ""
    )
    offers = application.offers.select_related("by").order_by("-number")
    return [Round(o, o.side == ours, o.number == application.version) for o in offers]
