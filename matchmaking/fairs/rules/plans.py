"""Who wishes, who plans, and when."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from matchmaking.fairs.models import Fair, MeetingPlan, SignUp
from matchmaking.fairs.rules.fairs import may_run
from matchmaking.fairs.rules.signups import can_act_on_sign_up
from matchmaking.fairs.states import FairStatus, PlanStatus
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, conflict
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


def can_fix_meeting(actor: Actor, fair: Fair, plan: MeetingPlan) -> Verdict:
    if not (verdict := can_plan_meetings(actor, fair)):
        return verdict
    if plan.status == PlanStatus.REPLACED:
        return conflict(_("This plan was replaced by a newer one."))
    return ALLOWED
