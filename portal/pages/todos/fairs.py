"""Seats of fairs that are kept for a party, and for how long; sign-ups that wait to be sent."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from matchmaking.fairs.models import SignUp, SignUpDraft
from matchmaking.fairs.selectors import own_sign_ups, prepared_sign_ups
from portal.core import clock
from portal.core.actor import Actor
from portal.pages.todos import Todo, Waiting, dated
from portal.parties.states import MANAGING
from portal.seats.states import HOLDS

MOST = 20


def fair_todos(actor: Actor) -> Iterator[Waiting]:
    """For those who sign for the party."""
    if actor.party is None or actor.role not in MANAGING:
        return
    yield Waiting(prepared_sign_ups(actor)[:MOST], _prepared)
    kept = own_sign_ups(actor).filter(claim__status__in=HOLDS).order_by("claim__due_at")
    told = kept.select_related(None).select_related("claim", "fair", "party")
    yield Waiting(told[:MOST], _kept)


def _prepared(draft: SignUpDraft) -> Todo:
    return dated(
        clock.day_of(max(draft.fair.occasion.opens_at, clock.now())),
        title=_("A sign-up is prepared and not sent yet"),
        detail=draft.fair.title,
        url=draft.fair.get_absolute_url(),
        verb=_("Send it"),
    )


def _kept(row: SignUp) -> Todo:
    return dated(
        clock.day_of(row.claim.due_at or clock.now()),
        title=_("A seat at a fair is kept for %(name)s") % {"name": row.party.name},
        detail=row.fair.title,
        url=row.get_absolute_url(),
        verb=_("Take it up"),
    )
