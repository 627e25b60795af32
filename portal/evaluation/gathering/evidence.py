"""The facts behind one value: which were counted and how much each weighs, and which were not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from portal.evaluation.gathering.document import parse_gathering
from portal.evaluation.gathering.folds import weights_of
from portal.evaluation.gathering.gather import (
    WHOLE,
    inside_of,
    piles,
)
from portal.evaluation.gathering.reading import read_facts
from portal.evaluation.models import Method


@dataclass(frozen=True, slots=True)
class Evidence:
    """Keys of facts. `weights`: of the counted ones, which a merchant's share may have cut below
    the fact's sample size; `struck` by a rule; `ungraded`: left out as self-reported."""

    weights: dict[int, float]
    struck: list[int]
    ungraded: list[int]


def evidence_of(
    method: Method,
    *,
    party_id: int,
    service_id: int | None,
    indicator: str,
    ends_on: date,
    cut: datetime,
) -> Evidence:
    """The very rows that `gather` folds for this party, service and indicator."""
    gathering = parse_gathering(method.gathering)
    gatherer = gathering.gatherers[indicator]
    facts = read_facts(
        gathering, ends_on=ends_on, cut=cut, parties=[party_id], measures=[gatherer.measure]
    )
    pile = piles(facts.rows).get(party_id, {})
    inside = inside_of(gathering, gatherer, pile, service_id or WHOLE, ends_on)
    counted = [row for row in inside if row.is_counted]
    weights, _sample = weights_of(counted, gathering.merchant_share)
    return Evidence(
        weights={one.fact: weight for one, weight in zip(counted, weights, strict=True)},
        struck=[row.fact for row in inside if row.is_struck],
        ungraded=[row.fact for row in inside if not row.is_counted and not row.is_struck],
    )
