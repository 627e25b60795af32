"""What an operator's home says of the year's targets."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.cache import caches

from portal.core import clock
from portal.core.actor import Actor
from portal.goals.rules import can_see_goals
from portal.goals.selectors import fair_goals, goals_of, training_goals

KEPT_SECONDS = 60


def targets_for(actor: Actor) -> dict[str, Any]:
    """The UP plan of their regions, fairs and courses of the whole country; nothing for who follows
    no targets."""
    if not can_see_goals(actor):
        return {}
    return {"goals": goals_of(actor)} | _of_all(clock.today())


def _of_all(day: date) -> dict[str, Any]:
    """The same for every operator: counted once a minute."""
    key = f"home:targets:{day}"
    kept: dict[str, Any] | None = caches["local"].get(key)
    if kept is None:
        kept = {"fairs": fair_goals(day), "training": training_goals(day)}
        caches["local"].set(key, kept, KEPT_SECONDS)
    return kept
