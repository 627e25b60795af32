"""Offers and counter-offers, on the proposal's own page; and why bids were lost."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matchmaking.needs import forms, rules, selectors, services
from matchmaking.needs.views.proposals import fetch_proposal, proposal_page
from portal.core.http import PageRequest
from portal.core.web import render_page, submit, whole_number


@login_required
@require_POST
def proposal_offer(request: PageRequest, pk: int) -> HttpResponse:
    """Other terms, in answer to the version the page showed."""
    proposal = fetch_proposal(request, pk)
    rules.can_counter_offer(request.actor, proposal).require()
    form = forms.OfferForm(proposal.need, request.POST)
    done = submit(
        form,
        lambda: services.counter_offer(
            request.actor,
            proposal=proposal,
            fields=form.offer_fields(),
            version=form.cleaned_data["version"],
        ),
    )
    if done is None:
        return proposal_page(request, proposal, offer_form=form)
    messages.success(request, _("Offered. The other side has been told."))
    return redirect(proposal)


@login_required
@require_POST
def proposal_agreement(request: PageRequest, pk: int) -> HttpResponse:
    """Take over the merchant's terms."""
    proposal = fetch_proposal(request, pk)
    seen = whole_number(request.POST.get("version", ""))
    services.agree_offer(request.actor, proposal=proposal, version=seen)
    messages.success(request, _("Agreed. The merchant decides now."))
    return redirect(proposal)


@login_required
@require_safe
def loss_report(request: PageRequest) -> HttpResponse:
    """Why bids of the acting party's needs, or of its own, ended without an award."""
    rules.can_see_losses(request.actor).require()
    context = {"report": selectors.losses_for(request.actor)}
    return render_page(request, "needs/loss_report.html", context)
