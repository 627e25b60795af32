"""Applications that wait for this side's answer, and posts whose last day comes."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matchmaking.recruiting.models import Application, Post
from matchmaking.recruiting.states import LAPSE_AFTER, Side
from portal.core import clock
from portal.core.actor import Actor
from portal.pages.todos import SOON, Todo, dated
from portal.parties.states import MANAGING

MOST = 20


def recruiting_todos(actor: Actor) -> Iterator[Todo]:
    """For those who sign for the party."""
    if actor.party is None or actor.role not in MANAGING:
        return
    yield from _to_decide(actor)
    yield from _to_answer(actor)
    ending = Post.objects.owned_by(actor).running()
    for post in ending.filter(closes_on__lte=clock.today() + SOON).order_by("closes_on")[:MOST]:
        yield dated(
            post.closes_on,
            title=_("The last day of a recruiting post"),
            detail=post.title,
            url=post.get_absolute_url(),
            verb=_("Look"),
        )


def _to_decide(actor: Actor) -> Iterator[Todo]:
    """One row a post, however many wait there."""
    waiting = Application.objects.received_by(actor).waiting_for(Side.POSTER).order_by()
    rows = waiting.values_list("post", "post__title").annotate(
        n=Count("pk"), since=Min("waits_since")
    )
    for pk, title, n, since in rows.order_by("since")[:MOST]:
        words = ngettext("%(n)s application waits", "%(n)s applications wait", n)
        yield dated(
            clock.day_of(since + LAPSE_AFTER),
            title=words % {"n": n},
            detail=title,
            url=f"{reverse('post_application_list')}?post={pk}&waits=poster",
            verb=_("Compare"),
        )


def _to_answer(actor: Actor) -> Iterator[Todo]:
    waiting = Application.objects.sent_by(actor).waiting_for(Side.MERCHANT)
    for row in waiting.select_related("product", "post").order_by("waits_since")[:MOST]:
        yield dated(
            clock.day_of(row.lapses_at),
            title=_("Answer the terms for %(product)s") % {"product": row.product.name},
            detail=row.post.title,
            url=f"{row.get_absolute_url()}#negotiation",
            verb=_("Answer"),
        )
