"""Corrective actions: asked for, handed in, checked, given more time, and swept when late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_noop

from portal.conduct import rules, states
from portal.conduct.fields import ActionFields, Evidence
from portal.conduct.files import ANSWER_EVIDENCE
from portal.conduct.models import ActionStep, Case, CorrectiveAction
from portal.conduct.services.changing import change_action, lock_action, lock_case
from portal.conduct.services.evidence import keep_evidence
from portal.conduct.services.facts import record_action
from portal.conduct.services.telling import tell_of_action
from portal.conduct.states import ActionStatus, Step
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import flawless

AT_ONCE = 500


@transaction.atomic
def ask_action(actor: Actor, *, case: Case, fields: ActionFields) -> CorrectiveAction:
    """Ask the party to put something right by a day."""
    case = lock_case(case)
    rules.can_ask_action(actor, case).require()
    flawless(rules.flaws_of_action(fields)).require()
    action = CorrectiveAction.objects.create(
        case=case,
        title=fields.title.strip(),
        text=fields.text.strip(),
        due_on=fields.due_on,
        asked_at=clock.now(),
    )
    _keep(actor, action, Step.ASKED)
    after = {"case": case.pk, "due_on": action.due_on.isoformat()}
    audit.record(actor, "ask_action", action, after=after)
    tell_of_action(action, "asked", gettext_noop("To be done by %(day)s: %(title)s"))
    return action


@transaction.atomic
def hand_in_action(
    actor: Actor,
    *,
    action: CorrectiveAction,
    text: str,
    evidence: Sequence[Evidence] = (),
) -> CorrectiveAction:
    """The party says what it did, with evidence; an operator checks it."""
    action = lock_action(action)
    rules.can_hand_in_action(actor, action).require()
    flawless(rules.flaws_of_proof(text, len(evidence))).require()
    action.handed_in_at = clock.now()
    step = _keep(actor, action, Step.HANDED_IN, text)
    party_id = action.case.party_id
    step.evidence.set(keep_evidence(actor, evidence, purpose=ANSWER_EVIDENCE, party_id=party_id))
    change_action(actor, action, ActionStatus.HANDED_IN, verb="hand_in_action")
    return action


@transaction.atomic
def accept_action(actor: Actor, *, action: CorrectiveAction, reason: str) -> CorrectiveAction:
    """Found done. On time is what was handed in by its day, however long the check took."""
    action = lock_action(action)
    rules.can_check_action(actor, action).require()
    flawless(rules.flaws_of_reason(reason)).require()
    assert action.handed_in_at is not None  # by constraint
    is_on_time = clock.day_of(action.handed_in_at) <= action.due_on
    _close(actor, action, ActionStatus.DONE, "accept_action", reason, is_on_time=is_on_time)
    tell_of_action(action, "done", gettext_noop("Found done: %(title)s"))
    return action


@transaction.atomic
def return_action(actor: Actor, *, action: CorrectiveAction, reason: str) -> CorrectiveAction:
    """Not yet: the party reads why, and hands in more."""
    action = lock_action(action)
    rules.can_check_action(actor, action).require()
    flawless(rules.flaws_of_reason(reason)).require()
    is_late = action.due_on < clock.today()
    _keep(actor, action, Step.RETURNED, reason)
    status = ActionStatus.OVERDUE if is_late else ActionStatus.OPEN
    change_action(actor, action, status, verb="return_action", why=reason.strip())
    sentence = gettext_noop("Not done yet: %(title)s. %(reason)s")
    tell_of_action(action, "returned", sentence, reason=reason.strip())
    return action


@transaction.atomic
def fail_action(actor: Actor, *, action: CorrectiveAction, reason: str) -> CorrectiveAction:
    """Found not done, for good."""
    action = lock_action(action)
    rules.can_fail_action(actor, action).require()
    flawless(rules.flaws_of_reason(reason)).require()
    _close(actor, action, ActionStatus.NOT_DONE, "fail_action", reason, is_on_time=False)
    sentence = gettext_noop("Found not done: %(title)s. %(reason)s")
    tell_of_action(action, "failed", sentence, reason=reason.strip())
    return action


@transaction.atomic
def extend_action(
    actor: Actor, *, action: CorrectiveAction, due_on: date, reason: str
) -> CorrectiveAction:
    """Give more time; on time is then what is handed in by the new day."""
    action = lock_action(action)
    rules.can_extend_action(actor, action).require()
    flawless([*rules.flaws_of_reason(reason), *rules.flaws_of_day(due_on)]).require()
    action.due_on = due_on
    _keep(actor, action, Step.EXTENDED, reason)
    change_action(actor, action, ActionStatus.OPEN, verb="extend_action", why=reason.strip())
    tell_of_action(action, "extended", gettext_noop("More time, until %(day)s: %(title)s"))
    return action


# --- by the day -----------------------------------------------------------------------------------


def sweep_actions(actor: Actor) -> int:
    """Mark what is overdue, and remind of what soon is. How many rows changed."""
    today = clock.today()
    late = Q(status=ActionStatus.OPEN, due_on__lt=today)
    soon = Q(status=ActionStatus.OPEN, due_on__lte=today + states.REMIND_BEFORE)
    not_reminded = Q(reminded_for__isnull=True) | ~Q(reminded_for=F("due_on"))
    rows = CorrectiveAction.objects.filter(late | soon & not_reminded)
    waiting = rows.select_related("case").order_by("due_on", "pk")
    return sum(_sweep(actor, action) for action in waiting[:AT_ONCE])


@transaction.atomic
def _sweep(actor: Actor, action: CorrectiveAction) -> int:
    action = lock_action(action)
    if action.status != ActionStatus.OPEN:  # handed in meanwhile
        return 0
    if action.is_late:
        _keep(actor, action, Step.OVERDUE)
        change_action(actor, action, ActionStatus.OVERDUE, verb="overdue_action")
        tell_of_action(action, "overdue", gettext_noop("Overdue since %(day)s: %(title)s"))
        return 1
    if action.reminded_for == action.due_on:
        return 0
    action.reminded_for = action.due_on
    action.save(update_fields=["reminded_for"])
    tell_of_action(action, "due", gettext_noop("Due on %(day)s: %(title)s"))
    return 1


# --- pieces ---------------------------------------------------------------------------------------


def _keep(actor: Actor, action: CorrectiveAction, step: Step, text: str = "") -> ActionStep:
    return ActionStep.objects.create(
        action=action,
        step=step,
        text=text.strip(),
        due_on=action.due_on,
        by_id=actor.user_id,
        at=clock.now(),
    )


def _close(
    actor: Actor,
    action: CorrectiveAction,
    status: ActionStatus,
    verb: str,
    reason: str,
    *,
    is_on_time: bool,
) -> None:
    action.closed_at, action.is_on_time = clock.now(), is_on_time
    step = Step.DONE if status == ActionStatus.DONE else Step.NOT_DONE
    _keep(actor, action, step, reason)
    change_action(actor, action, status, verb=verb, why=reason.strip())
    record_action(actor, action)
