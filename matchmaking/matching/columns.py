"""Products, and those who show them, as the columns the engine reads; a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol

import numpy as np
from django.db.models import Func, IntegerField
from django.db.models.functions import Coalesce, TruncDate
from numpy.typing import NDArray

from matchmaking.catalogue.models import ProductQuerySet, Reputation
from matchmaking.catalogue.models.products import NOT_RATED
from matchmaking.engine.matching import ProductTable
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


def shares_of(posters: Iterable[int], columns: Columns) -> dict[int, dict[int, int]]:
    """By party and column, in percent of its business."""
    found: dict[int, dict[int, int]] = {}
    rows = PartyCategory.objects.filter(party__in=posters)
    for party, category, share in rows.values_list("party_id", "category_id", "share"):
        own, column = found.setdefault(party, {}), columns.of[category]
        own[column] = own.get(column, 0) + share
    return found


def goods_of(posters: Iterable[int]) -> dict[int, NDArray[np.float64]]:
    """What is sold by price, of those of whom it is known."""
    known = Reach.objects.filter(party__in=posters, goods_bp__isnull=False)
    rows = known.values_list("party_id", "goods_bp")
    return {pk: np.array(bands) / sum(bands) for pk, bands in rows if bands and sum(bands)}


def stars_of(posters: Iterable[int]) -> dict[int, float]:
    newest = Reputation.objects.filter(creator__in=posters).order_by("creator", "-day")
    rows = newest.distinct("creator").values_list("creator_id", "score")
    return {pk: score / 100 for pk, score in rows if pk is not None and score is not None}


def on_time_of(posters: Iterable[int]) -> dict[int, float]:
    """What part of the samples that were due was shown in time."""
    return {pk: told.in_time / told.due for pk, told in shown_in_time(posters).items()}


def _whole(values: Iterable[int]) -> NDArray[np.int64]:
    return np.fromiter(values, dtype=np.int64)
