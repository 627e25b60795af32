"""Whose a party is that nobody speaks for yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.contacts import normal_phone
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden, unmet
from portal.notices import sms
from portal.parties import states
from portal.parties.models import Claim, Membership, Party
from portal.parties.rules.parties import covers_region
from portal.parties.states import ClaimStatus

LEAST_WORDS, MOST_WORDS, MOST_PROOFS = 10, 1000, 3
MOST_RUNNING = 5  # of one person
MOST_A_DAY = 10  # of one person, those taken back too: each may bring files
MOST_REFUSED = 3  # of one person for one party


def is_unclaimed(party: Party) -> bool:
    """Verified elsewhere, and nobody speaks for it."""
    if party.sandbox_of_id is not None:
        return False
    return party.is_trusted and not Membership.objects.filter(party=party).exists()


def unclaimed_twin(party: Party) -> Party | None:
    """A profile of public data with the same code: a draft is no way round claiming it."""
    if not party.uscc or party.verified_at is not None:
        return None
    twins = Party.objects.listed().filter(kind=party.kind, uscc=party.uscc, membership=None)
    return twins.exclude(pk=party.pk).first()


def can_claim_party(actor: Actor, party: Party) -> Verdict:
    if actor.user is None:
        return forbidden(_("Sign in first."))
    if actor.key_id:
        return forbidden(_("A key may not do this. Sign in."))
    if not is_unclaimed(party):
        return conflict(_("Somebody speaks for this party already. Ask them for an invitation."))
    mine = Claim.objects.visible_to(actor)
    if mine.running().filter(party=party).exists():
        return conflict(_("Your claim is with us already; a notice brings the answer."))
    if mine.filter(party=party, status=ClaimStatus.REFUSED).count() >= MOST_REFUSED:
        return conflict(_("Your claim was refused three times. Write to us instead."))
    if mine.filter(made_at__gt=clock.now() - timedelta(days=1)).count() >= MOST_A_DAY:
        return conflict(_("That were many claims in a day. Go on tomorrow."))
    if mine.running().count() >= MOST_RUNNING:
        return conflict(_("Five claims of yours are running. Wait for their answers."))
    return ALLOWED


def can_answer_claim(actor: Actor, claim: Claim) -> Verdict:
    """Hand in what the operator asked for."""
    if not (verdict := _is_own(actor, claim)):
        return verdict
    if claim.status != ClaimStatus.ASKED:
        return conflict(_("Nothing is asked of you at the moment."))
    return ALLOWED


def can_withdraw_claim(actor: Actor, claim: Claim) -> Verdict:
    if not (verdict := _is_own(actor, claim)):
        return verdict
    return _is_running(claim)


def can_prove_by_phone(actor: Actor, claim: Claim) -> Verdict:
    """Whether a code can be sent to the phone the party is registered with."""
    if not (verdict := can_withdraw_claim(actor, claim)):
        return verdict
    if claim.phone_proved_at is not None:
        return conflict(_("The code of the registered phone was right already."))
    if not sms.is_open():
        return conflict(_("Text messages are not set up here. Send documents instead."))
    if not normal_phone(claim.party.contact_phone):
        return unmet(_("No mobile number is registered for this party. Send documents instead."))
    return ALLOWED


def can_read_claim(actor: Actor, claim: Claim) -> Verdict:
    """The claimant, and those who decide in its region."""
    if actor.role == SYSTEM or _is_own(actor, claim):
        return ALLOWED
    return may_decide_for(actor, claim)


def can_decide_claim(actor: Actor, claim: Claim) -> Verdict:
    if not (verdict := may_decide_for(actor, claim)):
        return verdict
    return _is_running(claim)


def can_accept_claim(actor: Actor, claim: Claim) -> Verdict:
    if not (verdict := can_decide_claim(actor, claim)):
        return verdict
    if not is_unclaimed(claim.party):
        return conflict(_("Somebody speaks for this party already, or it is not shown any more."))
    return ALLOWED


def may_decide_for(actor: Actor, claim: Claim) -> Verdict:
    if not (verdict := may_decide_claims(actor)):
        return verdict
    if actor.user is not None and not covers_region(actor, claim.party):
        return forbidden(_("This party is outside your regions."))
    if actor.user is not None and actor.user_id == claim.claimant_id:
        return forbidden(_("Nobody decides about a claim of their own."))
    return ALLOWED


def may_decide_claims(actor: Actor) -> Verdict:
    if actor.has_perm("parties.decide_claim"):
        return ALLOWED
    return forbidden(_("Only operators decide about claims."))


def can_become_claim(claim: Claim, status: ClaimStatus) -> bool:
    return status in states.CLAIM_TRANSITIONS[claim.status]


def statement_is_sound(text: str, proofs: int) -> Verdict:
    return flawless(_flaws_of_statement(text, proofs))


def _flaws_of_statement(text: str, proofs: int) -> Iterator[Flaw]:
    if len(text.strip()) < LEAST_WORDS:
        yield Flaw("text", _("Say in a sentence who you are there, and what proves it."))
    if len(text.strip()) > MOST_WORDS:
        yield Flaw("text", _("At most 1,000 characters."))
    if proofs > MOST_PROOFS:
        yield Flaw("files", _("At most three files."))


def _is_own(actor: Actor, claim: Claim) -> Verdict:
    if actor.user is None or actor.key_id or actor.user_id != claim.claimant_id:
        return forbidden(_("This claim is somebody else's."))
    return ALLOWED


def _is_running(claim: Claim) -> Verdict:
    if not claim.is_running:
        return conflict(_("This claim was answered or withdrawn already."))
    return ALLOWED
