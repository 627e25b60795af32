"""How the goods of a fair suit who may show them: the published match of recruiting posts, as if
they asked for whatever is there. A pair has one score, whichever side it is looked at from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from matchmaking.engine.matching import PostTable, ProductTable, score_pairs
from matchmaking.fairs.models import SignUpProduct
from matchmaking.matching import (
    BIT,
    LEAST_SHARE,
    PART_NAMES,
    Columns,
    PartLine,
    PoolRow,
    certainty_of,
    goods_of,
    lines_of,
    on_time_of,
    pool_table,
    published_method,
    shares_of,
    stars_of,
)
from portal.core import clock
from portal.parties.states import PartyKind

SHOWING = frozenset({PartyKind.CREATOR, PartyKind.AGENCY})  # of whom the engine knows something
UNITS_PER_POINT = 1_000
SUITS_FROM = 50  # points; the same from which recruiting tells of a match
ANY_PRICE = 2**53
NAMES: dict[str, str | Promise] = {
    **PART_NAMES,
    "price": _("Price fits what they sell"),
    "poster": _("Reputation of who shows it"),
}


@dataclass(frozen=True, slots=True)
class Suit:
    """Points from 0 to 100, how much of them is measured in percent, and by which product."""

    points: int
    certainty: int
    parts: list[PartLine]
    shown: SignUpProduct
    need_id: None = None


class Suits:
    """Who may show goods, by party, against what is shown. The engine's own order of both."""

    def __init__(self, people: Sequence[int], shown: Iterable[SignUpProduct]) -> None:
        self.people, self.shown = list(people), list(shown)
        if not self.people or not self.shown:
            self.units: NDArray[np.int64] = np.zeros((len(self.people), 0), dtype=np.int64)
            return
        places = Columns()
        right = pool_table([_row(one) for one in self.shown], places)
        left = _people_table(self.people, right, places)
        rows = np.repeat(np.arange(len(self.people)), len(self.shown))
        columns = np.tile(np.arange(len(self.shown)), len(self.people))
        today = clock.today().toordinal()
        self._scores = score_pairs(left, rows, right, columns, published_method(), today=today)
        self.units = self._scores.units.reshape(len(self.people), len(self.shown))

    def of(self, row: int, column: int) -> Suit:
        place = row * len(self.shown) + column
        return Suit(
            points=self.points(row, column),
            certainty=certainty_of(self._scores, place),
            parts=lines_of(self._scores, place, NAMES),
            shown=self.shown[column],
        )

    def points(self, row: int, column: int) -> int:
        return round(int(self.units[row, column]) / UNITS_PER_POINT)

    def best(self, row: int, columns: Sequence[int] | None = None) -> Suit | None:
        """By the product that suits them best, of all or of these."""
        among = list(range(len(self.shown))) if columns is None else list(columns)
        if not among:
            return None
        return self.of(row, among[int(np.argmax(self.units[row, among]))])


def _row(one: SignUpProduct) -> PoolRow:
    """At the terms of the fair."""
    product = one.product
    day = clock.day_of(product.listed_at or product.created_at).toordinal()
    return (
        *(product.pk, product.merchant_id, product.category_id, one.price_fen, one.commission_bp),
        *(product.source, product.stock, one.sends_samples, product.score, day),
    )


def _people_table(people: Sequence[int], right: ProductTable, places: Columns) -> PostTable:
    """As posts that ask for every category there, at any price and any commission."""
    shares, goods = shares_of(people, places), goods_of(people)
    stars, shown = stars_of(people), on_time_of(people)
    n, bands = len(people), len(published_method().price_bands)
    asked, sold = np.zeros((n, places.count)), np.full((n, bands), np.nan)
    for row, key in enumerate(people):
        for column in set(right.category.tolist()):
            asked[row, column] = shares.get(key, {}).get(column, 0) + LEAST_SHARE
        sold[row] = goods.get(key, sold[row])
    nothing = np.zeros(n, dtype=np.int64)
    return PostTable(
        ids=np.arange(n, dtype=np.int64),
        posters=np.array(people, dtype=np.int64),
        category_shares=asked,
        price_low=nothing,
        price_high=np.full(n, ANY_PRICE, dtype=np.int64),
        commission_least=nothing,
        sources=np.full(n, (1 << len(BIT)) - 1, dtype=np.int64),
        samples_wanted=nothing,
        exclusive=np.zeros(n, dtype=np.bool_),
        goods=sold,
        reputation=np.array([stars.get(key, np.nan) for key in people], dtype=np.float64),
        on_time=np.array([shown.get(key, np.nan) for key in people], dtype=np.float64),
    )
