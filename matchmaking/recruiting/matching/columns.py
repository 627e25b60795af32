"""Posts and products as the columns the engine reads, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

import numpy as np
from django.db.models import Func, IntegerField
from django.db.models.functions import Coalesce, TruncDate
from numpy.typing import NDArray

from matchmaking.catalogue.models import Plan, PlanCreator, ProductQuerySet, Reputation
from matchmaking.catalogue.models.products import NOT_RATED
from matchmaking.catalogue.states import PlanKind
from matchmaking.engine.matching import PostTable, ProductTable
from matchmaking.recruiting.fields import ApplicationFields
from matchmaking.recruiting.matching.method import published_method
from matchmaking.recruiting.models import Post, Promise
from matchmaking.recruiting.sources import SourceRules, read_source_rules
from matchmaking.samples.selectors import shown_in_time
from portal.core import clock
from portal.parties.models import Category, PartyCategory, Reach
from portal.policies.states import ProductSource

BIT = {source: bit for bit, source in enumerate(ProductSource.values)}
PLENTY = 99  # samples, of who sends them on request
LEAST_SHARE = 1  # percent, of an asked category the poster is not known to sell in


class Priced(Protocol):
    """What the engine asks of a product: one itself, or a row of `PRICED`."""

    @property
    def merchant_id(self) -> int: ...
    @property
    def category_id(self) -> int: ...
    @property
    def price_fen(self) -> int: ...
    @property
    def commission_bp(self) -> int: ...
    @property
    def source(self) -> str: ...
    @property
    def stock(self) -> int: ...
    @property
    def sends_samples(self) -> bool: ...
    @property
    def score(self) -> int: ...
    @property
    def listed_at(self) -> datetime | None: ...
    @property
    def created_at(self) -> datetime: ...


PRICED = (  # and its key: where thousands are read, no more of each than this
    *("pk", "merchant_id", "category_id", "price_fen", "commission_bp", "source", "stock"),
    *("sends_samples", "score"),
)
DAY_NUMBER = Func(  # as `date.toordinal`, so that no day of thousands is made an object
    TruncDate(Coalesce("listed_at", "created_at"), tzinfo=clock.SHANGHAI),
    template="(%(expressions)s - DATE '0001-01-01') + 1",
    output_field=IntegerField(),
)
PoolRow = tuple[Any, ...]  # of a product of the pool: `PRICED`, and the number of its day


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


class Columns:
    """The first level of the categories; a product of the second counts as its parent's."""

    def __init__(self) -> None:
        rows = list(Category.objects.order_by("pk").values_list("pk", "parent_id"))
        place = {pk: n for n, pk in enumerate(pk for pk, parent in rows if parent is None)}
        self.of = {pk: place[parent or pk] for pk, parent in rows}
        self.count = len(place)


def pool_rows(products: ProductQuerySet) -> list[PoolRow]:
    """What the engine asks of thousands of products, at their public plan."""
    return list(products.values_list(*PRICED, DAY_NUMBER))


def pool_table(rows: Sequence[PoolRow], columns: Columns) -> ProductTable:
    """The same as `product_table` of what nobody has promised anything about yet."""
    whole = zip(*rows, strict=True) if rows else ((),) * (len(PRICED) + 1)
    _keys, merchants, categories, prices, rates, sources, stocks, samples, scores, days = whole
    price, score = _whole(prices), np.array(scores, dtype=np.float64)
    return ProductTable(
        ids=np.arange(len(rows), dtype=np.int64),
        merchants=_whole(merchants),
        category=_whole(columns.of[key] for key in categories),
        price_low=price,
        price_high=price,
        commission=_whole(rates),
        source=_whole(BIT[source] for source in sources),
        samples=np.where(np.array(samples, dtype=np.bool_), PLENTY, 0).astype(np.int64),
        stock=_whole(stocks),
        offers_exclusive=np.ones(len(rows), dtype=np.bool_),
        is_taken=np.zeros(len(rows), dtype=np.bool_),
        reputation=np.where(score == NOT_RATED, np.nan, score / 100),
        listed_day=_whole(days),
    )


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
    shares, goods, stars = _shares(posters, columns), _goods(posters), _stars(posters)
    shown = _on_time(posters)
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


def _shares(posters: Iterable[int], columns: Columns) -> dict[int, dict[int, int]]:
    """By party and column, in percent of its business."""
    found: dict[int, dict[int, int]] = {}
    rows = PartyCategory.objects.filter(party__in=posters)
    for party, category, share in rows.values_list("party_id", "category_id", "share"):
        own, column = found.setdefault(party, {}), columns.of[category]
        own[column] = own.get(column, 0) + share
    return found


def _goods(posters: Iterable[int]) -> dict[int, NDArray[np.float64]]:
    """What is sold by price, of those of whom it is known."""
    known = Reach.objects.filter(party__in=posters, goods_bp__isnull=False)
    rows = known.values_list("party_id", "goods_bp")
    return {pk: np.array(bands) / sum(bands) for pk, bands in rows if bands and sum(bands)}


def _stars(posters: Iterable[int]) -> dict[int, float]:
    newest = Reputation.objects.filter(creator__in=posters).order_by("creator", "-day")
    rows = newest.distinct("creator").values_list("creator_id", "score")
    return {pk: score / 100 for pk, score in rows if pk is not None and score is not None}


def _on_time(posters: Iterable[int]) -> dict[int, float]:
    """What part of the samples that were due was shown in time."""
    return {pk: told.in_time / told.due for pk, told in shown_in_time(posters).items()}


def _bits(post: Post, rules: SourceRules) -> int:
    allowed = rules.allowed(post.carrier, post.live_on)
    return sum(1 << BIT[source] for source in post.sources if source in allowed)


def _whole(values: Iterable[int]) -> NDArray[np.int64]:
    return np.fromiter(values, dtype=np.int64)


def _bools(values: Iterable[bool]) -> NDArray[np.bool_]:
    return np.fromiter(values, dtype=np.bool_)
