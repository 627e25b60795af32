"""Pools and their budgets: one person says how much, another agrees, one UPDATE decides."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.refusing import refusing
from portal.core.verdict import Flaw, Refused, conflict, flawless, unmet
from portal.rewards import rules
from portal.rewards.models import BudgetChange, Pool, PoolEntry, Programme
from portal.rewards.rules.budgets import TOO_LITTLE
from portal.rewards.states import BUDGET_TRANSITIONS, BudgetStatus, EntryKind, Unit


@transaction.atomic
def open_pool(actor: Actor, *, programme: Programme, unit: str) -> Pool:
    """Empty: its budget is agreed by two people."""
    rules.can_edit_tasks(actor).require()
    if unit not in Unit.values:
        raise Refused(flawless([Flaw("unit", _("Choose one from the list."))]))
    known = conflict(_("The season has a pool of this kind already."))
    with refusing({"reward_pool_once": known}):
        pool = Pool.objects.create(programme=programme, unit=unit)
    audit.record(actor, "open_reward_pool", pool, after={"unit": unit})
    return pool


@transaction.atomic
def propose_budget(actor: Actor, *, pool: Pool, amount: int, reason: str) -> BudgetChange:
    rules.can_propose_budget(actor).require()
    pool = Pool.objects.select_related("programme").get(pk=pool.pk)
    flawless(rules.flaws_of_change(pool, amount, reason)).require()
    change = BudgetChange(
        pool=pool,
        amount=amount,
        reason=reason.strip(),
        proposed_at=clock.now(),
        proposed_by=actor.user,
    )
    waiting = conflict(_("A change of this budget waits for the second person already."))
    with refusing({"reward_budget_one_waiting": waiting}):
        change.save(force_insert=True)
    audit.record(actor, "propose_budget", change, after={"amount": amount}, why=change.reason)
    return change


@transaction.atomic
def approve_budget(actor: Actor, *, change: BudgetChange) -> BudgetChange:
    """Never below what is put aside and granted, whatever was granted since it was proposed."""
    change = _lock(change)
    rules.can_approve_budget(actor, change).require()
    after = F("budget") + change.amount
    rows = Pool.objects.filter(pk=change.pool_id)
    rows = rows.annotate(rest=after - F("reserved") - F("granted")).filter(rest__gte=0)
    if not rows.update(budget=after):
        raise Refused(unmet(TOO_LITTLE))
    _decide(actor, change, BudgetStatus.APPROVED, "", "approve_budget")
    PoolEntry.objects.create(
        pool_id=change.pool_id,
        kind=EntryKind.BUDGET,
        amount=change.amount,
        change=change,
        at=change.decided_at or clock.now(),
        by=actor.user,
    )
    return change


@transaction.atomic
def refuse_budget(actor: Actor, *, change: BudgetChange, reason: str) -> BudgetChange:
    change = _lock(change)
    rules.can_refuse_budget(actor, change).require()
    if not 1 <= len(reason.strip()) <= 300:
        raise Refused(flawless([Flaw("reason", _("Say why, in up to 300 characters."))]))
    _decide(actor, change, BudgetStatus.REFUSED, reason.strip(), "refuse_budget")
    return change


def _lock(change: BudgetChange) -> BudgetChange:
    rows = BudgetChange.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("pool__programme").get(pk=change.pk)


def _decide(actor: Actor, change: BudgetChange, status: BudgetStatus, said: str, verb: str) -> None:
    if status not in BUDGET_TRANSITIONS[change.status]:
        raise Refused(conflict(_("This was decided already.")))
    before, change.status = change.status, status
    change.decided_at, change.decided_by, change.decision = clock.now(), actor.user, said
    change.save(update_fields=["status", "decided_at", "decided_by", "decision"])
    after = {"status": status, "amount": change.amount}
    audit.record(actor, verb, change, before={"status": before}, after=after, why=said)
