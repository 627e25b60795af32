"""The ranking method in force, as published, in words and numbers."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matchmaking.engine.ranking import RankingMethod
from matchmaking.needs.states import Seeks

STALE_AFTER_DAYS = 180

PART_NAMES: dict[str, str | Promise] = {
    "category": _("Category fit"),
    "price": _("Price overlap"),
    "reach": _("Reach"),
    "result": _("Results in the category"),
    "evaluation": _("Evaluation"),
    "response": _("Response speed"),
    "freshness": _("Fresh profile"),
}
# The parts `_pool` has a source for; the others join with their own.
SOURCED_PARTS = frozenset({"category", "price", "reach", "response", "freshness"})
EXCLUSION_NAMES: dict[str, str | Promise] = {
    "service": _("does not offer every service asked for"),
    "category": _("has no business in the categories asked for"),
    "region": _("does not work in the city, nor remotely if that would do"),
    "capacity": _("says it has no place for another cooperation"),
}


@lru_cache(maxsize=3)
def published_method(seeks: str = Seeks.PROVIDER) -> RankingMethod:
    """The ranking method in force, as published. Providers declare prices; agencies and creators
    have followers."""
    name = "method.json" if seeks == Seeks.PROVIDER else "method_reach.json"
    path = Path(__file__).with_name(name)
    return RankingMethod.from_dict(json.loads(path.read_text(encoding="utf-8")))


def published_weights(method: RankingMethod) -> dict[str, float]:
    """The weights of the published method that a need's own was made of."""
    codes = {part.code for part in method.parts}
    for seeks in (Seeks.PROVIDER, Seeks.CREATOR):
        found = {part.code: part.weight for part in published_method(seeks).parts}
        if found.keys() == codes:
            return found
    return {part.code: part.weight for part in method.parts}


def measurable_points() -> float:
    """The most points anyone can have while some parts have no source yet."""
    return sum(part.weight for part in published_method().parts if part.code in SOURCED_PARTS)
