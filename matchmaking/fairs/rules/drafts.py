"""Who prepares a sign-up."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from matchmaking.fairs.models import Fair, SignUpDraft
from matchmaking.fairs.rules.signups import OVER
from matchmaking.fairs.states import FairStatus
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, conflict, forbidden
from portal.parties.rules import can_manage_party

TOO_MANY_DRAFTS = _("You have prepared many sign-ups; finish or discard one first.")
NO_PARTY = _("Register a party first.")


def can_prepare_sign_up(actor: Actor, fair: Fair | None) -> Verdict:
    """Before the opening second, too. Whether there are seats for it is asked when it is sent."""
    if actor.party is None:
        return forbidden(NO_PARTY)
    if not (verdict := can_manage_party(actor, actor.party)):
        return verdict
    if fair is not None and fair.status != FairStatus.RECRUITING:
        return conflict(OVER)
    return ALLOWED


def can_discard_prepared(actor: Actor, draft: SignUpDraft) -> Verdict:
    return can_manage_party(actor, draft.party)
