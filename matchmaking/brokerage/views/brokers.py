"""The operators' steps of an introduction, and what waits for them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matchmaking.brokerage import forms, rules, selectors, services
from matchmaking.brokerage.views.introductions import found, shown
from portal.core.http import PageRequest
from portal.core.web import keyset_page, render_page, submit

VIEWS = ("waiting", "mine", "all")
FIRST = 50
STEPS = {"take": services.take_introduction, "offer": services.offer_introduction}


@login_required
@require_safe
def broker_list(request: PageRequest) -> HttpResponse:
    """What waits for an operator, the longest waiting first; one's own; everything."""
    rules.can_broker(request.actor).require()
    view = request.GET.get("view", "waiting")
    view = view if view in VIEWS else "waiting"
    every = selectors.whole_introductions()
    page = keyset_page(every, request.GET.get("cursor", "")) if view == "all" else None
    waiting = every.waiting()
    own = waiting.filter(broker=request.actor.user) if view == "mine" else waiting
    context = {
        "view": view,
        "views": VIEWS,
        "page": page,
        "rows": page.rows if page else list(own[:FIRST]),
        "figures": selectors.introduction_figures(),
    }
    return render_page(request, "brokerage/broker_list.html", context, partial="broker-list")


@login_required
@require_POST
def introduction_step(request: PageRequest, public_id: UUID) -> HttpResponse:
    """Take it, or put it to the creator."""
    row = found(request, public_id)
    rules.can_broker(request.actor).require()
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        return shown(request, row)
    step(request.actor, introduction=row)
    messages.success(request, _("Kept."))
    return redirect(row)


@login_required
@require_POST
def introduction_refusal(request: PageRequest, public_id: UUID) -> HttpResponse:
    row = found(request, public_id)
    rules.can_broker(request.actor).require()
    form = forms.ReasonForm(request.POST)
    done = submit(
        form,
        lambda: services.refuse_introduction(request.actor, introduction=row, **form.cleaned_data),
    )
    return redirect(done) if done else shown(request, row, reason_form=form)


@login_required
@require_POST
def introduction_contract(request: PageRequest, public_id: UUID) -> HttpResponse:
    row = found(request, public_id)
    rules.can_broker(request.actor).require()
    form = forms.ContractForm(request.POST, request.FILES)
    done = submit(
        form,
        lambda: services.sign_introduction(request.actor, introduction=row, **form.signed()),
    )
    return redirect(done) if done else shown(request, row, contract_form=form)


@login_required
@require_POST
def introduction_outcome(request: PageRequest, public_id: UUID) -> HttpResponse:
    row = found(request, public_id)
    rules.can_broker(request.actor).require()
    form = forms.OutcomeForm(request.POST)
    done = submit(
        form,
        lambda: services.end_introduction(request.actor, introduction=row, outcome=form.outcome()),
    )
    return redirect(done) if done else shown(request, row, outcome_form=form)
