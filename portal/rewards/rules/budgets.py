"""Who changes a budget: one person says how much, another agrees."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, forbidden
from portal.rewards.models import BudgetChange, Pool
from portal.rewards.states import BudgetStatus

MOST = 10**12
TOO_LITTLE = _("More than that is put aside or granted already; the budget cannot be below it.")


def can_see_pools(actor: Actor) -> Verdict:
    if actor.has_perm("rewards.view_pool"):
        return ALLOWED
    return forbidden(_("Only operators of tasks and finance people see the pools."))


def can_propose_budget(actor: Actor) -> Verdict:
    if actor.has_perm("rewards.propose_budgetchange"):
        return ALLOWED
    return forbidden(_("Only those who propose budgets of rewards may do this."))


def can_approve_budget(actor: Actor, change: BudgetChange) -> Verdict:
    if not (verdict := can_refuse_budget(actor, change)):
        return verdict
    if change.proposed_by_id is not None and change.proposed_by_id == actor.user_id:
        return forbidden(_("Who proposed a budget does not approve it; a second person must."))
    return ALLOWED


def can_refuse_budget(actor: Actor, change: BudgetChange) -> Verdict:
    if not actor.has_perm("rewards.approve_budgetchange"):
        return forbidden(_("Only finance people who check payments decide about budgets."))
    if change.status != BudgetStatus.PROPOSED:
        return conflict(_("This was decided already."))
    return ALLOWED


def flaws_of_change(pool: Pool, amount: int, reason: str) -> Iterator[Flaw]:
    if amount == 0 or abs(amount) > MOST:
        yield Flaw("amount", _("Say how much more, or below zero how much less."))
    elif pool.free + amount < 0:
        yield Flaw("amount", TOO_LITTLE)
    if not reason.strip():
        yield Flaw("reason", _("Say why; your colleagues read it."))
    elif len(reason.strip()) > 300:
        yield Flaw("reason", _("At most 300 characters."))
