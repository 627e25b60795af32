"""The matching method in force, as published, and what its parts are called."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matchmaking.engine.matching import MatchingMethod

PART_NAMES: dict[str, str | Promise] = {
    "category": _("Category fit"),
    "price": _("Price fits what the poster sells"),
    "commission": _("Commission"),
    "reputation": _("Reputation of the product"),
    "poster": _("Reputation of the poster"),
    "samples": _("Samples shown in time"),
    "freshness": _("New in the pool"),
}
SHORT_NAMES: dict[str, str | Promise] = {  # for the heads of lists
    **PART_NAMES,
    "price": _("Price fit"),
    "commission": _("Points for commission"),
    "reputation": _("Points for reputation"),
}


@lru_cache(maxsize=1)
def published_method() -> MatchingMethod:
    path = Path(__file__).with_name("method.json")
    return MatchingMethod.from_dict(json.loads(path.read_text(encoding="utf-8")))
