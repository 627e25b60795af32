"""An application with all there is to it: its score and the rows behind it, the documents, the
verdicts for who may read them; and what operators do with it, alone and side by side."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import ordered_page, render_page, submit
from portal.evaluation.engine import inputs_csv
from portal.tiers import rules, scoring, selectors, services
from portal.tiers.certification_tables import APPLICANTS
from portal.tiers.forms import (
    CheckForm,
    MarkEndForm,
    ObjectionAnswerForm,
    ObjectionForm,
    ReviewForm,
)
from portal.tiers.models import (
    CertificationAppeal,
    CertificationApplication,
    CertificationCreator,
    CertificationMark,
    CertificationRound,
)
from portal.tiers.views.certification_ours import own_certification


@login_required
@require_safe
def certification_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return _detail(request, own_certification(request, pk))


def _detail(
    request: PageRequest, application: CertificationApplication, **forms: Any
) -> HttpResponse:
    """With the forms of what this person may do now."""
    actor = request.actor
    creators = CertificationCreator.objects.filter(application=application)
    shown = rules.can_see_verdicts(actor, application)
    mark = CertificationMark.objects.whole().filter(application=application).first()
    context = {
        "application": application,
        "round": application.round,
        "party": application.party,
        "is_own": actor.speaks_for(application.party_id),
        "steps": selectors.certification_steps(application),
        "parts": scoring.parts_of(application) if application.is_scored else [],
        "is_as_kept": application.is_scored and scoring.is_as_kept(application),
        "page": ordered_page(
            creators.select_related("creator"),
            request.GET.get("cursor", ""),
            field="net_fen",
            ascending=False,
        ),
        "papers": application.papers.select_related("file").order_by("added_at"),
        "can_read": rules.can_read_certification_paper(actor, application.party),
        "reviews": application.reviews.select_related("reviewer").order_by("place")
        if shown
        else [],
        "verdicts_shown": shown,
        "given": application.reviews.count(),
        "can_edit": rules.can_edit_certification(actor, application),
        "can_withdraw": rules.can_withdraw_certification(actor, application),
        "can_check": rules.can_check_certification(actor, application),
        "can_review": rules.can_review_certification(actor, application),
        "can_object": rules.can_object_to_refusal(actor, application),
        "objections_until": rules.objections_until(application),
        "appeals": CertificationAppeal.objects.filter(application=application).order_by("filed_at"),
        "mark": mark,
        "can_take_back": mark and rules.can_take_back_mark(actor, mark),
        "trail": trail(application).select_related("user"),
    }
    context["check_form"] = forms.get("check") or CheckForm(of=application)
    context["review_form"] = forms.get("review") or ReviewForm()
    context["end_form"] = forms.get("end") or MarkEndForm()
    status = 422 if forms else 200
    return render_page(
        request, "tiers/certification_detail.html", context, partial="creators", status=status
    )


@login_required
@require_safe
def certification_inputs(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """The file of `manage.py evaluate` that makes this score again."""
    application = own_certification(request, pk)
    text = inputs_csv(application.indicators)["indicators.csv"] if application.is_scored else ""
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="indicators.csv"'
    return answer


@login_required
@require_POST
def certification_check(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    application = own_certification(request, pk)
    rules.can_check_certification(request.actor, application).require()
    form = CheckForm(request.POST, of=application)
    done = submit(
        form,
        lambda: services.check_certification(
            request.actor, application=application, fields=form.check_fields()
        ),
    )
    if done is None:
        return _detail(request, application, check=form)
    messages.success(request, _("Done. The agency is told."))
    return redirect(application)


@login_required
@require_POST
def certification_review(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    application = own_certification(request, pk)
    rules.can_review_certification(request.actor, application).require()
    form = ReviewForm(request.POST)
    done = submit(
        form,
        lambda: services.review_certification(
            request.actor, application=application, fields=form.review_fields()
        ),
    )
    if done is None:
        return _detail(request, application, review=form)
    messages.success(request, _("Your verdict is kept."))
    return redirect(application)


@login_required
@require_POST
def certification_end(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a mark back; its place goes to the next in line."""
    application = own_certification(request, pk)
    mark = get_object_or_404(CertificationMark.objects.whole(), application=application)
    rules.can_take_back_mark(request.actor, mark).require()
    form = MarkEndForm(request.POST)
    done = submit(
        form,
        lambda: services.take_back_mark(
            request.actor, mark=mark, reason=form.cleaned_data["reason"]
        ),
    )
    if done is None:
        return _detail(request, application, end=form)
    messages.success(request, _("Taken back. The place goes to the next in line."))
    return redirect(application)


