"""A proposal from invitation to its end, as both sides see it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking.cooperation.models import AgreementTemplate
from matchmaking.cooperation.views import usable_template
from matchmaking.needs import forms, rules, selectors, services, states
from matchmaking.needs.models import Proposal, ProposalDraft
from matchmaking.needs.states import LossReason
from portal.core.audit import trail
from portal.core.drafts.forms import initial_of_typed
from portal.core.drafts.views import read_draft
from portal.core.http import PageRequest
from portal.core.web import render_page, submit, whole_number


@login_required
@require_http_methods(["GET", "POST"])
def proposal_edit(request: PageRequest, pk: int) -> HttpResponse:
    """The acting provider's answer to need `pk`: keep it as a draft, or submit it."""
    need = get_object_or_404(selectors.whole_needs(request.actor).visible_to(request.actor), pk=pk)
    rules.can_answer_need(request.actor, need).require()
    own = need.proposals.filter(provider=request.actor.party_id).first()
    if own is not None:
        rules.can_submit_proposal(request.actor, own).require()
    typed = ProposalDraft.objects.owned_by(request.actor).filter(need=need)
    draft = typed.select_related("kept_by", "need").first()
    form = forms.ProposalForm(
        need,
        request.POST if request.method == "POST" else None,
        initial=initial_of_typed(forms.ProposalForm, draft.values)
        if draft
        else forms.initial_of_proposal(own, need),
    )
    draft_id, seen = read_draft(request, draft)
    is_draft = request.POST.get("keep") == "1"
    save = services.draft_proposal if is_draft else services.submit_proposal
    proposal = submit(
        form,
        lambda: save(
            request.actor,
            need=need,
            fields=form.proposal_fields(),
            draft_id=draft_id,
            draft_seen=seen,
        ),
    )
    if proposal is not None:
        sentence = _("Draft saved.") if is_draft else _("Submitted. The merchant has been told.")
        messages.success(request, sentence)
        return redirect(proposal)
    fit = selectors.fit_before_writing(request.actor, need, own)
    context = {
        "form": form,
        "need": need,
        "proposal": own,
        "fit": fit,
        "draft": draft,
        "draft_id": draft_id,
        "draft_seen": seen,
    }
    return render_page(request, "needs/proposal_edit.html", context)


@login_required
@require_safe
def proposal_detail(request: PageRequest, pk: int) -> HttpResponse:
    proposal = fetch_proposal(request, pk)
    return proposal_page(request, proposal)


@login_required
@require_POST
def proposal_shortlist(request: PageRequest, pk: int) -> HttpResponse:
    proposal = services.shortlist_proposal(request.actor, proposal=fetch_proposal(request, pk))
    messages.success(request, _("On the shortlist."))
    return redirect(proposal.need)


@login_required
@require_POST
def proposal_acceptance(request: PageRequest, pk: int) -> HttpResponse:
    seen = whole_number(request.POST.get("version", ""))
    chosen = request.POST.get("template", "")
    cooperation = services.accept_proposal(
        request.actor,
        proposal=fetch_proposal(request, pk),
        version=seen,
        template=usable_template(request, chosen) if chosen else None,
    )
    messages.success(request, _("Agreed. The cooperation has begun and both sides were told."))
    return redirect(cooperation)


@login_required
@require_POST
def proposal_refusal(request: PageRequest, pk: int) -> HttpResponse:
    proposal = fetch_proposal(request, pk)
    rules.can_decide_proposal(request.actor, proposal).require()
    form = _refusal_form(request)
    done = submit(
        form,
        lambda: services.decline_proposal(
            request.actor,
            proposal=proposal,
            reason=LossReason(form.cleaned_data["reason"]),
            note=form.cleaned_data["note"],
        ),
    )
    if done is None:
        return proposal_page(request, proposal, refusal=form)
    messages.success(request, _("Declined. The other side reads your reason."))
    return redirect(done.need)


@login_required
@require_POST
def proposal_withdrawal(request: PageRequest, pk: int) -> HttpResponse:
    proposal = fetch_proposal(request, pk)
    rules.can_withdraw_proposal(request.actor, proposal).require()
    form = _withdrawal_form(request)
    done = submit(
        form,
        lambda: services.withdraw_proposal(
            request.actor,
            proposal=proposal,
            reason=LossReason(form.cleaned_data["reason"]),
            note=form.cleaned_data["note"],
        ),
    )
    if done is None:
        return proposal_page(request, proposal, withdrawal=form)
    messages.success(request, _("You stepped back. The merchant reads your reason."))
    return redirect(done)


def fetch_proposal(request: PageRequest, pk: int) -> Proposal:
    seen = Proposal.objects.visible_to(request.actor).select_related(
        "need__merchant__city", "need__city", "provider__city", "cooperation"
    )
    return get_object_or_404(seen.prefetch_related("need__services", "need__categories"), pk=pk)


def _offer_form(proposal: Proposal) -> forms.OfferForm:
    return forms.OfferForm(proposal.need, initial=forms.initial_of_offer(proposal))


def _refusal_form(request: PageRequest | None) -> forms.ReasonForm:
    return forms.ReasonForm(states.DECLINE_REASONS, request.POST if request else None)


def _withdrawal_form(request: PageRequest | None) -> forms.ReasonForm:
    return forms.ReasonForm(states.WITHDRAW_REASONS, request.POST if request else None)


def proposal_page(
    request: PageRequest,
    proposal: Proposal,
    *,
    refusal: forms.ReasonForm | None = None,
    withdrawal: forms.ReasonForm | None = None,
    offer_form: forms.OfferForm | None = None,
) -> HttpResponse:
    actor = request.actor
    context = {
        "proposal": selectors.as_seen_by(actor, proposal),
        "delivers": selectors.delivery_words(selectors.as_seen_by(actor, proposal)),
        "rounds": selectors.rounds_of(actor, proposal),
        "standing": selectors.standing_in_words(proposal),
        "offer_form": offer_form or _offer_form(proposal),
        "concerns": selectors.concern_words(selectors.concerns_told(actor, proposal)),
        "can_talk": rules.can_read_talks(actor, proposal),
        "talks": proposal.talks.standing().order_by("kind"),
        "can_write": rules.can_read_messages(actor, proposal),
        "can_counter": rules.can_counter_offer(actor, proposal),
        "can_agree": rules.can_agree_offer(actor, proposal),
        "need": proposal.need,
        "is_merchant": request.actor.speaks_for(proposal.need.merchant_id),
        "knows_name": proposal.tells_merchant,
        "may_read": rules.may_read_brief(request.actor, proposal.need),
        "cost_rows": selectors.compare_costs(proposal.need, [proposal]),
        "refusal": refusal or _refusal_form(None),
        "withdrawal": withdrawal or _withdrawal_form(None),
        "can_submit": rules.can_submit_proposal(request.actor, proposal),
        "can_shortlist": rules.can_shortlist_proposal(request.actor, proposal),
        "can_accept": rules.can_accept_proposal(request.actor, proposal),
        "templates": AgreementTemplate.objects.usable_by(request.actor),
        "can_decline": rules.can_decide_proposal(request.actor, proposal),
        "can_withdraw": rules.can_withdraw_proposal(request.actor, proposal),
        "trail": trail(proposal).select_related("user"),
    }
    return render_page(request, "needs/proposal_detail.html", context)
