"""The day itself: who checks in, and who says what came of a meeting."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from matchmaking.fairs.models import Fair, Meeting, SignUp
from matchmaking.fairs.rules.fairs import may_run
from matchmaking.fairs.rules.signups import can_act_on_sign_up
from matchmaking.fairs.states import FairStatus, PlanStatus
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, conflict

DOORS_OPEN = timedelta(hours=3)  # before it begins
CLOCKS_DIFFER = timedelta(minutes=10)  # a phone's and ours
SAID_WITHIN = timedelta(days=7)  # after it ends


def can_check_in(actor: Actor, fair: Fair, now: datetime) -> Verdict:
    """At the door, by the operators; from some hours before it begins until it ends."""
    if not (verdict := may_run(actor, fair)):
        return verdict
    if fair.status == FairStatus.CANCELLED or not (
        fair.starts_at - DOORS_OPEN <= now <= fair.ends_at
    ):
        return conflict(_("The doors are closed: check-in is on the day of the fair."))
    return ALLOWED


def can_have_come(actor: Actor, fair: Fair, at: datetime, now: datetime) -> Verdict:
    """A badge that was read without a network at `at`, and is known only `now`."""
    if not (verdict := can_check_in(actor, fair, at)):
        return verdict
    if not at <= now + CLOCKS_DIFFER or now > fair.ends_at + SAID_WITHIN:
        return conflict(_("This was read at another time than on the day of the fair."))
    return ALLOWED


def can_tell_outcome(actor: Actor, sign_up: SignUp, meeting: Meeting, now: datetime) -> Verdict:
    if not (verdict := can_act_on_sign_up(actor, sign_up)):
        return verdict
    if meeting.plan.status != PlanStatus.PUBLISHED:
        return conflict(_("This plan was replaced by a newer one."))
    if now < meeting.starts_at:
        return conflict(_("The meeting has not begun yet."))
    if now > sign_up.fair.ends_at + SAID_WITHIN:
        return conflict(_("Outcomes are told within seven days after the fair."))
    return ALLOWED
