"""What keeps a party open: a post that runs, an application that waits. Unfinished posts go with
their person's party; what was proposed is the other side's, too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from matchmaking.recruiting.models import Application, Offer, Post, PostDraft
from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.holdings import register_holding, register_obstacle
from portal.parties.models import Party, User


@register_obstacle
def has_nothing_running(party: Party) -> Verdict:
    if Post.objects.filter(poster=party).running().exists():
        return conflict(_("A recruiting post still runs; close it first."))
    if Application.objects.filter(merchant=party).live().exists():
        return conflict(_("An application still waits for its answer; step back first."))
    return ALLOWED


def tell_offers(person: User) -> list[dict[str, Any]]:
    made = Offer.objects.filter(by=person).order_by("at", "pk")
    return [dict(row) for row in made.values("application", "commission_bp", "note", "at")]


def forget_drafts(person: User, own: Sequence[Party]) -> None:
    PostDraft.objects.filter(party__in=own).delete()


register_holding("recruiting_offers", tell_offers, forget_drafts)
