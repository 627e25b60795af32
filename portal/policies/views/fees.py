"""What the platform takes, for everybody; and for operators the rates that wait for a second
person."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core import clock
from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from portal.policies import rules, services
from portal.policies.fees import offers_on
from portal.policies.forms import DayForm, FeeForm
from portal.policies.models import FeeProposal, FeeRate

SHOWN = 100  # proposals


@require_safe
def fee_list(request: PageRequest) -> HttpResponse:
    """What the platform takes, as of a day, and every rate that ever held."""
    form = DayForm(request.GET)
    day = (form.cleaned_data["on"] if form.is_valid() else None) or clock.today()
    rates = list(FeeRate.objects.select_related("category").order_by("fee", "starts_on", "pk"))
    context = {
        "form": form,
        "day": day,
        "today": clock.today(),
        "offers": offers_on(day, rates),
        "history": rates[::-1],
        "can_see_proposals": rules.can_see_fee_proposals(request.actor),
    }
    return render_page(request, "policies/fee_list.html", context)


@login_required
@require_safe
def fee_proposal_list(request: PageRequest) -> HttpResponse:
    """Those that wait, then those that were decided."""
    actor = request.actor
    rules.can_see_fee_proposals(actor).require()
    rows = FeeProposal.objects.select_related("category", "proposed_by", "decided_by")
    proposals = [
        (
            proposal,
            rules.can_approve_fee(actor, proposal),
            rules.can_refuse_fee(actor, proposal),
        )
        for proposal in rows[:SHOWN]
    ]
    context = {
        "waiting": [one for one in proposals if one[0].is_waiting],
        "decided": [proposal for proposal, *_may in proposals if not proposal.is_waiting],
        "can_propose": rules.can_propose_fee(actor),
    }
    return render_page(request, "policies/fee_proposal_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def fee_proposal_create(request: PageRequest) -> HttpResponse:
    actor = request.actor
    rules.can_propose_fee(actor).require()
    form = FeeForm(request.POST if request.method == "POST" else None)
    if submit(form, lambda: services.propose_fee(actor, fields=form.fee_fields())) is not None:
        messages.success(request, _("Proposed. It waits for a second person."))
        return redirect("fee_proposal_list")
    context = {"form": form, "title": _("Propose a rate"), "name": _("Proposed rates")}
    context["back"] = reverse("fee_proposal_list")
    return render_page(request, "core/form_page.html", context)


@login_required
@require_POST
def fee_proposal_approval(request: PageRequest, pk: int) -> HttpResponse:
    services.approve_fee(request.actor, proposal=_seen(request, pk))
    messages.success(request, _("Announced."))
    return redirect("fee_proposal_list")


@login_required
@require_POST
def fee_proposal_refusal(request: PageRequest, pk: int) -> HttpResponse:
    services.refuse_fee(request.actor, proposal=_seen(request, pk))
    messages.success(request, _("Refused. Nothing changes."))
    return redirect("fee_proposal_list")


def _seen(request: PageRequest, pk: int) -> FeeProposal:
    rules.can_see_fee_proposals(request.actor).require()
    return get_object_or_404(FeeProposal, pk=pk)
