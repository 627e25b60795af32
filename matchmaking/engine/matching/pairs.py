"""Named pairs, with every number that explains their score."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .filters import FILTERS, Block, failing
from .method import TOTAL_WEIGHT, MatchingMethod
from .parts import UNITS_PER_POINT, parts_of
from .tables import BoolArray, FloatArray, IntArray, PostTable, ProductTable


@dataclass(frozen=True, eq=False)
class PairScores:
    """n pairs by P parts, in the order asked for.

    points: (n, P) in the method's order, 0 to each weight.
    measured: (n, P) False where a part is not known and the method's `unknown` stands in.
    units: (n,) the sum in whole thousandths of a point: what everything is ordered by.
    certainty: (n,) weight of the measured parts / 100.
    fails: (n, F) by filter in the order of `FILTERS`.
    """

    points: FloatArray
    measured: BoolArray
    units: IntArray
    certainty: FloatArray
    fails: BoolArray

    @property
    def total(self) -> FloatArray:
        """(n,) points, 0 to 100."""
        return self.units / UNITS_PER_POINT

    @property
    def is_match(self) -> BoolArray:
        return np.asarray(~self.fails.any(axis=1))


def score_pairs(
    posts: PostTable,
    rows: IntArray,
    products: ProductTable,
    columns: IntArray,
    method: MatchingMethod,
    *,
    today: int,
) -> PairScores:
    """The pairs (rows[i], columns[i]). Cost grows with posts, products and pairs, one by one."""
    parts = parts_of(posts, products, method, today)
    everything = np.ones(len(rows), dtype=np.bool_)
    found = {
        "category": (parts.category[rows, products.category[columns]], everything),
        "price": (parts.price[rows, parts.price_class[columns]], parts.price_known[rows]),
        "commission": (parts.commission[columns], everything),
        "reputation": (parts.reputation[columns], parts.reputation_known[columns]),
        "poster": (parts.poster[rows], parts.poster_known[rows]),
        "samples": (parts.samples[rows], parts.samples_known[rows]),
        "freshness": (parts.freshness[columns], everything),
    }
    units = np.stack([found[part.code][0] for part in method.parts], axis=1).astype(np.int64)
    measured = np.stack([found[part.code][1] for part in method.parts], axis=1)
    weights = np.array([part.weight for part in method.parts])
    fails = np.zeros((len(rows), len(FILTERS)), dtype=np.bool_)
    for place, (_code, fail) in enumerate(failing(Block(posts, rows, products, columns))):
        fails[:, place] = fail
    return PairScores(
        points=units / UNITS_PER_POINT,
        measured=measured,
        units=units.sum(axis=1),
        certainty=(measured * weights).sum(axis=1) / TOTAL_WEIGHT,
        fails=fails,
    )
