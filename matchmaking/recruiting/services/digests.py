"""Once a day: what came into the pool that suits one's posts, and which posts came that suit one's
products. The same engine as on the pages; one notice a party, gathered into the daily mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext_noop

from matchmaking.catalogue.models import Product, ProductQuerySet
from matchmaking.engine.matching import suggest
from matchmaking.matching import Columns, PoolRow, pool_rows, pool_table, published_method
from matchmaking.recruiting.matching.columns import post_table
from matchmaking.recruiting.models import Application, Post
from matchmaking.recruiting.states import STANDING
from portal.core import clock
from portal.core.actor import Actor
from portal.parties.blocks import kept_apart_from
from portal.parties.models import Party
from portal.parties.services import tell_party

LATELY = timedelta(days=1)
LEAST_UNITS = 50_000  # fifty points: below nobody is told of it
MOST_EACH = 20  # of a post, or of a product
MOST_POSTS, MOST_PRODUCTS = 4_000, 60_000  # of each, the newest


@dataclass(slots=True)
class Found:
    """What suits one party: the best pair, and how many things are new to it."""

    units: int = 0
    post: Post | None = None
    product: int = 0
    new: set[int] = field(default_factory=set)

    def add(self, units: int, post: Post, product: int, new: int) -> None:
        self.new.add(new)
        if units > self.units:
            self.units, self.post, self.product = units, post, product


def tell_suggestions(actor: Actor) -> int:
    """How many parties were told. A second run on the same day tells nobody again."""
    since = clock.now() - LATELY
    posts, products = list(_posts()), _pool()
    fresh_posts = [post for post in posts if post.published_at and post.published_at >= since]
    fresh_products = pool_rows(products.filter(listed_at__gte=since)[:MOST_PRODUCTS])
    of_posters = _for_posters(posts, fresh_products)
    of_merchants = _for_merchants(fresh_posts, pool_rows(products[:MOST_PRODUCTS]))
    names = Product.objects.in_bulk(
        [one.product for one in (*of_posters.values(), *of_merchants.values())]
    )
    parties = Party.objects.in_bulk([*of_posters, *of_merchants])
    for key, found in of_posters.items():
        _tell(parties[key], found, names, is_poster=True)
    for key, found in of_merchants.items():
        _tell(parties[key], found, names, is_poster=False)
    return len(of_posters) + len(of_merchants)


def _posts() -> Iterator[Post]:
    rows = Post.objects.taking_applications().filter(poster__sandbox_of=None)
    yield from rows.prefetch_related("categories").order_by("-pk")[:MOST_POSTS]


def _pool() -> ProductQuerySet:
    rows = Product.objects.shown().filter(stock__gt=0)
    return rows.exclude(promises__period__contains=clock.today()).order_by("-pk")


def _for_posters(posts: Sequence[Post], fresh: Sequence[PoolRow]) -> dict[int, Found]:
    found: dict[int, Found] = {}
    for units, post, row in _pairs(posts, fresh, of_posts=True):
        found.setdefault(post.poster_id, Found()).add(units, post, row[0], row[0])
    return found


def _for_merchants(fresh: Sequence[Post], products: Sequence[PoolRow]) -> dict[int, Found]:
    found: dict[int, Found] = {}
    for units, post, row in _pairs(fresh, products, of_posts=False):
        found.setdefault(row[1], Found()).add(units, post, row[0], post.pk)
    return found


def _pairs(
    posts: Sequence[Post], products: Sequence[PoolRow], *, of_posts: bool
) -> Iterator[tuple[int, Post, PoolRow]]:
    """The best of each post, or of each product, without those who are kept apart and what was
    offered already."""
    if not posts or not products:
        return
    columns, today = Columns(), clock.today().toordinal()
    left = post_table(posts, columns)
    right = pool_table(products, columns)
    found = suggest(left, right, published_method(), today=today, most=MOST_EACH)
    others = found.products if of_posts else found.posts
    units = found.product_units if of_posts else found.post_units
    standing = _standing(posts)
    apart = {poster: kept_apart_from(poster) for poster in {post.poster_id for post in posts}}
    for owner, place in np.argwhere(units >= LEAST_UNITS):
        other = int(others[owner, place])
        post, row = (posts[owner], products[other]) if of_posts else (posts[other], products[owner])
        if (post.pk, row[0]) not in standing and row[1] not in apart[post.poster_id]:
            yield int(units[owner, place]), post, row


def _standing(posts: Iterable[Post]) -> set[tuple[int, int]]:
    rows = Application.objects.filter(post__in=list(posts), status__in=STANDING)
    return set(rows.values_list("post_id", "product_id"))


def _tell(party: Party, found: Found, names: dict[int, Product], *, is_poster: bool) -> None:
    assert found.post is not None
    sentence = (
        gettext_noop("New in the pool for your posts: %(n)s. “%(product)s” suits “%(post)s” best.")
        if is_poster
        else gettext_noop(
            "New posts for your products: %(n)s. “%(product)s” suits “%(post)s” best."
        )
    )
    tell_party(
        party,
        event="suggestion.products" if is_poster else "suggestion.posts",
        key=f"suggestions:{clock.today().isoformat()}:{party.pk}",
        sentence=sentence,
        params={
            "n": len(found.new),
            "product": names[found.product].name,
            "post": found.post.title,
        },
        url=(
            reverse("post_suggestions", args=[found.post.pk])
            if is_poster
            else f"{reverse('product_suggestions')}?product={found.product}"
        ),
    )
