"""Who wishes, who plans, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from matchmaking.fairs.models import Fair, Meeting, MeetingPlan, SignUp
from matchmaking.fairs.rules.fairs import may_run
from matchmaking.fairs.rules.signups import can_act_on_sign_up
from matchmaking.fairs.states import FairStatus, PlanStatus
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, conflict, unmet
from portal.parties.states import PartyKind

WISHING = frozenset({FairStatus.RECRUITING, FairStatus.CURATING})
PLANNING = frozenset({FairStatus.CURATING, FairStatus.SCHEDULED})


def can_wish(actor: Actor, sign_up: SignUp) -> Verdict:
    """Who has a seat, until the plan is published."""
    if not (verdict := can_act_on_sign_up(actor, sign_up)):
        return verdict
    if not sign_up.claim.has_seat:
        return conflict(_("Wishes can be made once you have a seat."))
    if sign_up.fair.status not in WISHING:
        return conflict(_("Wishes are closed: the meetings have been planned."))
    return ALLOWED


def are_opposite(one: SignUp, other: SignUp) -> bool:
    """A merchant, and somebody who is none."""
    kinds = [one.party.kind, other.party.kind]
    return one.fair_id == other.fair_id and kinds.count(PartyKind.MERCHANT) == 1


def can_plan_meetings(actor: Actor, fair: Fair) -> Verdict:
    if not (verdict := may_run(actor, fair)):
        return verdict
    if fair.status not in PLANNING:
        return conflict(_("Meetings are planned once sign-up is over, and until the day begins."))
    return ALLOWED


def can_publish_plan(actor: Actor, fair: Fair, plan: MeetingPlan) -> Verdict:
    if not (verdict := can_plan_meetings(actor, fair)):
        return verdict
    if plan.status != PlanStatus.DRAFT:
        return conflict(_("Only a draft can be published."))
    return ALLOWED


def can_change_plan(actor: Actor, fair: Fair, plan: MeetingPlan) -> Verdict:
    """By hand: a draft until it is published, the published one until the day is over."""
    if not (verdict := may_run(actor, fair)):
        return verdict
    if plan.status == PlanStatus.REPLACED:
        return conflict(_("This plan was replaced by a newer one."))
    is_at_desk = fair.status == FairStatus.LIVE and plan.status == PlanStatus.PUBLISHED
    if fair.status not in PLANNING and not is_at_desk:
        return conflict(_("Meetings are planned once sign-up is over, and until the day begins."))
    return ALLOWED


@dataclass(frozen=True, slots=True)
class Place:
    slot: int
    table: int


def can_move_meeting(
    meeting: Meeting, place: Place, around: Sequence[Meeting], now: datetime
) -> Verdict:
    """`around`: the other meetings of its slot and of the one it goes to. Who stands at that table
    then changes places with it."""
    plan = meeting.plan
    if not (verdict := _is_a_place(plan, place)):
        return verdict
    if now >= plan.starts_at(place.slot) or now >= meeting.starts_at:
        return conflict(_("What has begun is not moved."))
    there = [one for one in around if one.slot == place.slot]
    if place.slot == meeting.slot:
        return ALLOWED
    other = next((one for one in there if one.table == place.table), None)
    staying = [one for one in there if one is not other]
    if _meets(meeting, staying):
        return conflict(_("One of the two meets somebody else at that time."))
    here = [one for one in around if one.slot == meeting.slot]
    if other is not None and _meets(other, here):
        return conflict(_("Whoever sits there cannot change places: one meets somebody else."))
    return ALLOWED


def _is_a_place(plan: MeetingPlan, place: Place) -> Verdict:
    if not 0 <= place.slot < plan.slots or not 0 <= place.table < plan.fair.tables:
        return unmet(_("There is no such table or time."))
    if place.slot in plan.pauses:
        return unmet(_("Nobody meets in a break."))
    return ALLOWED


def _meets(meeting: Meeting, others: Sequence[Meeting]) -> bool:
    busy = {key for one in others for key in (one.left_id, one.right_id)}
    return bool(busy & {meeting.left_id, meeting.right_id})


def plan_is_as_seen(plan: MeetingPlan, seen: int | None) -> Verdict:
    """Two who change one plan: the second looks at it again first."""
    if seen is not None and seen != plan.version:
        return conflict(_("Somebody changed this plan meanwhile; look at it again."))
    return ALLOWED
