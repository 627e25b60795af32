"""A party's improvement plans."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.web import keyset_page, render_page, submit
from portal.evaluation import rules, selectors, services
from portal.evaluation.forms import HandInForm, PlanForm, ReturnForm, initial_of_plan
from portal.evaluation.models import Plan, PlanItem


@login_required
@require_safe
def plan_list(request: PageRequest) -> HttpResponse:
    party = rules.rated_party(request.actor)
    mine = selectors.counted_plans(Plan.objects.visible_to(request.actor).filter(party=party))
    context = {
        "page": keyset_page(mine, request.GET.get("cursor", ""), field="created_at"),
        "can_draft": rules.can_draft_plan(request.actor, party),
    }
    return render_page(request, "evaluation/plan_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def plan_create(request: PageRequest) -> HttpResponse:
    """`?indicator=` fills the first row, from one of the three best steps."""
    party = rules.rated_party(request.actor)
    rules.can_draft_plan(request.actor, party).require()
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        choices=selectors.indicators_now(selectors.METHOD_OF[party.kind]),
        initial={"indicator_0": request.GET.get("indicator", "")},
    )
    plan = submit(
        form,
        lambda: services.draft_plan(request.actor, party=party, fields=form.plan_fields()),
    )
    if plan is not None:
        messages.success(request, _("Drafted. Sign it, and the platform is asked to sign, too."))
        return redirect(plan)
    return render_page(request, "evaluation/plan_edit.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def plan_edit(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    plan = _mine(request, pk)
    rules.can_edit_plan(request.actor, plan).require()
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        choices=selectors.indicators_now(selectors.METHOD_OF[plan.party.kind]),
        rows=plan.items.count() + 1,
        initial=initial_of_plan(plan),
    )
    edited = submit(
        form, lambda: services.edit_plan(request.actor, plan=plan, fields=form.plan_fields())
    )
    if edited is not None:
        messages.success(request, _("Saved."))
        return redirect(plan)
    return render_page(request, "evaluation/plan_edit.html", {"form": form, "plan": plan})


@login_required
@require_safe
def plan_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return _detail(request, _mine(request, pk))


@login_required
@require_POST
def plan_signature(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return _step(request, pk, services.sign_plan, _("Signed."))


@login_required
@require_POST
def plan_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return _step(request, pk, services.withdraw_plan, _("Withdrawn."))


@login_required
@require_POST
def plan_return(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    plan, form = _mine(request, pk), ReturnForm(request.POST)
    done = submit(
        form,
        lambda: services.return_plan(request.actor, plan=plan, why=form.cleaned_data["why"]),
    )
    if done is None:
        return _detail(request, plan, returning=form)
    messages.success(request, _("Handed back."))
    return redirect(plan)


@login_required
@require_POST
def plan_item_report(request: PageRequest, pk: uuid.UUID, item_pk: uuid.UUID) -> HttpResponse:
    """Say that an item is done."""
    plan = _mine(request, pk)
    item = get_object_or_404(PlanItem.objects.select_related("plan__party"), pk=item_pk, plan=plan)
    form = HandInForm(request.POST, request.FILES)
    done = submit(
        form,
        lambda: services.hand_in_item(
            request.actor, item=item, report=form.cleaned_data["report"], evidence=form.papers
        ),
    )
    if done is None:
        return _detail(request, plan, handing={item.pk: form})
    messages.success(request, _("Handed in; an operator checks it. The day of today counts."))
    return redirect(plan)


def _detail(
    request: PageRequest,
    plan: Plan,
    *,
    returning: ReturnForm | None = None,
    handing: dict[uuid.UUID, HandInForm] | None = None,
) -> HttpResponse:
    items = list(plan.items.select_related("remedy", "plan__party").prefetch_related("evidence"))
    context = {
        "plan": plan,
        "rows": [
            {
                "item": item,
                "can_hand_in": rules.can_hand_in_item(request.actor, item),
                "form": (handing or {}).get(item.pk) or HandInForm(prefix=None),
            }
            for item in items
        ],
        "can_edit": rules.can_edit_plan(request.actor, plan),
        "can_sign": rules.can_sign_plan(request.actor, plan),
        "can_return": rules.can_return_plan(request.actor, plan),
        "can_withdraw": rules.can_withdraw_plan(request.actor, plan),
        "can_read": rules.can_read_plan_evidence(request.actor, plan),
        "returning": returning or ReturnForm(),
        "trail": trail(plan).select_related("user"),
    }
    return render_page(request, "evaluation/plan_detail.html", context)


def _step(
    request: PageRequest, pk: uuid.UUID, service: Callable[..., Plan], said: str
) -> HttpResponse:
    plan = service(request.actor, plan=_mine(request, pk))
    messages.success(request, said)
    return redirect(plan)


def _mine(request: PageRequest, pk: uuid.UUID) -> Plan:
    mine = Plan.objects.visible_to(request.actor).filter(party=request.actor.party_id)
    related = ("party", "party_signed_by", "platform_signed_by")
    return get_object_or_404(mine.select_related(*related), pk=pk)
