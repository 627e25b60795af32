"""What is asked (`NeedProfile`) and who may answer (`CandidatePool`), checked once, on creation."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FLOAT = np.dtype(np.float64)
INT = np.dtype(np.int64)
BOOL = np.dtype(np.bool_)

ROUNDING = 1e-6  # shares that sum to 1 in binary

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class NeedProfile:
    """One need, as numbers. Columns are those of the pool it is ranked against.

    id: the need; it only rotates ties.
    today: ordinal of the day the ranking is for (`date.toordinal`).
    services: service columns that must all be offered; empty asks for none.
    category_shares: (C,) float64, 0–1; all zero means no category was asked for.
    budget: (low, high) in fen, both included; None means no budget was given.
    city: city column; None means anywhere.
    accepts_remote: whether a provider working remotely will do instead of one in the city.
    dimension_weights: (D,) float64, not negative, not all zero; None weighs them equally.
    followers_least, shopping_least: followers a candidate has at least; 0 asks for none.
    goods: (B,) float64 shares of the price bands of what is to be sold, summing to 1; None means
        none was named.
    roster_least: creators an agency has at least; 0 asks for none.
    creators_wanted, level: how many creators an agency should bring, and the column of `rosters`
        they are counted in.
    facts: columns of the parts of the business that are asked for; empty asks for none.

    Raises ValueError, beginning with the field's name, on anything else.
    """

    id: int
    today: int
    services: frozenset[int]
    category_shares: FloatArray
    budget: tuple[int, int] | None
    city: int | None
    accepts_remote: bool
    dimension_weights: FloatArray | None = None
    followers_least: int = 0
    shopping_least: int = 0
    goods: FloatArray | None = None
    roster_least: int = 0
    creators_wanted: int = 0
    level: int = 0
    facts: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        _require(all(column >= 0 for column in self.services), "services: a column below 0")
        _require(self.city is None or self.city >= 0, "city: a column below 0")
        _require_array("category_shares", self.category_shares, FLOAT, (None,))
        _require_within("category_shares", self.category_shares, 0, 1)
        if self.budget is not None:
            low, high = self.budget
            _require(low <= high, f"budget: low {low} is above high {high}")
            _require(low >= 0, "budget: below 0")
            _require(high < 2**63, "budget: beyond 64 bits")
        if self.dimension_weights is not None:
            _require_array("dimension_weights", self.dimension_weights, FLOAT, (None,))
            _require_within("dimension_weights", self.dimension_weights, 0, np.inf)
            _require(bool(self.dimension_weights.any()), "dimension_weights: all zero")
        for name in ("followers_least", "shopping_least", "roster_least", "creators_wanted"):
            _require(getattr(self, name) >= 0, f"{name}: below 0")
        _require(self.level >= 0, "level: a column below 0")
        _require(all(column >= 0 for column in self.facts), "facts: a column below 0")
        if self.goods is not None:
            _require_array("goods", self.goods, FLOAT, (None,))
            _require_within("goods", self.goods, 0, 1)
            _require(abs(float(self.goods.sum()) - 1) < ROUNDING, "goods: does not sum to 1")


@dataclass(frozen=True, eq=False)
class CandidatePool:
    """N candidates over S services, C categories, K cities and D evaluation dimensions.

    ids: (N,) int64, all different.
    services: (N, S) bool, what is offered.
    category_shares: (N, C) float64, 0–1. A row of zeros declares no category.
    price_low, price_high: (N,) int64 fen, the band a candidate works in, both included.
    cities: (N, K) bool, where a candidate works on site.
    remote: (N,) bool.
    updated_day: (N,) int64, ordinal of the last change of the profile.
    past_result: (N,) float64, 0–1, already shrunk; NaN = not enough data.
    evaluation: (N, D) float64, 0–100; NaN = not enough data.
    response_hours: (N,) float64, hours until the first answer; NaN = not enough data.
    verified_day: (N,) int64, ordinal of the day of verification; None where nobody asks.
    places: (N,) float64, cooperations a candidate can still take on; NaN = it has not said.
    reach: (N,) float64, how many follow it; NaN = not known.
    shopping: (N,) float64, how many of them buy; NaN = not known.
    goods: (N, B) float64, shares of its sales by price band; a row of NaN = not known.
    rosters: (N, L) float64, an agency's creators: all of them, then those known to be at each
        level or above.
    unmeasured: (N,) float64, those of them whose followers are not known.
    facts: (N, F) bool, the parts of the business a candidate says it serves; None where nobody is
        asked.

    The measurements, and what follows the places, are None as long as nothing tells them. What else
    a candidate declares must be complete; only these may be NaN.

    Raises ValueError, beginning with the field's name, on any other type, shape or value.
    """

    ids: IntArray
    services: BoolArray
    category_shares: FloatArray
    price_low: IntArray
    price_high: IntArray
    cities: BoolArray
    remote: BoolArray
    updated_day: IntArray
    past_result: FloatArray | None = None
    evaluation: FloatArray | None = None
    response_hours: FloatArray | None = None
    verified_day: IntArray | None = None
    places: FloatArray | None = None
    reach: FloatArray | None = None
    shopping: FloatArray | None = None
    goods: FloatArray | None = None
    rosters: FloatArray | None = None
    unmeasured: FloatArray | None = None
    facts: BoolArray | None = None

    def __post_init__(self) -> None:
        _require_array("ids", self.ids, INT, (None,))
        n = len(self.ids)
        _require_array("services", self.services, BOOL, (n, None))
        _require_array("category_shares", self.category_shares, FLOAT, (n, None))
        _require_array("price_low", self.price_low, INT, (n,))
        _require_array("price_high", self.price_high, INT, (n,))
        _require_array("cities", self.cities, BOOL, (n, None))
        _require_array("remote", self.remote, BOOL, (n,))
        _require_array("updated_day", self.updated_day, INT, (n,))
        _require(len(np.unique(self.ids)) == n, "ids: the same id twice")
        _require_within("category_shares", self.category_shares, 0, 1)
        _require_within("price_low", self.price_low, 0, np.inf)
        _require(bool((self.price_low <= self.price_high).all()), "price_low: above price_high")
        _require_measurement("past_result", self.past_result, (n,), 1)
        _require_measurement("evaluation", self.evaluation, (n, None), 100)
        _require_measurement("response_hours", self.response_hours, (n,), np.inf)
        _require_measurement("places", self.places, (n,), np.inf)
        _require_measurement("reach", self.reach, (n,), np.inf)
        _require_measurement("shopping", self.shopping, (n,), np.inf)
        _require_measurement("goods", self.goods, (n, None), 1)
        _require_measurement("rosters", self.rosters, (n, None), np.inf)
        _require_measurement("unmeasured", self.unmeasured, (n,), np.inf)
        if self.facts is not None:
            _require_array("facts", self.facts, BOOL, (n, None))
        if self.verified_day is not None:
            _require_array("verified_day", self.verified_day, INT, (n,))


def require_same_columns(need: NeedProfile, pool: CandidatePool) -> None:
    """Raise ValueError where the need names a column the pool does not have."""
    services, cities = pool.services.shape[1], pool.cities.shape[1]
    _require(max(need.services, default=-1) < services, f"services: the pool has {services}")
    _require(need.city is None or need.city < cities, f"city: the pool has {cities}")
    _require_array("category_shares", need.category_shares, FLOAT, (pool.category_shares.shape[1],))
    if need.dimension_weights is not None and pool.evaluation is not None:
        dimensions = pool.evaluation.shape[1]
        _require_array("dimension_weights", need.dimension_weights, FLOAT, (dimensions,))
    if need.goods is not None and pool.goods is not None:
        _require_array("goods", need.goods, FLOAT, (pool.goods.shape[1],))
    if pool.facts is not None:
        parts = pool.facts.shape[1]
        _require(max(need.facts, default=-1) < parts, f"facts: the pool has {parts}")
    if pool.rosters is not None:
        levels = pool.rosters.shape[1]
        _require(need.level < levels, f"level: the pool has {levels}")


def _require(condition: bool, sentence: str) -> None:
    if not condition:
        raise ValueError(sentence)


def _require_array(
    name: str, array: NDArray[Any], dtype: np.dtype[Any], shape: tuple[int | None, ...]
) -> None:
    _require(array.dtype == dtype, f"{name}: {array.dtype} where {dtype} is expected")
    fits = len(shape) == array.ndim and all(
        wanted is None or wanted == got for wanted, got in zip(shape, array.shape, strict=True)
    )
    _require(fits, f"{name}: shape {array.shape} where {shape} is expected")


def _require_within(name: str, array: NDArray[Any], low: float, high: float) -> None:
    # Written so that NaN fails too; an infinite `high` still refuses infinity itself.
    inside = (array >= low) & (array <= high) & np.isfinite(array)
    _require(bool(inside.all()), f"{name}: a value not between {low} and {high}")


def _require_measurement(
    name: str, array: FloatArray | None, shape: tuple[int | None, ...], high: float
) -> None:
    if array is not None:
        _require_array(name, array, FLOAT, shape)
        _require_within(name, array[~np.isnan(array)], 0, high)
