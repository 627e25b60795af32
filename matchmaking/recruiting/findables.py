"""Posts, and one's own applications to them, as the search shows them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.search import KIND
from matchmaking.recruiting.models import Application, Post
from portal.core.actor import Actor
from portal.parties.states import PartyKind
from portal.search.findables import Hit, Keys, Rows, of_a_party, register_finder
from portal.search.matching import entry_keys, matches, named_parties, with_named
from portal.search.said import Said

POSTERS = (PartyKind.AGENCY, PartyKind.CREATOR)


def _post(_actor: Actor, post: Post) -> Hit:
    note = f"{post.poster.name} · {post.get_status_display()}"
    return Hit(post.title, post.get_absolute_url(), note, post.number)


def _by_poster(_actor: Actor, said: Said) -> Iterator[Keys]:
    posters = named_parties(said.text, *POSTERS)
    yield Post.objects.published().filter(poster__in=posters).values("pk")


def _application(actor: Actor, row: Application) -> Hit:
    other = row.post.title if actor.speaks_for(row.merchant_id) else row.merchant.name
    note = f"{other} · {row.get_status_display()}"
    return Hit(row.product.name, row.get_absolute_url(), note, row.number)


def _of_product_post_or_other(actor: Actor, said: Said) -> Iterator[Keys]:
    own = Application.objects.visible_to(actor)
    yield own.filter(matches(KIND, said.text, "product__")).values("pk")
    yield own.filter(post__in=entry_keys("post", said.text)).values("pk")
    yield from with_named(own, actor, said.text, "merchant", "post__poster")


register_finder(
    Rows(
        kind="post",
        title=_("Recruiting posts"),
        icon="target-arrow",
        rank=30,
        model=Post,
        visible=lambda actor: Post.objects.visible_to(actor),
        hit=_post,
        names=lambda post: [post.title],
        letters="ZS",
        made="created_at",
        also=_by_poster,
        related=("poster",),
    )
)
register_finder(
    Rows(
        kind="application",
        title=_("Applications"),
        icon="table",
        rank=65,
        model=Application,
        visible=lambda actor: Application.objects.visible_to(actor),
        hit=_application,
        letters="SQ",
        also=_of_product_post_or_other,
        related=("post", "product", "merchant"),
        is_for=of_a_party,
    )
)
