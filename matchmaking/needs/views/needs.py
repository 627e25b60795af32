"""A need from draft to award, as its merchant, a provider or a stranger sees it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matchmaking.cooperation.models import AgreementTemplate
from matchmaking.needs import forms, rules, selectors, services, states
from matchmaking.needs.models import Need, Proposal
from matchmaking.needs.ranking import CandidateList, Size, sizes_of
from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.web import render_page, submit, whole_number
from portal.parties.models import Party

PAGE = 20
PREVIEW = 6


@require_safe
def need_detail(request: PageRequest, pk: int) -> HttpResponse:
    """The merchant sees candidates and proposals; a provider its own answer; a stranger the brief's
    category, city and budget."""
    need = get_object_or_404(selectors.whole_needs(request.actor).visible_to(request.actor), pk=pk)
    if request.actor.speaks_for(need.merchant_id):
        return render_page(request, "needs/need_detail.html", own_context(request, need))
    return render_page(request, "needs/need_brief.html", brief_context(request, need))


def own_context(
    request: PageRequest,
    need: Need,
    days_form: forms.ExtensionForm | None = None,
    answer: tuple[int, forms.AnswerForm] | None = None,
) -> dict[str, Any]:
    candidates = CandidateList(need) if need.only_for_id is None else None
    proposals = selectors.proposals_of(need)
    standing = [p for p in proposals if p.status in states.STANDING]
    columns = _columns(request, standing)
    return {
        "need": need,
        "candidates": candidates,
        "rows": _rows(request, need, candidates, 0, PREVIEW) if candidates else [],
        "offers": columns,
        "has_concerns": any(column["concerns"] for column in columns),
        "cost_rows": selectors.compare_costs(need, standing),
        "waiting": [p for p in proposals if p.status in states.UNANSWERED],
        "ended": [p for p in proposals if p.status not in states.LIVE | states.STANDING],
        "cooperation_id": next((p.cooperation_id for p in proposals if p.cooperation_id), None),
        "templates": list(AgreementTemplate.objects.usable_by(request.actor)) if columns else [],
        "can_edit": rules.can_edit_need(request.actor, need),
        "can_publish": rules.can_publish_need(request.actor, need),
        "can_cancel": rules.can_cancel_need(request.actor, need),
        "can_save_template": rules.can_create_need(request.actor),
        "can_extend": rules.can_extend_need(request.actor, need),
        "can_reopen": rules.can_reopen_need(request.actor, need),
        "days_form": days_form or forms.DaysForm(initial=forms.days_ahead(need)),
        "questions": question_rows(request, need, answer),
        "trail": trail(need).select_related("user"),
    }


def question_rows(
    request: PageRequest, need: Need, answer: tuple[int, forms.AnswerForm] | None = None
) -> list[dict[str, Any]]:
    """Each question with whether it is the acting party's, and, to who may answer it, a form."""
    actor, (answering, bound) = request.actor, answer or (0, None)
    return [
        {
            "question": question,
            "is_own": actor.speaks_for(question.asker_id),
            "form": (
                bound if question.pk == answering else forms.AnswerForm(prefix=str(question.pk))
            )
            if rules.can_answer_question(actor, question)
            else None,
        }
        for question in selectors.questions_for(actor, need)
    ]


def _columns(request: PageRequest, standing: list[Proposal]) -> list[dict[str, Any]]:
    """Each proposal with what may be done about it."""
    actor = request.actor
    concerns = selectors.concerns_of(standing[0].need, standing) if standing else {}
    sizes = _sizes(standing)
    return [
        {
            "proposal": proposal,
            "concerns": _told(proposal, concerns),
            "delivers": selectors.delivery_words(proposal),
            "size": sizes.get(proposal.provider_id),
            "is_above": selectors.is_above_budget(proposal),
            "can_shortlist": rules.can_shortlist_proposal(actor, proposal),
            "can_accept": rules.can_accept_proposal(actor, proposal),
            "can_decline": rules.can_decide_proposal(actor, proposal),
        }
        for proposal in standing
    ]


def _sizes(standing: list[Proposal]) -> dict[int, Size]:
    if not standing:
        return {}
    return sizes_of(standing[0].need.seeks_kind, [p.provider_id for p in standing])


def _told(proposal: Proposal, concerns: dict[int, list[str]]) -> list[str]:
    """As they are now; as they were read, once it is accepted."""
    now = concerns[proposal.provider_id] if proposal.concerns is None else proposal.concerns
    return selectors.concern_words(now)


