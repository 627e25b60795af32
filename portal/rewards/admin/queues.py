"""What waits for operators of tasks and for finance: claims, objections, budgets."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.operators import Queue, register_queue, waiting_since
from portal.rewards.models import BudgetChange, Claim, ClaimAppeal
from portal.rewards.states import BudgetStatus


@register_queue
def claims_to_verify(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("rewards.verify_claim"):
        return None
    return Queue(
        title=_("Claims of tasks to verify"),
        url=reverse("task_claim_register") + "?status=to_verify",
        **waiting_since(Claim.objects.to_verify(), "submitted_at"),
    )


@register_queue
def claim_appeals(request: HttpRequest) -> Queue | None:
    """Those this person may decide: not what they decided first."""
    if not request.user.has_perm("rewards.decide_claimappeal"):
        return None
    waiting = ClaimAppeal.objects.waiting().exclude(first=request.user.pk)
    return Queue(
        title=_("Objections to results of tasks"),
        url=reverse("task_claim_register"),
        **waiting_since(waiting, "filed_at", due="due_on"),
    )


@register_queue
def reward_budgets(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("rewards.approve_budgetchange"):
        return None
    waiting = BudgetChange.objects.filter(status=BudgetStatus.PROPOSED)
    return Queue(
        title=_("Budgets of rewards to approve"),
        url=reverse("season_list"),
        **waiting_since(waiting.exclude(proposed_by=request.user.pk), "proposed_at"),
    )
