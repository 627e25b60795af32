"""What a party has claimed and won: under way, handed in, objected to; cash and coupons."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page, submit
from portal.ledger.rules import can_see_money
from portal.parties.models import Party
from portal.rewards import rules, selectors, services
from portal.rewards.forms import AppealForm, RevocationForm, SubmissionForm, VerdictForm
from portal.rewards.models import Claim, ClaimAppeal, Coupon
from portal.rewards.states import RUNNING, WAITING, ClaimStatus
from portal.rewards.tables import OWN_CLAIMS, OWN_COUPONS

MOST_RUNNING, MOST_RECORDS = 50, 30
UNDER_WAY = RUNNING | WAITING
AGAIN = frozenset({ClaimStatus.EXPIRED, ClaimStatus.WITHDRAWN, ClaimStatus.FAILED})


@login_required
@require_safe
def task_mine(request: PageRequest) -> HttpResponse:
    """What runs, with the next step; and everything else."""
    party = _own(request)
    running = (
        Claim.objects.filter(party=party, status__in=UNDER_WAY).whole().order_by("kept_until", "pk")
    )
    context = {
        "running": selectors.ways_of(list(running[:MOST_RUNNING])),
        "table": read_table(request, OWN_CLAIMS),
    }
    return render_page(request, "rewards/task_mine.html", context, partial="table")


@login_required
@require_safe
def task_rewards(request: PageRequest) -> HttpResponse:
    """Cash and coupons side by side, never added."""
    party = _own(request)
    context = {
        "cash": selectors.cash_of(party),
        "coupons": selectors.coupons_of(party),
        "can_see_money": can_see_money(request.actor),
        "table": read_table(request, OWN_COUPONS),
    }
    return render_page(request, "rewards/task_rewards.html", context, partial="table")


@login_required
@require_safe
def coupon_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    rows = Coupon.objects.visible_to(request.actor).select_related("kind", "claim__task", "party")
    coupon = get_object_or_404(rows, pk=pk)
    context = {"coupon": coupon, "trace": selectors.trace_of(coupon)}
    return render_page(request, "rewards/coupon_detail.html", context)


@login_required
@require_safe
def task_claim_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return show_claim(request, fetch_claim(request, pk))


def show_claim(request: PageRequest, claim: Claim, **forms: Any) -> HttpResponse:
    """With the forms of what this person may do now."""
    actor, task = request.actor, claim.task
    is_own = actor.speaks_for(claim.party_id)
    can_decide, can_revoke = (
        rules.can_pass_claim(actor, claim),
        rules.can_revoke_claim(actor, claim),
    )
    looks = rules.can_see_claims(actor)
    context = {
        "claim": claim,
        "task": task,
        "is_own": is_own,
        "facts": claim.party.name,
        "way": selectors.way_of(claim),
        "steps": selectors.steps_of(claim),
        "counting": selectors.counting_of(task),
        "due": claim.due_at if claim.is_running else None,
        "reward": selectors.reward_shown(task),
        "reward_note": selectors.note_of_reward(claim),
        "coupon": Coupon.objects.filter(claim=claim).first(),
        "revocation": claim.revocations.filter(lifted_at=None).first(),
        "records": selectors.records_of(claim, MOST_RECORDS),
        "signs": selectors.signs_of(claim) if looks else [],
        "can_submit": rules.can_submit_claim(actor, claim) if is_own else None,
        "can_withdraw": rules.can_withdraw_claim(actor, claim),
        "can_take_up": rules.can_take_up_claim(actor, claim),
        "submit_form": forms.get("submit") or SubmissionForm(),
        "decide_form": (forms.get("decide") or VerdictForm()) if can_decide else None,
        "revoke_form": (forms.get("revoke") or RevocationForm()) if can_revoke else None,
        "can_appeal": rules.can_appeal_claim(actor, claim),
        "can_again": claim.status in AGAIN
        and is_own
        and rules.can_claim_task(actor, task, claim.party),
        "appeal_until": rules.appeal_until(claim),
        "appeals": claim.appeals.order_by("filed_at"),
        "trail": trail(claim).select_related("user"),
    }
    status = 422 if forms else 200
    return render_page(request, "rewards/task_claim_detail.html", context, status=status)


@login_required
@require_POST
def task_claim_submission(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    claim = fetch_claim(request, pk)
    form = SubmissionForm(request.POST)
    done = submit(
        form,
        lambda: services.submit_claim(request.actor, claim=claim, note=form.cleaned_data["note"]),
    )
    if done is None:
        return show_claim(request, claim, submit=form)
    messages.success(request, _("Handed in. You are told once it is verified."))
    return redirect(claim)


@login_required
@require_POST
def task_claim_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    claim = services.withdraw_claim(request.actor, claim=fetch_claim(request, pk))
    messages.success(request, _("Given up. The reward is free for others."))
    return redirect(claim.task)


@login_required
@require_http_methods(["GET", "POST"])
def task_appeal_create(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    claim = fetch_claim(request, pk)
    rules.can_appeal_claim(request.actor, claim).require()
    is_sent = request.method == "POST"
    form = AppealForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    made = submit(
        form,
        lambda: services.appeal_claim(
            request.actor, claim=claim, text=form.cleaned_data["text"], evidence=form.papers()
        ),
    )
    if made is not None:
        messages.success(request, _("Handed in. Somebody who took no part decides."))
        return redirect("task_appeal_detail", pk=made.pk)
    context = {"claim": claim, "form": form, "until": rules.appeal_until(claim)}
    return render_page(request, "rewards/task_appeal_create.html", context)


@login_required
@require_POST
def task_appeal_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    appeal = fetch_appeal(request, pk)
    services.withdraw_appeal(request.actor, appeal=appeal)
    messages.success(request, _("Withdrawn. The decision stands."))
    return redirect("task_appeal_detail", pk=appeal.pk)


def fetch_claim(request: PageRequest, pk: uuid.UUID) -> Claim:
    return get_object_or_404(Claim.objects.visible_to(request.actor).whole(), pk=pk)


def fetch_appeal(request: PageRequest, pk: uuid.UUID) -> ClaimAppeal:
    rows = ClaimAppeal.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("claim__task", "claim__party"), pk=pk)


def _own(request: PageRequest) -> Party:
    """Whoever speaks for nobody has no such page."""
    if request.actor.party is None:
        raise Http404
    return request.actor.party
