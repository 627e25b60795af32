"""Review meetings and what they decide; closing a framework."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict, flawless
from portal.revenue.engine import Month
from portal.revenue.services import drop_terms, end_agreement
from portal.revenue.states import VersionStatus
from portal.tiers import rules, selectors
from portal.tiers.framework_fields import MinutesFields
from portal.tiers.framework_states import (
    DECISION_TRANSITIONS,
    DecisionStatus,
    FrameworkStatus,
)
from portal.tiers.models import Framework, FrameworkDecision, FrameworkMeeting
from portal.tiers.services.framework_telling import change_status, record, tell_other
from portal.tiers.services.frameworks import lock_framework


@transaction.atomic
def plan_framework_meeting(
    actor: Actor, *, framework: Framework, planned_on: date
) -> FrameworkMeeting:
    framework = lock_framework(framework)
    rules.can_plan_meeting(actor, framework).require()
    flawless(rules.flaws_of_day(framework, planned_on)).require()
    meeting = FrameworkMeeting.objects.create(framework=framework, planned_on=planned_on)
    record(actor, "plan_framework_meeting", framework, on=planned_on)
    _tell_day(actor, framework, planned_on)
    return meeting


@transaction.atomic
def move_framework_meeting(
    actor: Actor, *, meeting: FrameworkMeeting, planned_on: date
) -> FrameworkMeeting:
    """Another day for one that was not held."""
    meeting = _lock(meeting)
    rules.can_move_meeting(actor, meeting).require()
    flawless(rules.flaws_of_day(meeting.framework, planned_on)).require()
    before, meeting.planned_on = meeting.planned_on, planned_on
    meeting.save(update_fields=["planned_on"])
    record(actor, "move_framework_meeting", meeting.framework, was=before, on=planned_on)
    _tell_day(actor, meeting.framework, planned_on)
    return meeting


def _tell_day(actor: Actor, framework: Framework, day: date) -> None:
    sentence = gettext_noop("%(agency)s: the annual framework is reviewed on %(day)s.")
    tell_other(actor, framework, "meeting", sentence, once=day.isoformat(), day=day)


@transaction.atomic
def record_framework_meeting(
    actor: Actor, *, meeting: FrameworkMeeting, fields: MinutesFields
) -> FrameworkMeeting:
    """Its minutes, and who does what until when. They stay as they are written."""
    meeting = _lock(meeting)
    rules.can_record_meeting(actor, meeting).require()
    rules.minutes_are_sound(meeting, fields).require()
    meeting.held_on, meeting.minutes = fields.held_on, fields.minutes.strip()
    meeting.recorded_by, meeting.recorded_at = actor.user, clock.now()
    meeting.save()
    FrameworkDecision.objects.bulk_create(
        FrameworkDecision(
            meeting=meeting,
            text=one.text.strip(),
            side=one.side,
            owner=one.owner.strip(),
            due_on=one.due_on,
        )
        for one in fields.decisions
    )
    number = len(fields.decisions)
    after = {"on": fields.held_on, "decisions": number}
    audit.record(actor, "record_framework_meeting", meeting.framework, after=after)
    sentence = gettext_noop(
        "%(agency)s: the minutes of the review of %(day)s are written. Items decided: %(n)s."
    )
    params = {"day": fields.held_on, "n": number}
    tell_other(actor, meeting.framework, "minutes", sentence, once=str(meeting.pk), **params)
    return meeting


@transaction.atomic
def settle_framework_decision(
    actor: Actor, *, decision: FrameworkDecision, status: str, outcome: str = ""
) -> FrameworkDecision:
    """Done, or dropped with a reason."""
    meeting = _lock(decision.meeting)
    decision = FrameworkDecision.objects.select_for_update().get(pk=decision.pk)
    decision.meeting = meeting
    rules.can_settle_decision(actor, decision).require()
    rules.outcome_is_sound(status, outcome).require()
    if status not in DECISION_TRANSITIONS[decision.status]:
        raise Refused(conflict(_("This was settled already.")))
    decision.status, decision.outcome = DecisionStatus(status), outcome.strip()
    decision.settled_at, decision.settled_by = clock.now(), actor.user
    decision.save(update_fields=["status", "outcome", "settled_at", "settled_by"])
    record(
        actor,
        "settle_framework_decision",
        meeting.framework,
        why=decision.outcome,
        shown=decision.text,
        status=status,
    )
    return decision


@transaction.atomic
def review_framework(actor: Actor, *, framework: Framework, closing: str) -> Framework:
    """After its last day: how it came out. It is renewed at once where the next one is signed."""
    framework = lock_framework(framework)
    rules.can_review_framework(actor, framework).require()
    rules.closing_is_sound(closing).require()
    framework.closing, framework.closed_at = closing.strip(), clock.now()
    why = framework.closing
    change_status(actor, framework, FrameworkStatus.REVIEWED, "review_framework", why=why)
    sentence = gettext_noop("%(agency)s: the annual framework from %(from)s on was reviewed.")
    tell_other(actor, framework, "reviewed", sentence, once="")
    if framework.renewals.filter(signed_at__isnull=False).exclude(status="dropped").exists():
        change_status(actor, framework, FrameworkStatus.RENEWED, "renew_framework")
    return framework


@transaction.atomic
def end_framework(actor: Actor, *, framework: Framework, closing: str) -> Framework:
    """Before its time: it holds until the end of this month; before its first day, not at all."""
    framework = lock_framework(framework)
    rules.can_end_framework(actor, framework).require()
    rules.closing_is_sound(closing).require()
    today = clock.today()
    after = Month(today.year, today.month).next().first_day
    if (waiting := selectors.waiting_version(framework)) is not None:
        drop_terms(actor, version=waiting, status=VersionStatus.WITHDRAWN)
    has_begun = framework.starts_on <= today
    first_free = min(after, framework.ends_on) if has_begun else today + timedelta(days=1)
    end_agreement(actor, agreement=framework.agreement, on=first_free)
    if has_begun:
        framework.ends_on = first_free
    framework.meetings.planned().delete()
    framework.closing, framework.closed_at = closing.strip(), clock.now()
    status = FrameworkStatus.ENDED if has_begun else FrameworkStatus.DROPPED
    change_status(actor, framework, status, "end_framework", why=framework.closing)
    sentence = gettext_noop("%(agency)s: the annual framework from %(from)s on was ended.")
    tell_other(actor, framework, "ended", sentence, once="")
    return framework


@transaction.atomic
def close_framework(actor: Actor, *, framework: Framework) -> Framework:
    """Reviewed, and not renewed."""
    framework = lock_framework(framework)
    rules.can_close_reviewed(actor, framework).require()
    change_status(actor, framework, FrameworkStatus.ENDED, "close_framework")
    return framework


def _lock(meeting: FrameworkMeeting) -> FrameworkMeeting:
    framework = lock_framework(meeting.framework)
    locked = FrameworkMeeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    locked.framework = framework
    return locked
