"""Who writes down who was there, and when that can have been."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, unmet
from portal.seats import states as seat_states
from training.courses.models import Meeting
from training.courses.rules import can_teach
from training.learning.fields import PresenceFields
from training.learning.models import Enrolment
from training.learning.rules.lessons import is_own_study
from training.learning.states import Outcome

DOORS_OPEN = timedelta(minutes=60)  # before a meeting begins
CORRECTED = timedelta(hours=48)  # after the session: so long the roster is put right


def can_mark_presence(actor: Actor, enrolment: Enrolment, meeting: Meeting) -> Verdict:
    if not (verdict := can_teach(actor, enrolment.session)):
        return verdict
    return can_have_been_there(enrolment, meeting)


def can_scan_in(actor: Actor, enrolment: Enrolment, meeting: Meeting, now: datetime) -> Verdict:
    """By the code in the room, while the meeting lasts."""
    if not (verdict := is_own_study(actor, enrolment)):
        return verdict
    if not meeting.starts_at - DOORS_OPEN <= now <= meeting.ends_at:
        return conflict(_("This meeting is not going on."))
    return can_have_been_there(enrolment, meeting)


def meeting_has_begun(meeting: Meeting, now: datetime) -> Verdict:
    """From when the doors open on."""
    if now < meeting.starts_at - DOORS_OPEN:
        return unmet(_("This has not been yet."))
    return ALLOWED


def can_have_been_there(enrolment: Enrolment, meeting: Meeting) -> Verdict:
    if meeting.session_id != enrolment.session_id:
        return unmet(_("This meeting is of another session."))
    if enrolment.claim.status not in seat_states.TAKES:
        return conflict(_("Only who has a seat is on the roster."))
    if enrolment.outcome != Outcome.NONE:
        return conflict(_("The outcome is recorded; attendance stays as it is."))
    return ALLOWED


def presence_is_sound(meeting: Meeting, fields: PresenceFields, now: datetime) -> Verdict:
    return flawless(_flaws(meeting, fields, now))


def _flaws(meeting: Meeting, fields: PresenceFields, now: datetime) -> Iterator[Flaw]:
    opens = meeting.starts_at - DOORS_OPEN
    if not opens <= fields.arrived_at < meeting.ends_at:
        yield Flaw("arrived_at", _("Somebody arrives while the meeting lasts."))
    if fields.arrived_at > now:
        yield Flaw("arrived_at", _("This has not been yet."))
    if fields.left_at is None:
        return
    if fields.left_at < fields.arrived_at:
        yield Flaw("left_at", _("Nobody leaves before arriving."))
    if fields.left_at > now:
        yield Flaw("left_at", _("This has not been yet."))
