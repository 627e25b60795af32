"""Disputes: opened with evidence, answered, decided, looked at again; order lines wait for them.

Lock order: the cooperation, then the dispute.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from matchmaking.cooperation import rules, states
from matchmaking.cooperation.fields import DisputeFields
from matchmaking.cooperation.files import EVIDENCE
from matchmaking.cooperation.models import Cooperation, Dispute, Statement
from matchmaking.cooperation.services.changes import lock_cooperation, record, tell_other, tell_side
from matchmaking.cooperation.services.holding import follow_lines, lock_dispute
from matchmaking.cooperation.states import DisputeStatus
from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.files import attach_file, store_file, take_file
from portal.core.verdict import Refused, conflict, flawless
from portal.core.workdays import add_working_days

MOST = 500
CHANGES = ["status", "due_at", "returned_bp", "decided_at", "closed_at"]
FIRST = ["decided_by", "decision"]
SECOND = ["second_by", "second_decision"]


@transaction.atomic
def open_dispute(
    actor: Actor,
    *,
    cooperation: Cooperation,
    fields: DisputeFields,
    evidence: UploadedFile | UUID | None = None,
) -> Dispute:
    """What the hired side gets of the orders of these days is held from now on."""
    cooperation = lock_cooperation(cooperation)
    rules.can_open_dispute(actor, cooperation).require()
    rules.dispute_is_sound(cooperation, fields).require()
    now = clock.now()
    dispute = Dispute.objects.create(
        cooperation=cooperation,
        opened_by=cooperation.own_side(actor.party_id),
        reason=fields.reason,
        wanted_bp=fields.wanted_bp,
        first_day=fields.first_day,
        last_day=fields.last_day,
        opened_at=now,
        due_at=_after(states.ANSWER_DAYS),
    )
    _say(actor, dispute, fields.text, evidence)
    held = follow_lines(actor, dispute)
    record(actor, "open_dispute", cooperation, shown=_about(dispute), after={"lines": held})
    sentence = gettext_noop("%(other)s opened a dispute in “%(title)s”. Answer by %(day)s.")
    day = clock.day_of(dispute.due_at)
    tell_other(actor, cooperation, "dispute_opened", sentence, day=day)
    return dispute


@transaction.atomic
def speak_in_dispute(
    actor: Actor, *, dispute: Dispute, text: str, evidence: UploadedFile | UUID | None = None
) -> Statement:
    """A word with what shows it. The other side's first one is the answer."""
    dispute = lock_dispute(dispute.pk)
    rules.can_speak_in_dispute(actor, dispute).require()
    flawless(rules.flaws_of_statement(text)).require()
    statement = _say(actor, dispute, text, evidence)
    if rules.answers_dispute(actor, dispute):
        dispute.due_at = _after(states.DECIDE_DAYS)
        _change_status(actor, dispute, DisputeStatus.ANSWERED, "answer_dispute")
    sentence = gettext_noop("%(other)s said something in the dispute of “%(title)s”.")
    tell_other(actor, dispute.cooperation, "dispute_said", sentence)
    return statement


@transaction.atomic
def withdraw_dispute(actor: Actor, *, dispute: Dispute) -> Dispute:
    """Who opened it takes it back; everything is paid as agreed."""
    dispute = lock_dispute(dispute.pk)
    rules.can_withdraw_dispute(actor, dispute).require()
    dispute.closed_at = clock.now()
    _change_status(actor, dispute, DisputeStatus.WITHDRAWN, "withdraw_dispute")
    follow_lines(actor, dispute)
    sentence = gettext_noop("%(other)s took the dispute of “%(title)s” back.")
    tell_other(actor, dispute.cooperation, "dispute_withdrawn", sentence)
    return dispute


@transaction.atomic
def decide_dispute(actor: Actor, *, dispute: Dispute, returned_bp: int, decision: str) -> Dispute:
    """So much of what is held goes back to the merchant. The first decision waits for an appeal;
    the second, of another operator, closes it."""
    dispute = lock_dispute(dispute.pk)
    rules.can_decide_dispute(actor, dispute).require()
    rules.decision_is_sound(returned_bp, decision).require()
    is_second = dispute.status == DisputeStatus.APPEALED
    dispute.returned_bp = returned_bp
    if is_second:
        dispute.second_by, dispute.second_decision = actor.user, decision.strip()
        dispute.save(update_fields=SECOND)
        _close(actor, dispute, "decide_dispute_again")
        return dispute
    dispute.decided_by, dispute.decision = actor.user, decision.strip()
    dispute.decided_at, dispute.due_at = clock.now(), _after(states.APPEAL_DAYS)
    _change_status(actor, dispute, DisputeStatus.DECIDED, "decide_dispute", also=FIRST)
    sentence = gettext_noop("The dispute of “%(title)s” is decided. Appeal by %(day)s.")
    day = clock.day_of(dispute.due_at)
    tell_other(actor, dispute.cooperation, "dispute_decided", sentence, day=day)
    return dispute


