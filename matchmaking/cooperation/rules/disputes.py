"""Who disputes, answers and decides, until when, and over what."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import states
from matchmaking.cooperation.fields import DisputeFields
from matchmaking.cooperation.models import Cooperation, Dispute
from matchmaking.cooperation.rules.cooperations import can_manage_cooperation
from matchmaking.cooperation.states import DisputeStatus
from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden
from portal.parties.rules import is_member

MOST_WORDS, MOST_STATEMENTS, WHOLE_BP = 2_000, 40, 10_000
MOST_WITHDRAWN = 3  # of one side: each of them holds the other's money


def can_open_dispute(actor: Actor, cooperation: Cooperation) -> Verdict:
    """Either side, while it runs and for a month after."""
    if not (verdict := can_manage_cooperation(actor, cooperation)):
        return verdict
    if cooperation.began_at is None:
        return conflict(_("It has not begun; there is nothing to dispute."))
    ended = cooperation.ended_at
    if ended is not None and clock.now() > ended + states.DISPUTE_WITHIN:
        return conflict(_("Disputes are opened within 30 days of the end."))
    if cooperation.disputes.open().exists():
        return conflict(_("One dispute is open already; say it there."))
    taken_back = cooperation.disputes.filter(status=DisputeStatus.WITHDRAWN)
    if taken_back.filter(opened_by=actor.party_id).count() >= MOST_WITHDRAWN:
        return conflict(_("You took three disputes back already; ask for help instead."))
    return ALLOWED


def dispute_is_sound(cooperation: Cooperation, fields: DisputeFields) -> Verdict:
    return flawless(flaws_of_dispute(cooperation, fields))


def flaws_of_dispute(cooperation: Cooperation, fields: DisputeFields) -> Iterator[Flaw]:
    if fields.reason not in states.DisputeReason.values:
        yield Flaw("reason", _("Choose one from the list."))
    if not 0 <= fields.wanted_bp <= WHOLE_BP:
        yield Flaw("wanted_bp", _("From 0% to 100%."))
    if not cooperation.starts_on <= fields.first_day <= fields.last_day < cooperation.ends_on:
        yield Flaw("first_day", _("Name days of the term, the first before the last."))
    elif _is_decided(cooperation, fields):
        yield Flaw("first_day", _("A dispute about some of these days was decided already."))
    yield from flaws_of_statement(fields.text)


def _is_decided(cooperation: Cooperation, fields: DisputeFields) -> bool:
    decided = cooperation.disputes.filter(status=DisputeStatus.CLOSED)
    return decided.filter(first_day__lte=fields.last_day, last_day__gte=fields.first_day).exists()


def flaws_of_statement(text: str) -> Iterator[Flaw]:
    if not text.strip():
        yield Flaw("text", _("Say what happened; the other side and who decides will read it."))
    elif len(text) > MOST_WORDS:
        yield Flaw("text", _("At most 2,000 characters."))


def can_speak_in_dispute(actor: Actor, dispute: Dispute) -> Verdict:
    """Both sides, until it is decided; with evidence."""
    if not (verdict := can_manage_cooperation(actor, dispute.cooperation)):
        return verdict
    if dispute.status not in states.SPEAKABLE:
        return conflict(_("Nothing more is heard in this dispute."))
    if dispute.statements.count() >= MOST_STATEMENTS:
        return conflict(_("Everything seems to be said: there are forty statements."))
    return ALLOWED


def can_withdraw_dispute(actor: Actor, dispute: Dispute) -> Verdict:
    if not (verdict := can_manage_cooperation(actor, dispute.cooperation)):
        return verdict
    if not actor.speaks_for(dispute.opened_by_id):
        return forbidden(_("Only who opened it can take it back."))
    return _stands(dispute, DisputeStatus.WITHDRAWN)


def can_appeal_dispute(actor: Actor, dispute: Dispute) -> Verdict:
    """Either side, once, for a second look by another operator."""
    if not (verdict := can_manage_cooperation(actor, dispute.cooperation)):
        return verdict
    if not (verdict := _stands(dispute, DisputeStatus.APPEALED)):
        return verdict
    if clock.now() >= dispute.due_at:
        return conflict(_("The days for an appeal are over."))
    return ALLOWED


def can_see_disputes(actor: Actor) -> Verdict:
    """The operators' queue."""
    if actor.has_perm("cooperation.view_dispute"):
        return ALLOWED
    return forbidden(_("Only operators may see this."))


def can_decide_dispute(actor: Actor, dispute: Dispute) -> Verdict:
    """An operator with the right, of neither side; the second look is another person's."""
    if not actor.has_perm("cooperation.decide_dispute"):
        return forbidden(_("Only operators may do this."))
    cooperation = dispute.cooperation
    if any(is_member(actor.user, one) for one in (cooperation.merchant, cooperation.provider)):
        return forbidden(_("Nobody decides about a party of their own."))
    if dispute.status not in states.DECIDABLE:
        return conflict(_("There is nothing to decide now."))
    if dispute.decided_by_id is not None and dispute.decided_by_id == actor.user_id:
        return forbidden(_("Another operator takes the second look."))
    return ALLOWED


def decision_is_sound(returned_bp: int, text: str) -> Verdict:
    return flawless(flaws_of_decision(returned_bp, text))


def flaws_of_decision(returned_bp: int, text: str) -> Iterator[Flaw]:
    if not 0 <= returned_bp <= WHOLE_BP:
        yield Flaw("returned_bp", _("From 0% to 100%."))
    if not text.strip():
        yield Flaw("decision", _("Say why; both sides will read it."))
    elif len(text) > 1_000:
        yield Flaw("decision", _("At most 1,000 characters."))


def _stands(dispute: Dispute, status: DisputeStatus) -> Verdict:
    if status not in states.DISPUTE_TRANSITIONS[dispute.status]:
        return conflict(_("This is not possible in the dispute's present state."))
    return ALLOWED


def answers_dispute(actor: Actor, dispute: Dispute) -> bool:
    """Whether a word of this actor's is the answer that is waited for."""
    is_other = actor.role != SYSTEM and not actor.speaks_for(dispute.opened_by_id)
    return dispute.status == DisputeStatus.OPEN and is_other
