"""Improvement plans: drafting, two signatures, working through the items, checking them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor, system_actor
from portal.core.verdict import Refused, conflict
from portal.evaluation import rules
from portal.evaluation.fields import Evidence, ItemFields, PlanFields
from portal.evaluation.models import Plan, PlanItem
from portal.evaluation.services.appeals import keep_evidence
from portal.evaluation.services.facts import record_fact
from portal.evaluation.states import (
    PLAN_TRANSITIONS,
    Grade,
    ItemOutcome,
    PlanSide,
    PlanStatus,
)
from portal.parties.models import Party
from portal.parties.services import lock_party, tell_party

REMINDERS = (7, 1)  # days before an item is due


@transaction.atomic
def draft_plan(actor: Actor, *, party: Party, fields: PlanFields) -> Plan:
    """By the party, or by an operator for it."""
    party = lock_party(party)
    rules.can_draft_plan(actor, party).require()
    rules.plan_is_sound(fields).require()
    plan = Plan.objects.create(
        party=party,
        title=fields.title.strip(),
        side=rules.side_of(actor, party),
        created_at=clock.now(),
        created_by=actor.user,
    )
    _write_items(plan, fields.items)
    after = {"party": party.pk, "title": plan.title, "items": len(fields.items)}
    audit.record(actor, "draft_plan", plan, after=after)
    return plan


@transaction.atomic
def edit_plan(actor: Actor, *, plan: Plan, fields: PlanFields) -> Plan:
    plan = _lock(plan)
    rules.can_edit_plan(actor, plan).require()
    rules.plan_is_sound(fields).require()
    before = {"title": plan.title, "items": plan.items.count()}
    plan.title = fields.title.strip()
    plan.save(update_fields=["title"])
    plan.items.all().delete()
    _write_items(plan, fields.items)
    after = {"title": plan.title, "items": len(fields.items)}
    audit.record(actor, "edit_plan", plan, before=before, after=after)
    return plan


@transaction.atomic
def sign_plan(actor: Actor, *, plan: Plan) -> Plan:
    """The first signature proposes the plan, the second one makes it agreed."""
    plan = _lock(plan)
    rules.can_sign_plan(actor, plan).require()
    now = clock.now()
    if rules.side_of(actor, plan.party) == PlanSide.PARTY:
        plan.party_signed_at, plan.party_signed_by = now, actor.user
    else:
        plan.platform_signed_at, plan.platform_signed_by = now, actor.user
    if plan.status == PlanStatus.DRAFT:
        plan.note = ""
        _change_status(actor, plan, PlanStatus.PROPOSED, verb="propose_plan")
        if plan.side == PlanSide.PLATFORM:
            _tell(plan, "proposed", gettext_noop("Please look at the plan and sign it: %(title)s"))
        return plan
    _change_status(actor, plan, PlanStatus.AGREED, verb="agree_plan")
    _tell(plan, "agreed", gettext_noop("Both sides have signed the plan: %(title)s"))
    return plan


@transaction.atomic
def return_plan(actor: Actor, *, plan: Plan, why: str) -> Plan:
    """Back to its drafter, without signatures; or by the drafter, to change it once more."""
    plan = _lock(plan)
    rules.can_return_plan(actor, plan).require()
    rules.return_is_sound(why).require()
    plan.party_signed_at = plan.platform_signed_at = None
    plan.party_signed_by = plan.platform_signed_by = None
    plan.note = why.strip()
    _change_status(actor, plan, PlanStatus.DRAFT, verb="return_plan", why=plan.note)
    if rules.side_of(actor, plan.party) != plan.side and plan.side == PlanSide.PARTY:
        _tell(plan, "returned", gettext_noop("The plan %(title)s came back: %(why)s"), why=why)
    return plan


@transaction.atomic
def withdraw_plan(actor: Actor, *, plan: Plan) -> Plan:
    plan = _lock(plan)
    rules.can_withdraw_plan(actor, plan).require()
    _change_status(actor, plan, PlanStatus.WITHDRAWN, verb="withdraw_plan")
    return plan


@transaction.atomic
def hand_in_item(
    actor: Actor, *, item: PlanItem, report: str, evidence: Sequence[Evidence] = ()
) -> PlanItem:
    """Say that it is done, with what shows it. The moment counts, not that of the check."""
    item = _lock_item(item)
    rules.can_hand_in_item(actor, item).require()
    rules.report_is_sound(report, len(evidence)).require()
    item.report, item.handed_in_at, item.returned_why = report.strip(), clock.now(), ""
    item.save()
    item.evidence.set([keep_evidence(actor, item.plan.party, piece) for piece in evidence])
    audit.record(actor, "hand_in_item", item, after={"evidence": len(evidence)})
    return item


@transaction.atomic
def accept_item(actor: Actor, *, item: PlanItem) -> PlanItem:
    """It is done, on time or late by the day it was handed in."""
    item = _lock_item(item)
    rules.can_check_item(actor, item).require()
    on_time = item.handed_in_at is not None and clock.day_of(item.handed_in_at) <= item.due_on
    _settle(actor, item, ItemOutcome.ON_TIME if on_time else ItemOutcome.LATE)
    return item


@transaction.atomic
def hand_back_item(actor: Actor, *, item: PlanItem, why: str) -> PlanItem:
    """What was handed in does not show it; it may be handed in again until it is due."""
    item = _lock_item(item)
    rules.can_check_item(actor, item).require()
    rules.return_is_sound(why).require()
    item.handed_in_at, item.returned_why = None, why.strip()
    item.save()
    audit.record(actor, "hand_back_item", item, why=item.returned_why)
    news = f"returned-{clock.now():%Y%m%d%H%M%S}"
    _tell_item(item, news, gettext_noop("%(item)s came back: %(why)s"), why=item.returned_why)
    return item


def sweep_plan_items(actor: Actor) -> int:
    """Remind of what is due soon, and end what was not handed in by its day. How many of both."""
    today = clock.today()
    open_items = PlanItem.objects.filter(
        plan__status=PlanStatus.AGREED, outcome="", handed_in_at__isnull=True
    )
    soon = open_items.filter(due_on__lte=today + timedelta(days=max(REMINDERS)))
    return sum(_sweep(actor, item) for item in soon.order_by("due_on", "pk"))


@transaction.atomic
def _sweep(actor: Actor, item: PlanItem) -> int:
    item = _lock_item(item)
    if item.outcome or item.handed_in_at is not None:
        return 0
    left = (item.due_on - clock.today()).days
    if left < 0:
        _settle(actor, item, ItemOutcome.MISSED)
        return 1
    due = [days for days in REMINDERS if left <= days]
    nearest = min(due, default=None)
    if nearest is None or (item.reminded_days is not None and item.reminded_days <= nearest):
        return 0
    item.reminded_days = nearest
    item.save(update_fields=["reminded_days"])
    day = item.due_on.isoformat()
    _tell_item(item, f"due-{nearest}", gettext_noop("%(item)s is due on %(day)s."), day=day)
    return 1


def _settle(actor: Actor, item: PlanItem, outcome: ItemOutcome) -> None:
    """The outcome, the fact it makes, and the plan's end with its last item."""
    item.outcome, item.checked_at, item.checked_by = outcome, clock.now(), actor.user
    item.save()
    audit.record(actor, "settle_item", item, after={"outcome": outcome})
    _record(item)
    words = {
        ItemOutcome.ON_TIME: gettext_noop("%(item)s: done on time."),
        ItemOutcome.LATE: gettext_noop("%(item)s: done, but late."),
        ItemOutcome.MISSED: gettext_noop("%(item)s was not handed in by its day."),
    }
    _tell_item(item, "settled", words[outcome])
    plan = item.plan
    if not plan.items.filter(outcome="").exists():
        plan.closed_at = clock.now()
        _change_status(actor, plan, PlanStatus.CLOSED, verb="close_plan")