def brief_context(
    request: PageRequest, need: Need, question_form: forms.QuestionForm | None = None
) -> dict[str, Any]:
    own = need.proposals.filter(provider=request.actor.party_id).first()
    looks_after = rules.may_look_after(request.actor, need)
    return {
        "need": need,
        "proposal": own,
        "knows_name": need.knows_merchant or looks_after,
        "looks_after": looks_after,
        "pace": selectors.pace_of(need.merchant_id),
        "may_read": rules.may_read_brief(request.actor, need),
        "can_answer": rules.can_answer_need(request.actor, need),
        "fit": selectors.fit_before_writing(request.actor, need, own),
        "can_ask": rules.can_ask_question(request.actor, need),
        "question_form": question_form or forms.QuestionForm(),
        "questions": question_rows(request, need),
    }


@login_required
@require_safe
def need_candidates(request: PageRequest, pk: int) -> HttpResponse:
    """The whole order, page by page, with the reasons of each place."""
    need = own_need(request, pk)
    rules.can_see_candidates(request.actor, need).require()
    candidates = CandidateList(need)
    last = max(1, -(-len(candidates) // PAGE))
    number = min(max(whole_number(request.GET.get("page", "")), 1), last)
    start = (number - 1) * PAGE
    context = {
        "need": need,
        "candidates": candidates,
        "rows": _rows(request, need, candidates, start, start + PAGE),
        "number": number,
        "last": last,
    }
    return render_page(request, "needs/need_candidates.html", context, partial="candidates")


def _rows(
    request: PageRequest, need: Need, candidates: CandidateList, start: int, stop: int
) -> list[dict[str, Any]]:
    """Each candidate with where it stands and whether it can be invited now. Nobody blocked is
    among the candidates."""
    found = candidates.slice(start, stop)
    services.log_exposures(request.actor, need=need, candidates=found)
    known = selectors.status_by_provider(need, [c.provider for c in found])
    is_creator = need.seeks == states.Seeks.CREATOR
    brokered = rules.brokered_among([c.provider.pk for c in found]) if is_creator else set()
    return [
        {
            "candidate": c,
            "proposal": known.get(c.provider.pk),
            "can_invite": rules.can_invite_provider(
                request.actor,
                need,
                c.provider,
                blocked=False,
                is_brokered=c.provider.pk in brokered,
            ),
        }
        for c in found
    ]


@login_required
@require_POST
def need_invitation(request: PageRequest, pk: int) -> HttpResponse:
    need = own_need(request, pk)
    wanted = request.POST.get("provider", "")
    listed = Party.objects.filter(kind=need.seeks).listed()
    provider = get_object_or_404(listed, pk=whole_number(wanted))
    services.invite_provider(request.actor, need=need, provider=provider)
    messages.success(request, _("%(name)s was invited.") % {"name": provider.name})
    back = "need_candidates" if request.POST.get("back") == "list" else "need_detail"
    return redirect(back, pk=need.pk)


@login_required
@require_POST
def need_publication(request: PageRequest, pk: int) -> HttpResponse:
    need = services.publish_need(request.actor, need=own_need(request, pk))
    messages.success(request, _("Published. Invite the candidates you like."))
    return redirect(need)


@login_required
@require_POST
def need_cancellation(request: PageRequest, pk: int) -> HttpResponse:
    need = services.cancel_need(request.actor, need=own_need(request, pk))
    messages.success(request, _("Cancelled. All who answered were told."))
    return redirect(need)


@login_required
@require_POST
def need_extension(request: PageRequest, pk: int) -> HttpResponse:
    """Move the last day for proposals back."""
    need = _whole_own(request, pk)
    rules.can_extend_need(request.actor, need).require()
    form = forms.ExtensionForm(request.POST)
    done = submit(form, lambda: services.extend_need(request.actor, need=need, **form.cleaned_data))
    if done is None:
        return _with_form(request, need, form)
    messages.success(request, _("Moved. All who were invited or answered were told."))
    return redirect(done)


@login_required
@require_POST
def need_reopening(request: PageRequest, pk: int) -> HttpResponse:
    """Take a need up again that was cancelled or ran out."""
    need = _whole_own(request, pk)
    rules.can_reopen_need(request.actor, need).require()
    form = forms.DaysForm(request.POST)
    done = submit(form, lambda: services.reopen_need(request.actor, need=need, **form.cleaned_data))
    if done is None:
        return _with_form(request, need, form)
    messages.success(request, _("Opened again."))
    return redirect(done)


def _with_form(request: PageRequest, need: Need, form: forms.ExtensionForm) -> HttpResponse:
    context = own_context(request, need, form)
    return render_page(request, "needs/need_detail.html", context)


def _whole_own(request: PageRequest, pk: int) -> Need:
    return get_object_or_404(selectors.whole_needs(request.actor).owned_by(request.actor), pk=pk)


def own_need(request: PageRequest, pk: int) -> Need:
    """The acting party's need; who asks is at hand already."""
    need = get_object_or_404(Need.objects.owned_by(request.actor), pk=pk)
    need.merchant = cast("Party", request.actor.party)
    return need
