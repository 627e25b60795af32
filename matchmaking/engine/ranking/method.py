"""The published method of a ranking: which parts count, how much, and their constants."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

PART_CODES = (
    "category",
    "price",
    "goods",
    "reach",
    "result",
    "evaluation",
    "response",
    "freshness",
)
OF_EVALUATION = "evaluation."  # begins the code of a part that is one dimension of it
TOTAL_WEIGHT = 100
MOST_BUCKETS = 10_000  # finer than any price is meant


@dataclass(frozen=True)
class Part:
    """One part of the score: a code of `PART_CODES`, or "evaluation." and one of the method's
    dimensions, and the points a full match is worth."""

    code: str
    weight: float

    @property
    def dimension(self) -> str | None:
        """The dimension of the evaluation it is alone; None for any other part."""
        return self.code.removeprefix(OF_EVALUATION) if is_dimension(self.code) else None


def is_dimension(code: str) -> bool:
    return code.startswith(OF_EVALUATION)


@dataclass(frozen=True)
class PriceGrid:
    """Prices from `lowest` to `highest` fen in `buckets` steps of equal width in log price.

    What lies below the grid counts into the first bucket, what lies above it into the last.
    """

    lowest: int
    highest: int
    buckets: int

    def __post_init__(self) -> None:
        if self.lowest < 1:
            raise ValueError("price_grid.lowest: must be at least 1 fen")
        if self.highest <= self.lowest:
            raise ValueError("price_grid.highest: must be above price_grid.lowest")
        if not 1 <= self.buckets <= MOST_BUCKETS:
            raise ValueError(f"price_grid.buckets: must be from 1 to {MOST_BUCKETS}")


@dataclass(frozen=True)
class ReachScale:
    """Followers from `least`, worth nothing, to `most`, worth everything, by orders of magnitude:
    each tenfold is worth the same."""

    least: int
    most: int

    def __post_init__(self) -> None:
        if self.least < 1:
            raise ValueError("reach.least: must be at least 1")
        if self.most <= self.least:
            raise ValueError("reach.most: must be above reach.least")


@dataclass(frozen=True)
class Newcomers:
    """Who is a newcomer, and which places are theirs: each `every`-th, from the top.

    A newcomer was verified at most `verified_within_days` ago and has fewer than
    `fewer_awards_than` awards.
    """

    every: int
    verified_within_days: int
    fewer_awards_than: int

    def __post_init__(self) -> None:
        for name, least in (("every", 2), ("verified_within_days", 1), ("fewer_awards_than", 1)):
            if getattr(self, name) < least:
                raise ValueError(f"newcomers.{name}: must be at least {least}")


@dataclass(frozen=True)
class Priorities:
    """How far a need may move the weights: each priority, from 0 to `most`, moves its parts by a
    factor from 1 / `strongest` to `strongest`.

    parts: priority → codes of the parts it moves, no part under two of them.
    shares: priority → the one part it moves, among those of the same priority in `parts`: what
        these weigh together stays as it is.
    """

    most: int
    strongest: float
    parts: Mapping[str, tuple[str, ...]]
    shares: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.most < 2 or self.most % 2:
            raise ValueError("priorities.most: must be even and at least 2")
        if not 1 < self.strongest < math.inf:
            raise ValueError("priorities.strongest: must be above 1 and finite")
        moved = [code for codes in self.parts.values() for code in codes]
        if len(set(moved)) < len(moved) or not all(map(_may_be_moved, moved)):
            raise ValueError("priorities.parts: known parts, each once")
        shared = [*self.shares.values()]
        if len(set(shared)) < len(shared) or not set(shared) <= set(moved):
            raise ValueError("priorities.shares: parts of priorities, each once")
        if not self.shares.keys().isdisjoint(self.parts):
            raise ValueError("priorities.shares: a name of its own for each")


@dataclass(frozen=True)
class RankingMethod:
    """A version of the ranking method.

    parts: in the order they are shown; weights are points and sum to 100.
    freshness_half_life_days, response_half_life_hours: after this long a part is worth half.
    reach: the scale of followers, where they are a part; else None.
    dimensions: of the evaluation, in the order of the pool's columns.
    newcomers: their places, None for none.
    priorities: how a need may move the weights, None for not at all.

    Raises ValueError, beginning with the path of the wrong field.
    """

    version: str
    parts: tuple[Part, ...]
    freshness_half_life_days: float
    response_half_life_hours: float
    price_grid: PriceGrid
    newcomers: Newcomers | None = None
    priorities: Priorities | None = None
    reach: ReachScale | None = None
    dimensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.version:
            raise ValueError("version: empty")
        if len(set(self.dimensions)) < len(self.dimensions):
            raise ValueError("dimensions: one of them twice")
        _check_parts(self.parts, self.dimensions)
        _check_positive("freshness_half_life_days", self.freshness_half_life_days)
        _check_positive("response_half_life_hours", self.response_half_life_hours)
        if self.reach is None and any(part.code == "reach" for part in self.parts):
            raise ValueError("reach: the part needs its scale")

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Self:
        """Read a method as stored; `dataclasses.asdict` writes the same form.

        Raises ValueError for unknown or missing keys, wrong types and wrong values, beginning
        with the path of the field ("parts[2].weight: …").
        """
        fields = _mapping(data, "", cls.__dataclass_fields__)
        grid = _mapping(fields["price_grid"], "price_grid", PriceGrid.__dataclass_fields__)
        return cls(
            version=_text(fields["version"], "version"),
            parts=tuple(
                _part(item, f"parts[{place}]")
                for place, item in enumerate(_sequence(fields["parts"], "parts"))
            ),
            freshness_half_life_days=_number(
                fields["freshness_half_life_days"], "freshness_half_life_days"
            ),
            response_half_life_hours=_number(
                fields["response_half_life_hours"], "response_half_life_hours"
            ),
            price_grid=PriceGrid(
                **{key: _whole(value, f"price_grid.{key}") for key, value in grid.items()}
            ),
            newcomers=_newcomers(fields["newcomers"]),
            priorities=_priorities(fields["priorities"]),
            reach=_reach(fields["reach"]),
            dimensions=tuple(
                _text(code, f"dimensions[{place}]")
                for place, code in enumerate(_sequence(fields["dimensions"], "dimensions"))
            ),
        )


def _may_be_moved(code: str) -> bool:
    return code in PART_CODES or is_dimension(code)


def _check_parts(parts: tuple[Part, ...], dimensions: tuple[str, ...]) -> None:
    codes = (*PART_CODES, *(OF_EVALUATION + dimension for dimension in dimensions))
    seen: set[str] = set()
    for place, part in enumerate(parts):
        if part.code not in codes:
            known = ", ".join(codes)
            raise ValueError(f"parts[{place}].code: {part.code!r} is not one of {known}")
        if part.code in seen:
            raise ValueError(f"parts[{place}].code: {part.code!r} twice")
        seen.add(part.code)
        _check_positive(f"parts[{place}].weight", part.weight)
    total = math.fsum(part.weight for part in parts)
    # Weights such as 33.3 + 66.7 are not exact in binary.
    if not math.isclose(total, TOTAL_WEIGHT, abs_tol=1e-9):
        raise ValueError(f"parts: weights sum to {total:g}, not {TOTAL_WEIGHT}")


def _check_positive(path: str, value: float) -> None:
    if not 0 < value < math.inf:
        raise ValueError(f"{path}: must be above 0 and finite")


def _part(value: object, path: str) -> Part:
    fields = _mapping(value, path, Part.__dataclass_fields__)
    return Part(
        code=_text(fields["code"], f"{path}.code"),
        weight=_number(fields["weight"], f"{path}.weight"),
    )


def _reach(value: object) -> ReachScale | None:
    if value is None:
        return None
    fields = _mapping(value, "reach", ReachScale.__dataclass_fields__)
    return ReachScale(**{key: _whole(field, f"reach.{key}") for key, field in fields.items()})


def _newcomers(value: object) -> Newcomers | None:
    if value is None:
        return None
    fields = _mapping(value, "newcomers", Newcomers.__dataclass_fields__)
    return Newcomers(**{key: _whole(field, f"newcomers.{key}") for key, field in fields.items()})


def _priorities(value: object) -> Priorities | None:
    if value is None:
        return None
    fields = _mapping(value, "priorities", Priorities.__dataclass_fields__)
    parts = fields["parts"]
    if not isinstance(parts, Mapping):
        raise ValueError("priorities.parts: must be an object")
    shares = fields["shares"]
    if not isinstance(shares, Mapping):
        raise ValueError("priorities.shares: must be an object")
    return Priorities(
        most=_whole(fields["most"], "priorities.most"),
        strongest=_number(fields["strongest"], "priorities.strongest"),
        parts={
            name: tuple(
                _text(code, f"priorities.parts.{name}")
                for code in _sequence(codes, f"priorities.parts.{name}")
            )
            for name, codes in parts.items()
        },
        shares={name: _text(code, f"priorities.shares.{name}") for name, code in shares.items()},
    )


def _mapping(value: object, path: str, keys: Mapping[str, object]) -> Mapping[str, object]:
    if isinstance(value, Mapping):
        _check_keys(value, f"{path}." if path else "", keys)
        return value
    raise ValueError(f"{path or 'method'}: must be an object")


def _check_keys(value: Mapping[str, object], prefix: str, keys: Mapping[str, object]) -> None:
    for key in value:
        if key not in keys:
            raise ValueError(f"{prefix}{key}: unknown key")
    for key in keys:
        if key not in value:
            raise ValueError(f"{prefix}{key}: missing")


def _sequence(value: object, path: str) -> Sequence[object]:
    if isinstance(value, list | tuple):
        return value
    raise ValueError(f"{path}: must be a list")


def _text(value: object, path: str) -> str:
    if isinstance(value, str):
        return value
    raise ValueError(f"{path}: must be text")


def _number(value: object, path: str) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    raise ValueError(f"{path}: must be a number")


def _whole(value: object, path: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError(f"{path}: must be a whole number")
