"""Applications that wait for this side's answer, and posts whose last day comes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matchmaking.recruiting.models import Application, Post
from matchmaking.recruiting.states import LAPSE_AFTER, Side
from portal.core import clock
from portal.core.actor import Actor
from portal.pages.todos import SOON, Todo, Waiting, dated
from portal.parties.states import MANAGING

MOST = 20


def recruiting_todos(actor: Actor) -> Iterator[Waiting]:
    """For those who sign for the party."""
    if actor.party is None or actor.role not in MANAGING:
        return
    yield from _to_decide(actor)
    yield from _to_answer(actor)
    ending = Post.objects.owned_by(actor).running()
    rows = ending.filter(closes_on__lte=clock.today() + SOON).order_by("closes_on")
    yield Waiting(rows[:MOST], _last_day)


def _last_day(post: Post) -> Todo:
    return dated(
        post.closes_on,
        title=_("The last day of a recruiting post"),
        detail=post.title,
        url=post.get_absolute_url(),
        verb=_("Look"),
    )


def _to_decide(actor: Actor) -> Iterator[Waiting]:
    """One row a post, however many wait there."""
    waiting = Application.objects.received_by(actor).waiting_for(Side.POSTER).order_by()
    posts = waiting.values("post", "post__title").annotate(n=Count("pk"), since=Min("waits_since"))
    yield Waiting(posts.order_by("since")[:MOST], _post)


def _post(row: dict[str, Any]) -> Todo:
    words = ngettext("%(n)s application waits", "%(n)s applications wait", row["n"])
    return dated(
        clock.day_of(row["since"] + LAPSE_AFTER),
        title=words % {"n": row["n"]},
        detail=row["post__title"],
        url=f"{reverse('post_application_list')}?post={row['post']}&waits=poster",
        verb=_("Compare"),
    )


def _to_answer(actor: Actor) -> Iterator[Waiting]:
    waiting = Application.objects.sent_by(actor).waiting_for(Side.MERCHANT)
    rows = waiting.select_related("product", "post").order_by("waits_since")
    yield Waiting(rows[:MOST], _terms)


def _terms(row: Application) -> Todo:
    return dated(
        clock.day_of(row.lapses_at),
        title=_("Answer the terms for %(product)s") % {"product": row.product.name},
        detail=row.post.title,
        url=f"{row.get_absolute_url()}#negotiation",
        verb=_("Answer"),
    )
