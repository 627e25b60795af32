"""Posts and what is offered to them as the columns the engine reads, by a fixed set of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matchmaking.catalogue.models import Plan, PlanCreator
from matchmaking.catalogue.models.products import NOT_RATED
from matchmaking.catalogue.states import PlanKind
from matchmaking.engine.matching import PostTable, ProductTable
from matchmaking.matching import (
    BIT,
    LEAST_SHARE,
    PLENTY,
    Columns,
    Priced,
    goods_of,
    on_time_of,
    published_method,
    shares_of,
    stars_of,
)
from matchmaking.recruiting.fields import ApplicationFields
from matchmaking.recruiting.models import Post, Promise
from matchmaking.recruiting.sources import SourceRules, read_source_rules
from portal.core import clock


@dataclass(frozen=True, slots=True)
class Offered:
    """A product as it is offered: by its public plan, or as an application promises."""

    product: Priced
    is_taken: bool = False
    promised: ApplicationFields | None = None
    aged_days: int = 0  # since it was offered: it was that much newer then

    @property
    def commission_bp(self) -> int:
        return self.promised.commission_bp if self.promised else self.product.commission_bp

    @property
    def samples(self) -> int:
        if self.promised is not None:
            return self.promised.samples
        return PLENTY if self.product.sends_samples else 0

    @property
    def is_exclusive(self) -> bool:
        """Whoever has not said yet may still promise it."""
        return self.promised is None or self.promised.is_exclusive

    @property
    def day(self) -> int:
        listed = self.product.listed_at or self.product.created_at
        return clock.day_of(listed).toordinal() + self.aged_days


def product_table(offered: Sequence[Offered], columns: Columns) -> ProductTable:
    """A product may stand there once for each offer: rows are told apart by their place."""
    products = [one.product for one in offered]
    prices = _whole(product.price_fen for product in products)
    stars = [np.nan if product.score == NOT_RATED else product.score / 100 for product in products]
    return ProductTable(
        ids=np.arange(len(products), dtype=np.int64),
        merchants=_whole(product.merchant_id for product in products),
        category=_whole(columns.of[product.category_id] for product in products),
        price_low=prices,
        price_high=prices,
        commission=_whole(one.commission_bp for one in offered),
        source=_whole(BIT[product.source] for product in products),
        samples=_whole(one.samples for one in offered),
        stock=_whole(product.stock for product in products),
        offers_exclusive=_bools(one.is_exclusive for one in offered),
        is_taken=_bools(one.is_taken for one in offered),
        reputation=np.array(stars, dtype=np.float64),
        listed_day=_whole(one.day for one in offered),
    )


def post_table(
    posts: Sequence[Post], columns: Columns, asked_of: Sequence[Sequence[int]] | None = None
) -> PostTable:
    """Posts with their categories prefetched, or given as keys. Four queries, however many."""
    if asked_of is None:
        asked_of = [[category.pk for category in post.categories.all()] for post in posts]
    posters = {post.poster_id for post in posts}
    shares, goods, stars = shares_of(posters, columns), goods_of(posters), stars_of(posters)
    shown = on_time_of(posters)
    bands = len(published_method().price_bands)
    asked, sold = np.zeros((len(posts), columns.count)), np.full((len(posts), bands), np.nan)
    for row, post in enumerate(posts):
        own = shares.get(post.poster_id, {})
        for category in asked_of[row]:
            column = columns.of[category]
            asked[row, column] = own.get(column, 0) + LEAST_SHARE
        if post.poster_id in goods:
            sold[row] = goods[post.poster_id]
    rules = read_source_rules()
    return PostTable(
        ids=np.arange(len(posts), dtype=np.int64),
        posters=_whole(post.poster_id for post in posts),
        category_shares=asked,
        price_low=_whole(post.price_low_fen for post in posts),
        price_high=_whole(post.price_high_fen for post in posts),
        commission_least=_whole(post.commission_least_bp for post in posts),
        sources=_whole(_bits(post, rules) for post in posts),
        samples_wanted=_whole(post.samples_wanted for post in posts),
        exclusive=_bools(post.is_exclusive for post in posts),
        goods=sold,
        reputation=np.array([stars.get(post.poster_id, np.nan) for post in posts], dtype=float),
        on_time=np.array([shown.get(post.poster_id, np.nan) for post in posts], dtype=float),
    )


def taken_products(product_ids: Collection[int], day: date, poster_id: int) -> set[int]:
    """Those promised to others alone on that day: by an exclusive plan, or to another poster."""
    exclusive = Plan.objects.on(day).filter(kind=PlanKind.EXCLUSIVE, product__in=product_ids)
    own = PlanCreator.objects.filter(creator=poster_id).values("plan")
    promised = Promise.objects.on(day).filter(product__in=product_ids).exclude(poster=poster_id)
    by_plan = exclusive.exclude(pk__in=own).values_list("product_id", flat=True)
    return {*by_plan, *promised.values_list("product_id", flat=True)}


def _bits(post: Post, rules: SourceRules) -> int:
    allowed = rules.allowed(post.carrier, post.live_on)
    return sum(1 << BIT[source] for source in post.sources if source in allowed)


def _whole(values: Iterable[int]) -> NDArray[np.int64]:
    return np.fromiter(values, dtype=np.int64)


def _bools(values: Iterable[bool]) -> NDArray[np.bool_]:
    return np.fromiter(values, dtype=np.bool_)