@transaction.atomic
def appeal_dispute(actor: Actor, *, dispute: Dispute, text: str) -> Dispute:
    """Ask for a second look by another operator."""
    dispute = lock_dispute(dispute.pk)
    rules.can_appeal_dispute(actor, dispute).require()
    flawless(rules.flaws_of_statement(text)).require()
    _say(actor, dispute, text, None)
    dispute.appealed_by = dispute.cooperation.own_side(actor.party_id)
    dispute.due_at = _after(states.SECOND_DAYS)
    _change_status(actor, dispute, DisputeStatus.APPEALED, "appeal_dispute", also=["appealed_by"])
    sentence = gettext_noop("%(other)s asks for a second look at the dispute of “%(title)s”.")
    tell_other(actor, dispute.cooperation, "dispute_appealed", sentence)
    return dispute


# --- what the calendar does -----------------------------------------------------------------------


def sweep_disputes(actor: Actor) -> int:
    """Hold what came in since, take silence for an answer, and close what nobody appealed."""
    keys = Dispute.objects.open().order_by("due_at").values_list("pk", flat=True)[:MOST]
    return sum(_sweep(actor, pk) for pk in list(keys))


@transaction.atomic
def _sweep(actor: Actor, pk: UUID) -> bool:
    dispute = lock_dispute(pk)
    if dispute.closed_at is not None:
        return False
    follow_lines(actor, dispute)
    if clock.now() < dispute.due_at:
        return False
    if dispute.status == DisputeStatus.OPEN:
        dispute.due_at = _after(states.DECIDE_DAYS)
        _change_status(actor, dispute, DisputeStatus.ANSWERED, "leave_dispute_unanswered")
        return True
    if dispute.status == DisputeStatus.DECIDED:
        _close(actor, dispute, "close_dispute")
        return True
    return False


def _close(actor: Actor, dispute: Dispute, verb: str) -> None:
    dispute.closed_at = clock.now()
    _change_status(actor, dispute, DisputeStatus.CLOSED, verb)
    follow_lines(actor, dispute)
    sentence = gettext_noop("The dispute of “%(title)s” is closed.")
    cooperation = dispute.cooperation
    for side in (cooperation.merchant, cooperation.provider):
        tell_side(cooperation, side, "dispute_closed", sentence, once=str(dispute.pk))


def _change_status(
    actor: Actor,
    dispute: Dispute,
    status: DisputeStatus,
    verb: str,
    *,
    also: list[str] | None = None,
) -> None:
    if status not in states.DISPUTE_TRANSITIONS[dispute.status]:
        raise Refused(conflict(_("This is not possible in the dispute's present state.")))
    before, dispute.status = dispute.status, status
    dispute.save(update_fields=[*CHANGES, *(also or [])])
    facts = {"dispute": str(dispute.pk), "status": status, "returned_bp": dispute.returned_bp}
    record(
        actor,
        verb,
        dispute.cooperation,
        shown=_about(dispute),
        before={"status": before},
        after=facts,
    )


def _say(
    actor: Actor, dispute: Dispute, text: str, evidence: UploadedFile | UUID | None
) -> Statement:
    file = None
    if isinstance(evidence, UUID):
        file = take_file(actor, file_id=evidence, purpose=EVIDENCE)
    elif evidence is not None:
        kept = store_file(actor, upload=evidence, purpose=EVIDENCE, party_id=actor.party_id)
        file = attach_file(actor, file=kept)
    is_side = actor.role != SYSTEM and dispute.cooperation.has_side(actor.party_id)
    return Statement.objects.create(
        dispute=dispute,
        party=dispute.cooperation.own_side(actor.party_id) if is_side else None,
        person=actor.user,
        text=text.strip(),
        evidence=file,
        at=clock.now(),
    )


def _about(dispute: Dispute) -> str:
    return f"{dispute.first_day.isoformat()} – {dispute.last_day.isoformat()}"


def _after(days: int) -> datetime:
    """The end of so many working days from today."""
    last = add_working_days(clock.today(), days) + timedelta(days=1)
    return datetime.combine(last, time(), clock.SHANGHAI)
