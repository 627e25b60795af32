"""The ranking method in force, as published, in words and numbers."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matchmaking.engine.ranking import RankingMethod, is_dimension
from matchmaking.needs.ranking.ratings import has_ratings
from matchmaking.needs.ranking.results import newest_run
from matchmaking.needs.states import Seeks
from portal.parties.states import PartyKind

STALE_AFTER_DAYS = 180

METHODS = {
    Seeks.PROVIDER: "method.json",
    Seeks.AGENCY: "method_reach.json",
    Seeks.CREATOR: "method_creator.json",
}
PART_NAMES: dict[str, str | Promise] = {
    "category": _("Category fit"),
    "price": _("Price overlap"),
    "goods": _("Price of the goods"),
    "reach": _("Reach"),
    "result": _("Results in the category"),
    "evaluation": _("Evaluation"),
    "evaluation.connection": _("Connection"),
    "evaluation.growth": _("Growth"),
    "evaluation.talent": _("Talent"),
    "evaluation.improvement": _("Improvement"),
    "evaluation.health": _("Health"),
    "response": _("Response speed"),
    "freshness": _("Fresh profile"),
}
# The parts that always have a source; the evaluation joins with its first official snapshot, past
# results with the first night.
SOURCED_PARTS = frozenset({"category", "price", "goods", "reach", "response", "freshness"})
EXCLUSION_NAMES: dict[str, str | Promise] = {
    "service": _("does not offer every service asked for"),
    "category": _("has no business in the categories asked for"),
    "region": _("does not work in the city, nor remotely if that would do"),
    "permit": _("holds no permit for a category asked for"),
    "dates": _("is not free in the time asked for"),
    "capacity": _("says it has no place for another cooperation"),
    "followers": _("has fewer followers than asked for"),
    "roster": _("has fewer creators under contract than asked for"),
    "creators": _("cannot have as many creators of the level as are wanted"),
}


@lru_cache(maxsize=3)
def published_method(seeks: str = Seeks.PROVIDER) -> RankingMethod:
    """The ranking method in force, as published. Providers declare prices; agencies and creators
    have followers, and creators sell goods of known prices."""
    path = Path(__file__).with_name(METHODS[Seeks(seeks)])
    return RankingMethod.from_dict(json.loads(path.read_text(encoding="utf-8")))


def published_weights(method: RankingMethod) -> dict[str, float]:
    """The weights of the published method that a need's own was made of."""
    codes = {part.code for part in method.parts}
    for seeks in Seeks:
        found = {part.code: part.weight for part in published_method(seeks).parts}
        if found.keys() == codes:
            return found
    return {part.code: part.weight for part in method.parts}


def group_of(code: str) -> str:
    """The part that a dimension belongs to; any other stands for itself."""
    return "evaluation" if is_dimension(code) else code


def sourced_parts(is_rated: bool | None = None, has_results: bool | None = None) -> frozenset[str]:
    """The parts something measures by now, dimensions by the part they belong to. `is_rated`,
    `has_results`: whether there is an official snapshot, and a night's results, where known."""
    if is_rated is None:
        is_rated = has_ratings(PartyKind.PROVIDER)
    if has_results is None:
        has_results = newest_run() is not None
    found = {"evaluation": is_rated, "result": has_results}
    return SOURCED_PARTS | {code for code, is_there in found.items() if is_there}


def measurable_points() -> float:
    """The most points anyone can have while some parts have no source yet."""
    sourced = sourced_parts()
    parts = published_method().parts
    return sum(part.weight for part in parts if group_of(part.code) in sourced)
