"""What a bidder reads of its chances before it writes, with the place where it can mend them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from matchmaking.needs import rules, states
from matchmaking.needs.models import Need, Proposal
from matchmaking.needs.ranking import FitLine, fit_of
from portal.core.actor import Actor
from portal.parties.models import Party
from portal.parties.rules import can_manage_party

PLACES = {"permit": "document_list", "listed": "party_detail"}  # the rest stands in the profile


@dataclass(frozen=True, slots=True)
class Lack:
    line: FitLine
    url: str  # empty to who may not change it


@dataclass(frozen=True, slots=True)
class Reading:
    met: Sequence[FitLine]
    lacking: Sequence[Lack]
    is_in_order: bool


def fit_before_writing(actor: Actor, need: Need, own: Proposal | None) -> Reading | None:
    """Nothing to who cannot answer such a need at all, and nothing once it has answered."""
    is_written = own is not None and own.status not in states.UNANSWERED
    party = actor.party
    if party is None or is_written or not need.is_taking_proposals:
        return None
    if not rules.can_see_fit(actor, need):
        return None
    fit = fit_of(need, party)
    may_mend = bool(can_manage_party(actor, party))
    lacking = [Lack(line, _place(party, line) if may_mend else "") for line in fit.lacking]
    return Reading(fit.met, lacking, fit.is_in_order)


def _place(party: Party, line: FitLine) -> str:
    return reverse(PLACES.get(line.code, "party_edit"), args=[party.pk])
