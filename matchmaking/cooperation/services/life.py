"""From its first day to its end: pauses, notice, completion, and what the calendar does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from matchmaking.cooperation import rules, states
from matchmaking.cooperation.doors import close_behind
from matchmaking.cooperation.fields import EndingFields
from matchmaking.cooperation.files import EVIDENCE
from matchmaking.cooperation.models import Completion, Cooperation, Ending, Pause
from matchmaking.cooperation.services.amendments import close_amendments
from matchmaking.cooperation.services.changes import (
    change_status,
    lock_cooperation,
    record,
    source,
    tell_other,
)
from matchmaking.cooperation.services.payments import note_payment
from matchmaking.cooperation.states import CooperationStatus, EndReason
from portal.core import clock
from portal.core.actor import Actor
from portal.core.files import attach_file, store_file
from portal.revenue.services import end_agreement

MOST = 500  # of a kind in one sweep; the next takes the others

# --- pausing --------------------------------------------------------------------------------------


@transaction.atomic
def pause_cooperation(actor: Actor, *, cooperation: Cooperation, reason: str, until: date) -> Pause:
    """No work until a day, or until the same side ends the pause."""
    cooperation = lock_cooperation(cooperation)
    rules.can_pause_cooperation(actor, cooperation).require()
    rules.pause_is_sound(reason, until).require()
    pause = Pause.objects.create(
        cooperation=cooperation,
        party=cooperation.own_side(actor.party_id),
        person=actor.user,
        at=clock.now(),
        reason=reason.strip(),
        until=until,
    )
    change_status(actor, cooperation, CooperationStatus.PAUSED, verb="pause_cooperation")
    sentence = gettext_noop("%(other)s paused “%(title)s” until %(day)s: %(reason)s")
    tell_other(actor, cooperation, "paused", sentence, day=until, reason=pause.reason[:150])
    return pause


@transaction.atomic
def resume_cooperation(actor: Actor, *, cooperation: Cooperation) -> Cooperation:
    """The work goes on."""
    cooperation = lock_cooperation(cooperation)
    rules.can_resume_cooperation(actor, cooperation).require()
    cooperation.pauses.filter(withdrawn_at=None).update(withdrawn_at=clock.now())
    change_status(actor, cooperation, CooperationStatus.ACTIVE, verb="resume_cooperation")
    sentence = gettext_noop("“%(title)s” with %(other)s goes on.")
    tell_other(actor, cooperation, "resumed", sentence)
    return cooperation


# --- ending ---------------------------------------------------------------------------------------


@transaction.atomic
def end_cooperation(actor: Actor, *, cooperation: Cooperation, fields: EndingFields) -> Ending:
    """Give notice. Before its first day it ends at once."""
    cooperation = lock_cooperation(cooperation)
    rules.can_end_cooperation(actor, cooperation).require()
    rules.ending_is_sound(cooperation, fields).require()
    evidence = None
    if fields.evidence is not None:
        kept = store_file(actor, upload=fields.evidence, purpose=EVIDENCE, party_id=actor.party_id)
        evidence = attach_file(actor, file=kept)
    ending = Ending.objects.create(
        cooperation=cooperation,
        party=cooperation.own_side(actor.party_id),
        person=actor.user,
        at=clock.now(),
        reason=fields.reason,
        note=fields.note.strip(),
        effective_on=fields.effective_on,
        evidence=evidence,
    )
    record(
        actor,
        "announce_ending",
        cooperation,
        after={"reason": fields.reason, "effective_on": fields.effective_on.isoformat()},
    )
    sentence = gettext_noop("%(other)s ends “%(title)s” on %(day)s. %(t_reason)s: %(note)s")
    tell_other(
        actor,
        cooperation,
        "ending",
        sentence,
        day=fields.effective_on,
        t_reason=source(EndReason(fields.reason).label),
        note=ending.note[:120],
    )
    if fields.effective_on <= clock.today():
        _terminate(actor, cooperation)
    return ending


@transaction.atomic
def withdraw_ending(actor: Actor, *, cooperation: Cooperation) -> Cooperation:
    """Take the notice back; it goes on."""
    cooperation = lock_cooperation(cooperation)
    rules.can_withdraw_ending(actor, cooperation).require()
    cooperation.endings.filter(withdrawn_at=None).update(withdrawn_at=clock.now())
    record(actor, "withdraw_ending", cooperation)
    sentence = gettext_noop("%(other)s took the notice for “%(title)s” back.")
    tell_other(actor, cooperation, "ending_withdrawn", sentence)
    return cooperation


@transaction.atomic
def complete_cooperation(actor: Actor, *, cooperation: Cooperation) -> Cooperation:
    """Say that everything is done; when both sides have, it ends."""
    cooperation = lock_cooperation(cooperation)
    rules.can_complete_cooperation(actor, cooperation).require()
    Completion.objects.create(
        cooperation=cooperation,
        party=cooperation.own_side(actor.party_id),
        person=actor.user,
        at=clock.now(),
    )
    record(actor, "complete_cooperation", cooperation)
    if cooperation.completions.filter(withdrawn_at=None).count() == len(("both", "sides")):
        _end(actor, cooperation)
    else:
        sentence = gettext_noop(
            "%(other)s says that “%(title)s” is completed. Say so, too, and it ends."
        )
        tell_other(actor, cooperation, "completed", sentence)
    return cooperation


@transaction.atomic
def withdraw_completion(actor: Actor, *, cooperation: Cooperation) -> Cooperation:
    """Something is still to be done after all."""
    cooperation = lock_cooperation(cooperation)
    rules.can_withdraw_completion(actor, cooperation).require()
    mine = cooperation.completions.filter(party=actor.party_id, withdrawn_at=None)
    mine.update(withdrawn_at=clock.now())
    record(actor, "withdraw_completion", cooperation)
    return cooperation


# --- what the calendar does -----------------------------------------------------------------------


def sweep_cooperations(actor: Actor) -> int:
    """Begin, resume and end what is due today; how many changed. Each is a transaction of its own,
    and safe to run twice."""
    today = clock.today()
    every = Cooperation.objects.order_by("pk")
    running = every.filter(status__in=states.RUNNING)
    noticed = every.filter(
        status__in=states.LIVE, endings__withdrawn_at=None, endings__effective_on__lte=today
    )
    paused = every.filter(
        status=CooperationStatus.PAUSED, pauses__withdrawn_at=None, pauses__until__lte=today
    )
    agreed = every.filter(status=CooperationStatus.ACCEPTED, starts_on__lte=today)
    return (
        _each(noticed, terminate_due, actor)
        + _each(agreed, start_cooperation, actor)
        + _each(paused, _resume_due, actor)
        + _each(running.filter(ends_on__lte=today), end_term, actor)
    )


def _each(rows: QuerySet[Cooperation], step: Callable[[Actor, int], bool], actor: Actor) -> int:
    keys = dict.fromkeys(rows.values_list("pk", flat=True)[:MOST])  # a join may name one twice
    return sum(step(actor, key) for key in keys)


@transaction.atomic
def start_cooperation(actor: Actor, pk: int) -> bool:
    """Begin the work on its first day; called by the clock, which asks no rule."""
    cooperation = lock_cooperation(pk)
    is_due = cooperation.starts_on <= clock.today()
    if cooperation.status != CooperationStatus.ACCEPTED or not is_due:
        return False
    change_status(actor, cooperation, CooperationStatus.ACTIVE, verb="start_cooperation")
    sentence = gettext_noop("“%(title)s” with %(other)s begins today.")
    tell_other(actor, cooperation, "started", sentence, once="start")
    return True


@transaction.atomic
def begin_at_once(actor: Actor, *, cooperation: Cooperation) -> None:
    """Begin on the day it was agreed on; whoever calls tells the other side."""
    cooperation = lock_cooperation(cooperation)
    change_status(actor, cooperation, CooperationStatus.ACTIVE, verb="start_cooperation")


@transaction.atomic
def finish_cooperation(actor: Actor, *, cooperation: Cooperation) -> None:
    """End it where its door has seen that everything is done; nothing where it is over already, or
    one side owes something beside it."""
    cooperation = lock_cooperation(cooperation)
    owed = cooperation.obligations.unsettled()
    if cooperation.status in states.RUNNING and not owed.exists():
        _end(actor, cooperation)


@transaction.atomic
def _resume_due(actor: Actor, pk: int) -> bool:
    cooperation = lock_cooperation(pk)
    due = cooperation.pauses.filter(withdrawn_at=None, until__lte=clock.today())
    if cooperation.status != CooperationStatus.PAUSED or not due.exists():
        return False
    resume_cooperation(actor, cooperation=cooperation)
    return True


@transaction.atomic
def terminate_due(actor: Actor, pk: int) -> bool:
    """End it on the day that notice named; called by the clock."""
    cooperation = lock_cooperation(pk)
    due = cooperation.endings.filter(withdrawn_at=None, effective_on__lte=clock.today())
    if cooperation.status not in states.LIVE or not due.exists():
        return False
    _terminate(actor, cooperation)
    return True


@transaction.atomic
def end_term(actor: Actor, pk: int) -> bool:
    """End it after its last day; called by the clock."""
    cooperation = lock_cooperation(pk)
    if cooperation.status not in states.RUNNING or cooperation.ends_on > clock.today():
        return False
    _end(actor, cooperation)
    return True


def _terminate(actor: Actor, cooperation: Cooperation) -> None:
    _close(actor, cooperation, CooperationStatus.TERMINATED, "terminate_cooperation")


def _end(actor: Actor, cooperation: Cooperation) -> None:
    _close(actor, cooperation, CooperationStatus.ENDED, "end_cooperation")


def _close(actor: Actor, cooperation: Cooperation, status: CooperationStatus, verb: str) -> None:
    """What still waits for an answer waits no more; both may review now."""
    change_status(actor, cooperation, status, verb=verb)
    now = clock.now()
    cooperation.pauses.filter(withdrawn_at=None).update(withdrawn_at=now)
    close_amendments(actor, cooperation)
    end_agreement(actor, agreement=cooperation.agreement, on=clock.today())
    close_behind(actor, cooperation)
    if cooperation.began_at is None:
        sentence = gettext_noop("“%(title)s” with %(other)s has ended before it began.")
        tell_other(actor, cooperation, "ended", sentence, once="end")
        return
    note_payment(actor, cooperation)
    until = cooperation.reviews_until
    if until is None:
        sentence = gettext_noop(
            "“%(title)s” with %(other)s has ended. Reviews open once something of it was paid."
        )
        tell_other(actor, cooperation, "ended", sentence, once="end")
        return
    sentence = gettext_noop("“%(title)s” with %(other)s has ended. Review it until %(day)s.")
    tell_other(actor, cooperation, "ended", sentence, once="end", day=clock.day_of(until))
