"""Who drafts, signs, works through and checks an improvement plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    flaws_of_lines,
    forbidden,
)
from portal.evaluation.fields import PlanFields
from portal.evaluation.models import Plan, PlanItem
from portal.evaluation.rules.ratings import RATED_KINDS
from portal.evaluation.states import PlanSide, PlanStatus
from portal.parties import states as party_states
from portal.parties.models import Party
from portal.parties.rules import can_manage_party, covers_region, is_member

MOST_ITEMS, MOST_REPORT, MOST_EVIDENCE = 12, 1_000, 3
LONGEST = timedelta(days=366)


def side_of(actor: Actor, party: Party) -> PlanSide:
    """For whom this person speaks about the party's plans."""
    return PlanSide.PARTY if actor.speaks_for(party.pk) else PlanSide.PLATFORM


def can_draft_plan(actor: Actor, party: Party) -> Verdict:
    """Either side drafts; only those who are rated have plans."""
    if not (verdict := _may_act(actor, party)):
        return verdict
    if party.kind not in RATED_KINDS:
        return conflict(_("Only service providers and agencies have improvement plans."))
    return ALLOWED


def can_edit_plan(actor: Actor, plan: Plan) -> Verdict:
    if not (verdict := _may_act(actor, plan.party)):
        return verdict
    if plan.side != side_of(actor, plan.party):
        return forbidden(_("The other side drafts this plan."))
    if plan.status != PlanStatus.DRAFT:
        return conflict(_("What was signed stays as it is; take the signature back first."))
    return ALLOWED


def can_sign_plan(actor: Actor, plan: Plan) -> Verdict:
    """The side that drafted it first, then the other one; two people."""
    if not (verdict := _may_act(actor, plan.party)):
        return verdict
    if actor.user is None:
        return forbidden(_("A plan is signed by people."))
    is_own = plan.side == side_of(actor, plan.party)
    if plan.status == PlanStatus.DRAFT and is_own:
        return _has_items(plan)
    if plan.status == PlanStatus.PROPOSED and not is_own:
        return _signs_second(actor, plan)
    if plan.status == PlanStatus.PROPOSED:
        return conflict(_("Your side has signed; the other side's signature is missing."))
    return conflict(_("This plan is not waiting for your signature."))


def can_return_plan(actor: Actor, plan: Plan) -> Verdict:
    """Back to a draft: by the side that is asked to sign, or the one that signed too soon."""
    if not (verdict := _may_act(actor, plan.party)):
        return verdict
    if plan.status != PlanStatus.PROPOSED:
        return conflict(_("This plan is not waiting for a signature."))
    return ALLOWED


def can_withdraw_plan(actor: Actor, plan: Plan) -> Verdict:
    if not (verdict := _may_act(actor, plan.party)):
        return verdict
    if plan.side != side_of(actor, plan.party):
        return forbidden(_("The other side drafts this plan."))
    if plan.status not in {PlanStatus.DRAFT, PlanStatus.PROPOSED}:
        return conflict(_("A plan both sides signed is not withdrawn; its items are closed."))
    return ALLOWED


def can_hand_in_item(actor: Actor, item: PlanItem) -> Verdict:
    if not (verdict := can_manage_party(actor, item.plan.party)):
        return verdict
    if item.plan.status != PlanStatus.AGREED:
        return conflict(_("Items are worked on once both sides have signed."))
    if item.outcome:
        return conflict(_("This item was checked already."))
    if item.handed_in_at is not None:
        return conflict(_("This item is waiting to be checked."))
    return ALLOWED


def can_check_item(actor: Actor, item: PlanItem) -> Verdict:
    if not (verdict := may_check_for(actor, item.plan.party)):
        return verdict
    if item.outcome:
        return conflict(_("This item was checked already."))
    if item.handed_in_at is None:
        return conflict(_("Nothing was handed in for this item yet."))
    return ALLOWED


def may_check_for(actor: Actor, party: Party) -> Verdict:
    """The platform's people, for others than themselves."""
    if not actor.has_perm("evaluation.sign_plan"):
        return forbidden(_("Only operators of the evaluation may do this."))
    if actor.user is not None and not covers_region(actor, party):
        return forbidden(_("This party is outside your regions."))
    if actor.user is not None and is_member(actor.user, party):
        return forbidden(_("Nobody decides about a party of their own."))
    return ALLOWED


def can_read_plan_evidence(actor: Actor, plan: Plan) -> Verdict:
    if actor.role == SYSTEM:
        return ALLOWED
    if not actor.speaks_for(plan.party_id):
        return may_check_for(actor, plan.party)
    if actor.role in party_states.MANAGING:
        return ALLOWED
    return forbidden(_("Only the owner or a manager of the party may do this."))


def plan_is_sound(fields: PlanFields) -> Verdict:
    return flawless(flaws_of_plan(fields))


def flaws_of_plan(fields: PlanFields) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "title")
    if not fields.title.strip():
        yield Flaw("title", _("Please fill this in."))
    elif len(fields.title.strip()) > 80:
        yield Flaw("title", _("At most 80 characters."))
    if len(fields.items) > MOST_ITEMS:
        yield Flaw("items", _("At most twelve items."))
    today = clock.today()
    for item in fields.items:
        if not item.text.strip() or len(item.text.strip()) > 300:
            yield Flaw("items", _("Say what is to be done, in at most 300 characters."))
        if not today < item.due_on <= today + LONGEST:
            yield Flaw("items", _("Due within a year, from tomorrow on."))


def report_is_sound(report: str, evidence: int) -> Verdict:
    flaws = []
    if not report.strip():
        flaws.append(Flaw("report", _("Say what was done.")))
    elif len(report.strip()) > MOST_REPORT:
        flaws.append(Flaw("report", _("At most 1,000 characters.")))
    if evidence > MOST_EVIDENCE:
        flaws.append(Flaw("evidence", _("At most three files.")))
    return flawless(flaws)


def return_is_sound(why: str) -> Verdict:
    if not why.strip():
        return flawless([Flaw("why", _("Say why; the other side reads it."))])
    if len(why.strip()) > 300:
        return flawless([Flaw("why", _("At most 300 characters."))])
    return ALLOWED


def _may_act(actor: Actor, party: Party) -> Verdict:
    if actor.speaks_for(party.pk):
        return can_manage_party(actor, party)
    return may_check_for(actor, party)


def _has_items(plan: Plan) -> Verdict:
    items = list(plan.items.all())
    if not items:
        return conflict(_("A plan needs at least one item."))
    if any(item.due_on <= clock.today() for item in items):
        return conflict(_("An item is due today or earlier; choose a later day."))
    return ALLOWED


def _signs_second(actor: Actor, plan: Plan) -> Verdict:
    if actor.user_id in {plan.party_signed_by_id, plan.platform_signed_by_id}:
        return forbidden(_("Two people sign; you have signed for the other side."))
    return _has_items(plan)