def _record(item: PlanItem) -> None:
    """One fact an item; the operator's check makes it the platform's."""
    today = clock.today()
    record_fact(
        system_actor("task"),
        party=item.plan.party,
        measure="plan_item",
        value=100.0 if item.outcome == ItemOutcome.ON_TIME else 0.0,
        starts_on=min(item.due_on, today),
        ends_on=today,
        grade=Grade.PLATFORM,
        ref_kind="evaluation.planitem",
        ref_id=item.pk,
    )


def _write_items(plan: Plan, items: Sequence[ItemFields]) -> None:
    for item in items:
        PlanItem.objects.create(
            plan=plan,
            text=item.text.strip(),
            due_on=item.due_on,
            indicator=item.indicator,
            remedy_id=item.remedy_id,
        )


def _lock(plan: Plan) -> Plan:
    party = lock_party(plan.party)
    locked = Plan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
    locked.party = party
    return locked


def _lock_item(item: PlanItem) -> PlanItem:
    plan = _lock(item.plan)
    locked = PlanItem.objects.select_for_update(of=("self",), no_key=True).get(pk=item.pk)
    locked.plan = plan
    return locked


def _change_status(
    actor: Actor, plan: Plan, status: PlanStatus, *, verb: str, why: str = ""
) -> None:
    if status not in PLAN_TRANSITIONS[plan.status]:
        raise Refused(conflict(_("Not in this state.")))
    before = {"status": plan.status}
    plan.status = status
    plan.save()
    audit.record(actor, verb, plan, before=before, after={"status": status}, why=why)


def _tell(plan: Plan, news: str, sentence: str, **params: str) -> None:
    tell_party(
        plan.party,
        event=f"plan.{news}",
        key=f"plan-{news}:{plan.pk}:{clock.now():%Y%m%d%H%M%S}",
        sentence=sentence,
        params={"title": plan.title, **params},
        url=plan.get_absolute_url(),
    )


def _tell_item(item: PlanItem, news: str, sentence: str, **params: str) -> None:
    tell_party(
        item.plan.party,
        event="plan.item",
        key=f"plan-item-{news}:{item.pk}",
        sentence=sentence,
        params={"item": item.text, **params},
        url=item.plan.get_absolute_url(),
    )
