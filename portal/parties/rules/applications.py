"""Handing an application in, taking it back, and beginning a refused one anew."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.models import Party
from portal.parties.rules.checklist import documents_are_complete
from portal.parties.rules.claims import unclaimed_twin
from portal.parties.rules.parties import can_become, can_manage_party, profile_is_complete
from portal.parties.states import PartyStatus


def can_submit_party(actor: Actor, party: Party) -> Verdict:
    if not (verdict := can_manage_party(actor, party)):
        return verdict
    if party.status == PartyStatus.REFUSED:
        return conflict(_("The application was refused; begin it anew to change it."))
    if not can_become(party, PartyStatus.SUBMITTED):
        return conflict(_("This party has been submitted already."))
    if unclaimed_twin(party) is not None:
        return conflict(_("A profile with this code is listed from public data. Claim that one."))
    if not (verdict := profile_is_complete(party)):
        return verdict
    return documents_are_complete(party)


def can_recall_party(actor: Actor, party: Party) -> Verdict:
    if not (verdict := can_manage_party(actor, party)):
        return verdict
    if party.status != PartyStatus.SUBMITTED:
        return conflict(_("This application is not waiting for an answer."))
    return ALLOWED


def can_restart_party(actor: Actor, party: Party) -> Verdict:
    if not (verdict := can_manage_party(actor, party)):
        return verdict
    if party.status != PartyStatus.REFUSED:
        return conflict(_("Only a refused application is begun anew."))
    return ALLOWED
