"""The parts of a score as bars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from matchmaking.engine.matching import PairScores
from matchmaking.matching.method import PART_NAMES, published_method


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part of the score, as a bar."""

    code: str
    label: str | Promise
    points: float
    weight: float
    is_measured: bool


def lines_of(
    scores: PairScores, place: int, names: Mapping[str, str | Promise] = PART_NAMES
) -> list[PartLine]:
    """Of one pair, in the order of the method."""
    return [
        PartLine(
            part.code,
            names[part.code],
            float(scores.points[place, n]),
            part.weight,
            bool(scores.measured[place, n]),
        )
        for n, part in enumerate(published_method().parts)
    ]


def certainty_of(scores: PairScores, place: int) -> int:
    """In percent."""
    return round(float(scores.certainty[place]) * 100)
