"""The ranking method in force, as published, in words and numbers."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matchmaking.engine.ranking import RankingMethod

STALE_AFTER_DAYS = 180

PART_NAMES: dict[str, str | Promise] = {
    "category": _("Category fit"),
    "price": _("Price overlap"),
    "result": _("Results in the category"),
    "evaluation": _("Evaluation"),
    "response": _("Response speed"),
    "freshness": _("Fresh profile"),
}
# The parts `_pool` has a source for; the others join with their own.
SOURCED_PARTS = frozenset({"category", "price", "response", "freshness"})
EXCLUSION_NAMES: dict[str, str | Promise] = {
    "service": _("does not offer every service asked for"),
    "category": _("has no business in the categories asked for"),
    "region": _("does not work in the city, nor remotely if that would do"),
}


@lru_cache(maxsize=1)
def published_method() -> RankingMethod:
    """The ranking method in force, as published."""
    path = Path(__file__).with_name("method.json")
    return RankingMethod.from_dict(json.loads(path.read_text(encoding="utf-8")))


def measurable_points() -> float:
    """The most points anyone can have while some parts have no source yet."""
    return sum(part.weight for part in published_method().parts if part.code in SOURCED_PARTS)
