"""What is pressed on the pages of a need and of a proposal; a form with a fault gets its page."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking.choosing import forms, rules, selectors, services
from matchmaking.needs.models import Need, Proposal
from matchmaking.needs.selectors import whole_needs
from portal.core.documents import pdf_file, render_pdf
from portal.core.http import PageRequest
from portal.core.web import render_page, submit


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def need_confidential(request: PageRequest, pk: int) -> HttpResponse:
    """The merchant writes it."""
    rows = Need.objects.owned_by(request.actor).select_related("merchant")
    need = get_object_or_404(rows, pk=pk)
    rules.can_write_confidential(request.actor, need).require()
    brief = rules.brief_of(need)
    initial = {"text": brief.text if brief else ""}
    form = forms.ConfidentialForm(request.POST or None, initial=initial)
    if request.method == "POST":
        done = submit(
            form,
            lambda: services.write_confidential(
                request.actor, need=need, text=form.cleaned_data["text"]
            ),
        )
        if done is not None:
            messages.success(request, _("Kept. Bidders on the shortlist may open it."))
            return redirect(need)
    context = {"need": need, "form": form, "brief": brief}
    return render_page(request, "choosing/need_confidential.html", context)


@login_required
@require_safe
def need_comparison(request: PageRequest, pk: int) -> HttpResponse:
    """The comparison as a PDF, in the reader's language; for whoever sees it on the page."""
    need = get_object_or_404(whole_needs(request.actor).owned_by(request.actor), pk=pk)
    rules.can_compare_proposals(request.actor, need).require()
    data = selectors.comparison_of(request.actor, need)
    return pdf_file(render_pdf("needs/comparison.typ", data), f"{need.number}-comparison")


@login_required
@require_POST
def proposal_confidential(request: PageRequest, pk: int) -> HttpResponse:
    """The bidder promises to keep it to itself."""
    proposal = _proposal(request, pk)
    services.open_confidential(request.actor, proposal=proposal)
    messages.success(request, _("Agreed. Keep it to yourselves."))
    return redirect(f"{proposal.get_absolute_url()}#confidential")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_opinion(request: PageRequest, pk: int) -> HttpResponse:
    """What a colleague of the merchant thinks, and what the others do."""
    proposal = _proposal(request, pk)
    rules.can_give_opinion(request.actor, proposal).require()
    opinions = list(selectors.opinions_of(proposal))
    own = next((one for one in opinions if one.person_id == request.actor.user_id), None)
    form = forms.OpinionForm(request.POST or None, initial=forms.initial_of_opinion(own))
    if request.method == "POST":
        done = submit(
            form,
            lambda: services.give_opinion(request.actor, proposal=proposal, fields=form.opinion()),
        )
        if done is not None:
            messages.success(request, _("Kept. Your colleagues see it, the bidder does not."))
            return redirect(proposal)
    context = {"proposal": proposal, "form": form, "opinions": opinions}
    return render_page(request, "choosing/proposal_opinion.html", context)


def _proposal(request: PageRequest, pk: int) -> Proposal:
    seen = Proposal.objects.visible_to(request.actor)
    return get_object_or_404(seen.select_related("need__merchant", "provider"), pk=pk)
