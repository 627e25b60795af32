"""Who reviews a framework, who settles what was decided, and how it is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden, unmet
from portal.parties.rules import can_manage_party
from portal.tiers.framework_fields import DecisionFields, MinutesFields
from portal.tiers.framework_states import (
    MOST_DECISIONS,
    DecisionStatus,
    FrameworkSide,
    FrameworkStatus,
)
from portal.tiers.models import Framework, FrameworkDecision, FrameworkMeeting
from portal.tiers.rules.frameworks import MOST_CLOSING, can_keep_framework

MOST_MINUTES, MOST_TEXT, MOST_OWNER = 4_000, 300, 60
LATEST = timedelta(days=366)
MET = frozenset({FrameworkStatus.RUNNING, FrameworkStatus.REVIEWED})


def can_plan_meeting(actor: Actor, framework: Framework) -> Verdict:
    if not (verdict := can_keep_framework(actor, framework.party)):
        return verdict
    if framework.status not in {FrameworkStatus.SIGNED, *MET}:
        return conflict(_("Meetings are planned for what is signed and not closed."))
    return ALLOWED


def flaws_of_day(framework: Framework, day: date) -> Iterator[Flaw]:
    if not clock.today() <= day <= framework.ends_on + timedelta(days=60):
        yield Flaw("planned_on", _("From today on, up to 60 days after the term."))
    elif framework.meetings.filter(planned_on=day).exists():
        yield Flaw("planned_on", _("A meeting is planned on this day already."))


def can_move_meeting(actor: Actor, meeting: FrameworkMeeting) -> Verdict:
    if not (verdict := can_plan_meeting(actor, meeting.framework)):
        return verdict
    if meeting.held_on is not None:
        return conflict(_("It was held; its minutes stay."))
    return ALLOWED


def can_record_meeting(actor: Actor, meeting: FrameworkMeeting) -> Verdict:
    if not (verdict := can_keep_framework(actor, meeting.framework.party)):
        return verdict
    if meeting.held_on is not None:
        return conflict(_("Its minutes are written; what is new belongs to the next meeting."))
    if meeting.framework.status not in MET:
        return conflict(_("Meetings are held while a framework runs, and until it is closed."))
    return ALLOWED


def minutes_are_sound(meeting: FrameworkMeeting, fields: MinutesFields) -> Verdict:
    return flawless(flaws_of_minutes(meeting, fields))


def flaws_of_minutes(meeting: FrameworkMeeting, fields: MinutesFields) -> Iterator[Flaw]:
    if not meeting.framework.starts_on <= fields.held_on <= clock.today():
        yield Flaw("held_on", _("A day of the framework that is not to come."))
    if not fields.minutes.strip():
        yield Flaw("minutes", _("Say what was talked about; both sides read it."))
    elif len(fields.minutes.strip()) > MOST_MINUTES:
        yield Flaw("minutes", _("At most 4,000 characters."))
    if len(fields.decisions) > MOST_DECISIONS:
        yield Flaw("decisions", _("At most ten decisions."))
    for decision in fields.decisions:
        yield from _flaws_of_decision(decision, fields.held_on)


def _flaws_of_decision(decision: DecisionFields, held_on: date) -> Iterator[Flaw]:
    if not 1 <= len(decision.text.strip()) <= MOST_TEXT:
        yield Flaw("decisions", _("Say what is to be done, in at most 300 characters."))
    if not 1 <= len(decision.owner.strip()) <= MOST_OWNER:
        yield Flaw("decisions", _("Say who does it, in at most 60 characters."))
    if decision.side not in FrameworkSide.values:
        yield Flaw("decisions", _("Choose one from the list."))
    if not held_on <= decision.due_on <= held_on + LATEST:
        yield Flaw("decisions", _("It is due after the meeting, and within a year."))


def can_settle_decision(actor: Actor, decision: FrameworkDecision) -> Verdict:
    """The side whose task it is; an operator may settle the agency's, too."""
    framework = decision.meeting.framework
    if actor.speaks_for(framework.party_id):
        verdict = can_manage_party(actor, framework.party)
        if verdict and decision.side != FrameworkSide.AGENCY:
            verdict = forbidden(_("This is the platform's to do."))
    else:
        verdict = can_keep_framework(actor, framework.party)
    if not verdict:
        return verdict
    if decision.status != DecisionStatus.OPEN:
        return conflict(_("This was settled already."))
    return ALLOWED


def outcome_is_sound(status: str, outcome: str) -> Verdict:
    if status not in {DecisionStatus.DONE, DecisionStatus.DROPPED}:
        return flawless([Flaw("status", _("Choose one from the list."))])
    if status == DecisionStatus.DROPPED and not outcome.strip():
        return flawless([Flaw("outcome", _("Say why it is not done."))])
    if len(outcome.strip()) > MOST_TEXT:
        return flawless([Flaw("outcome", _("At most 300 characters."))])
    return ALLOWED


def can_review_framework(actor: Actor, framework: Framework) -> Verdict:
    """After its last day, with a meeting that looked at it."""
    if not (verdict := can_keep_framework(actor, framework.party)):
        return verdict
    if framework.status != FrameworkStatus.RUNNING:
        return conflict(_("Only what runs is reviewed at its end."))
    if framework.ends_on > clock.today():
        return conflict(_("It is reviewed after its last day."))
    if not framework.meetings.filter(held_on__isnull=False).exists():
        return unmet(_("Hold a review meeting first, and write its minutes."))
    return ALLOWED


def can_end_framework(actor: Actor, framework: Framework) -> Verdict:
    """Before its time: it holds until the end of the month."""
    if not (verdict := can_keep_framework(actor, framework.party)):
        return verdict
    if framework.status not in {FrameworkStatus.SIGNED, FrameworkStatus.RUNNING}:
        return conflict(_("Only what is signed and not over can be ended."))
    return ALLOWED


def can_close_reviewed(actor: Actor, framework: Framework) -> Verdict:
    if actor.role != SYSTEM and not (verdict := can_keep_framework(actor, framework.party)):
        return verdict
    if framework.status != FrameworkStatus.REVIEWED:
        return conflict(_("Only what was reviewed is closed without a renewal."))
    return ALLOWED


def closing_is_sound(sentence: str) -> Verdict:
    if not sentence.strip():
        return flawless([Flaw("closing", _("Say how it came out; the agency reads this."))])
    if len(sentence.strip()) > MOST_CLOSING:
        return flawless([Flaw("closing", _("At most 600 characters."))])
    return ALLOWED
