"""Applying for a star, and objecting to a result."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from portal.tiers import rules, selectors, services
from portal.tiers.forms import AppealForm, ApplicationForm
from portal.tiers.models import StarAppeal, StarApplication, StarReview


@login_required
@require_http_methods(["GET", "POST"])
def star_application_create(request: PageRequest, pk: int) -> HttpResponse:
    """The known numbers filled in; only what the feed lacks is asked."""
    review = _review(request, pk)
    rules.can_apply(request.actor, review).require()
    is_post = request.method == "POST"
    form = ApplicationForm(request.POST if is_post else None, request.FILES if is_post else None)
    made = submit(
        form,
        lambda: services.apply_for_star(
            request.actor, review=review, fields=form.application_fields()
        ),
    )
    if made is not None:
        messages.success(request, _("Handed in. You are told of the answer."))
        return redirect(made)
    bars = selectors.bars_to_next(review, review.before)
    context = {"review": review, "bars": bars, "form": form, "stars": review.before + 1}
    return render_page(request, "tiers/star_application_create.html", context)


@login_required
@require_safe
def star_application_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    application = _application(request, pk)
    context = {
        "application": application,
        "review": application.review,
        "bars": selectors.bars_of(application.review, application.stars),
        "files": application.evidence.all(),
        "can_read": rules.can_read_evidence(request.actor, application.review.party),
        "can_withdraw": rules.can_withdraw_application(request.actor, application),
        "trail": trail(application).select_related("user"),
    }
    return render_page(request, "tiers/star_application_detail.html", context)


@login_required
@require_POST
def star_application_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    application = _application(request, pk)
    services.withdraw_star_application(request.actor, application=application)
    messages.success(request, _("Withdrawn. While the window is open you may apply again."))
    return redirect(application)


@login_required
@require_http_methods(["GET", "POST"])
def star_appeal_create(request: PageRequest, pk: int) -> HttpResponse:
    review = _review(request, pk)
    rules.can_appeal_review(request.actor, review).require()
    is_post = request.method == "POST"
    form = AppealForm(request.POST if is_post else None, request.FILES if is_post else None)
    made = submit(
        form,
        lambda: services.appeal_review(request.actor, review=review, fields=form.appeal_fields()),
    )
    if made is not None:
        messages.success(request, _("Handed in. A second person answers it."))
        return redirect(made)
    context = {"review": review, "form": form, "reasons": selectors.reasons_of(review)}
    return render_page(request, "tiers/star_appeal_create.html", context)


@login_required
@require_safe
def star_appeal_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    appeal = _appeal(request, pk)
    context = {
        "appeal": appeal,
        "review": appeal.review,
        "files": appeal.evidence.all(),
        "can_read": rules.can_read_evidence(request.actor, appeal.review.party),
        "can_withdraw": rules.can_withdraw_appeal(request.actor, appeal),
        "trail": trail(appeal).select_related("user"),
    }
    return render_page(request, "tiers/star_appeal_detail.html", context)


@login_required
@require_POST
def star_appeal_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    appeal = _appeal(request, pk)
    services.withdraw_star_appeal(request.actor, appeal=appeal)
    messages.success(request, _("Withdrawn. The result stands."))
    return redirect(appeal)


def _review(request: PageRequest, pk: int) -> StarReview:
    return get_object_or_404(StarReview.objects.visible_to(request.actor).whole(), pk=pk)


def _application(request: PageRequest, pk: uuid.UUID) -> StarApplication:
    return get_object_or_404(StarApplication.objects.visible_to(request.actor).whole(), pk=pk)


def _appeal(request: PageRequest, pk: uuid.UUID) -> StarAppeal:
    return get_object_or_404(StarAppeal.objects.visible_to(request.actor).whole(), pk=pk)
