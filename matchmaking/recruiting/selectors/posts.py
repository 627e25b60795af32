"""What the pages of posts show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q

from matchmaking.recruiting import states
from matchmaking.recruiting.models import Application, Post, PostDraft, PostQuerySet
from matchmaking.recruiting.states import PostSort
from portal.core import clock
from portal.core.actor import Actor
from portal.parties.models import in_world_of

TEMPLATE_FIELDS = (
    *("title", "brief", "price_low_fen", "price_high_fen", "commission_least_bp", "carrier"),
    *("sources", "samples_wanted", "is_exclusive", "term_months"),
)
ORDERS = {PostSort.NEW: "-pk", PostSort.CLOSING: "closes_on", PostSort.LIVE: "live_on"}
MOST_SWEPT = 500


def whole_posts() -> PostQuerySet:
    """Posts with everything their pages show, in a fixed number of queries."""
    return Post.objects.select_related("poster__city").prefetch_related("categories")


def open_posts(actor: Actor) -> PostQuerySet:
    """What everybody may apply to now, in the actor's world."""
    return whole_posts().taking_applications().filter(in_world_of(actor, "poster"))


def narrowed(posts: PostQuerySet, asked: Mapping[str, Any]) -> PostQuerySet:
    """`asked`: what `PostFilterForm` holds. A price is found in every band that holds it."""
    if words := asked.get("q"):
        posts = posts.filter(Q(title__icontains=words) | Q(poster__name__icontains=words))
    for name, condition in (
        ("category", "categories"),
        ("carrier", "carrier"),
        ("kind", "poster__kind"),
        ("city", "poster__city"),
    ):
        if asked.get(name):
            posts = posts.filter(**{condition: asked[name]})
    if asked.get("source"):
        posts = posts.filter(sources__contains=[asked["source"]])
    if asked.get("price"):
        fen = asked["price"] * 100
        posts = posts.filter(price_low_fen__lte=fen, price_high_fen__gte=fen)
    if asked.get("commission") is not None:
        posts = posts.filter(commission_least_bp__lte=asked["commission"] * 100)
    if asked.get("no_samples"):
        posts = posts.filter(samples_wanted=0)
    if asked.get("shared"):
        posts = posts.filter(is_exclusive=False)
    return posts


def order_of(asked: Mapping[str, Any]) -> str:
    return ORDERS[PostSort(asked.get("sort") or PostSort.NEW)]


def overdue_posts() -> list[Post]:
    """Running ones whose last day has passed."""
    rows = Post.objects.running().filter(closes_on__lt=clock.today())
    return list(rows.order_by("closes_on", "pk")[:MOST_SWEPT])


def values_of_post(post: Post) -> dict[str, Any]:
    """What a template keeps of it, and a copy begins with."""
    categories = sorted(category.pk for category in post.categories.all())
    return {name: getattr(post, name) for name in TEMPLATE_FIELDS} | {"category_ids": categories}


def unfinished_posts(actor: Actor) -> list[PostDraft]:
    own = PostDraft.objects.owned_by(actor).filter(post=None)
    return list(own.select_related("kept_by").order_by("-kept_at"))


def counts_of(post: Post) -> dict[str, int]:
    """How many applications there are by status, and how many wait for the poster; one query."""
    rows = Application.objects.filter(post=post).order_by()
    waiting = Q(status__in=states.LIVE, offered_by=states.Side.MERCHANT)
    found = rows.values_list("status").annotate(n=Count("pk"), waiting=Count("pk", filter=waiting))
    counted, waits = {}, 0
    for status, n, waiting_now in found:
        counted[status] = n
        waits += waiting_now
    return counted | {"all": sum(counted.values()), "waiting": waits}
