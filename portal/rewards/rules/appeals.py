"""Who objects to a result of a claim, until when, and which second person decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden
from portal.core.workdays import add_working_days
from portal.parties.rules import can_manage_party, is_member
from portal.rewards.models import Claim, ClaimAppeal
from portal.rewards.states import APPEAL_DAYS, AppealStatus, ClaimStatus

MOST_TEXT, MOST_SENTENCE, MOST_EVIDENCE = 2000, 600, 3


def appeal_until(claim: Claim) -> date | None:
    """The last day; None where there is nothing to object to."""
    if claim.status not in (ClaimStatus.FAILED, ClaimStatus.REVOKED) or claim.decided_at is None:
        return None
    return add_working_days(clock.day_of(claim.decided_at), APPEAL_DAYS)


def can_appeal_claim(actor: Actor, claim: Claim) -> Verdict:
    if not (verdict := can_manage_party(actor, claim.party)):
        return verdict
    until = appeal_until(claim)
    if until is None:
        return conflict(_("There is no decision to object to."))
    if clock.today() > until:
        return conflict(_("The 10 working days to object are over."))
    if claim.appeals.to_the_result().exists():
        return conflict(_("You have objected to this result already."))
    again = Claim.objects.alive().filter(task=claim.task_id, party=claim.party_id)
    if again.exists():
        return conflict(_("You have claimed this task again; give that up first."))
    return ALLOWED


def can_withdraw_appeal(actor: Actor, appeal: ClaimAppeal) -> Verdict:
    if not (verdict := can_manage_party(actor, appeal.claim.party)):
        return verdict
    if appeal.status != AppealStatus.FILED:
        return conflict(_("This objection has ended already."))
    return ALLOWED


def can_decide_appeal(actor: Actor, appeal: ClaimAppeal) -> Verdict:
    """Somebody else than who decided first."""
    if not actor.has_perm("rewards.decide_claimappeal"):
        return forbidden(_("Only those who decide objections to claims may do this."))
    if actor.user is not None and is_member(actor.user, appeal.claim.party):
        return forbidden(_("Nobody decides about a party of their own."))
    if appeal.status != AppealStatus.FILED:
        return conflict(_("This objection has ended already."))
    if appeal.first_id is not None and appeal.first_id == actor.user_id:
        return forbidden(_("Who decided first does not decide again; a second person must."))
    return ALLOWED


def can_read_appeal_evidence(actor: Actor, appeal: ClaimAppeal) -> Verdict:
    """Those who sign for the party, and those who decide objections; the first person too, who
    reads what is said against the reason."""
    if actor.speaks_for(appeal.claim.party_id):
        return can_manage_party(actor, appeal.claim.party)
    if not actor.has_perm("rewards.decide_claimappeal"):
        return forbidden(_("Only those who decide objections to claims may do this."))
    if actor.user is not None and is_member(actor.user, appeal.claim.party):
        return forbidden(_("Nobody decides about a party of their own."))
    return ALLOWED


def flaws_of_appeal(text: str, evidence: int = 0) -> Iterator[Flaw]:
    if evidence > MOST_EVIDENCE:
        yield Flaw("evidence", _("At most three files."))
    if not text.strip():
        yield Flaw("text", _("Say what is wrong with the result."))
    elif len(text.strip()) > MOST_TEXT:
        yield Flaw("text", _("At most 2,000 characters."))


def sentence_is_sound(sentence: str) -> Verdict:
    return flawless(_flaws_of_sentence(sentence))


def _flaws_of_sentence(sentence: str) -> Iterator[Flaw]:
    if not sentence.strip():
        yield Flaw("sentence", _("Say why; the party reads it."))
    elif len(sentence.strip()) > MOST_SENTENCE:
        yield Flaw("sentence", _("At most 600 characters."))