@login_required
@require_safe
def certification_desk(request: PageRequest) -> HttpResponse:
    """Applicants side by side, with what is to be done next by its day."""
    rules.can_see_certification_desk(request.actor).require()
    round_ = selectors.desk_round(request.GET.get("round", ""))
    query = request.GET.copy()
    if round_ and not query:  # scores of different years say nothing side by side
        query["round"] = str(round_.year)
    context = {
        "table": read_table(request, APPLICANTS, query=query),
        "round": round_,
        "counts": selectors.counts_of_round(round_) if round_ else [],
        "can_score": round_ and rules.can_score_round(request.actor, round_),
        "can_publish": round_ and rules.can_publish_certification_round(request.actor, round_),
        "appeals": CertificationAppeal.objects.visible_to(request.actor)
        .waiting()
        .whole()
        .order_by("due_on")[:20],
    }
    return render_page(request, "tiers/certification_desk.html", context, partial="table")


@login_required
@require_POST
def certification_scoring(request: PageRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(CertificationRound.objects.whole(), pk=pk)
    scored = services.score_certification_round(request.actor, round_=round_)
    messages.success(request, _("Scored: %(n)s.") % {"n": scored})
    return redirect("certification_desk")


@login_required
@require_POST
def certification_publication(request: PageRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(CertificationRound.objects.whole(), pk=pk)
    granted = services.publish_certification_round(request.actor, round_=round_)
    messages.success(request, _("Published: %(n)s hold the mark.") % {"n": granted})
    return redirect("certification_desk")


@login_required
@require_http_methods(["GET", "POST"])
def certification_appeal_create(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    application = own_certification(request, pk)
    rules.can_object_to_refusal(request.actor, application).require()
    is_post = request.method == "POST"
    form = ObjectionForm(request.POST if is_post else None, request.FILES if is_post else None)
    made = submit(
        form,
        lambda: services.object_to_refusal(
            request.actor, application=application, fields=form.objection_fields()
        ),
    )
    if made is not None:
        messages.success(request, _("Handed in. Somebody who took no part decides."))
        return redirect(made)
    context = {"application": application, "form": form}
    return render_page(request, "tiers/certification_appeal_create.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def certification_appeal_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """The objection, and for who may decide it, the answer."""
    appeal = _appeal(request, pk)
    verdict = rules.can_decide_objection(request.actor, appeal)
    form = ObjectionAnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        verdict.require()
    done = submit(
        form,
        lambda: services.decide_objection(
            request.actor,
            appeal=appeal,
            grants=form.cleaned_data["decision"] == "grant",
            sentence=form.cleaned_data["sentence"],
        ),
    )
    if done is not None:
        messages.success(request, _("Done. The agency is told."))
        return redirect(done)
    context = {
        "appeal": appeal,
        "application": appeal.application,
        "form": form,
        "can_decide": verdict,
        "may_decide_others": request.actor.has_perm("tiers.decide_certificationappeal"),
        "files": appeal.evidence.all(),
        "can_read": rules.can_read_certification_paper(request.actor, appeal.application.party),
        "can_withdraw": rules.can_withdraw_objection(request.actor, appeal),
        "trail": trail(appeal).select_related("user"),
    }
    return render_page(request, "tiers/certification_appeal_detail.html", context)


@login_required
@require_POST
def certification_appeal_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    appeal = _appeal(request, pk)
    services.withdraw_objection(request.actor, appeal=appeal)
    messages.success(request, _("Withdrawn. The refusal stands."))
    return redirect(appeal)


def _appeal(request: PageRequest, pk: uuid.UUID) -> CertificationAppeal:
    return get_object_or_404(CertificationAppeal.objects.visible_to(request.actor).whole(), pk=pk)
