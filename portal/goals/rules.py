"""Who counts toward the year's targets, and who reads what came of it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Verdict, forbidden


def can_count_goals(actor: Actor) -> Verdict:
    if actor.role == SYSTEM:
        return ALLOWED
    return forbidden(_("The platform counts this by itself, each night."))


def can_see_goals(actor: Actor) -> Verdict:
    """Of their regions: these are sums of other people's sales."""
    if actor.has_perm("goals.view_yearsum"):
        return ALLOWED
    return forbidden(_("Only operators who follow the year's targets see these sums."))
