"""Changes of what was agreed, and reviews."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from matchmaking.cooperation import forms, rules, services
from matchmaking.cooperation.models import Amendment, Review
from matchmaking.cooperation.views.cooperations import fetch, form_page
from portal.core.http import PageRequest
from portal.core.web import render_page, submit


@login_required
@require_http_methods(["GET", "POST"])
def amendment_create(request: PageRequest, pk: int) -> HttpResponse:
    cooperation = fetch(request, pk)
    rules.can_propose_amendment(request.actor, cooperation).require()
    form = forms.AmendmentForm(cooperation, request.POST if request.method == "POST" else None)
    proposed = submit(
        form,
        lambda: services.propose_amendment(
            request.actor,
            cooperation=cooperation,
            fields=form.amendment_fields(),
            version=form.cleaned_data["version"],
        ),
    )
    if proposed is not None:
        messages.success(request, _("Proposed. The other side has seven days to answer."))
        return redirect(cooperation)
    context = {"cooperation": cooperation, "form": form}
    return render_page(request, "cooperation/amendment_create.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def amendment_counter(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Answer with other terms."""
    amendment = _fetch(request, pk)
    rules.can_answer_amendment(request.actor, amendment).require()
    cooperation = amendment.cooperation
    data = request.POST if request.method == "POST" else None
    form = forms.AmendmentForm(cooperation, data, answers=amendment)
    answered = submit(
        form,
        lambda: services.counter_amendment(
            request.actor, amendment=amendment, fields=form.amendment_fields()
        ),
    )
    if answered is not None:
        messages.success(request, _("Answered. Now the other side has seven days."))
        return redirect(cooperation)
    context = {"cooperation": cooperation, "form": form, "answers": amendment}
    return render_page(request, "cooperation/amendment_create.html", context)


@login_required
@require_POST
def amendment_acceptance(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return _answer(request, pk, services.accept_amendment, _("Accepted. It holds from now on."))


@login_required
@require_POST
def amendment_refusal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return _answer(request, pk, services.decline_amendment, _("Declined. Nothing changes."))


@login_required
@require_POST
def amendment_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return _answer(request, pk, services.withdraw_amendment, _("Taken back."))


def _answer(
    request: PageRequest, pk: uuid.UUID, service: Callable[..., Amendment], sentence: str
) -> HttpResponse:
    amendment = _fetch(request, pk)
    service(request.actor, amendment=amendment)
    messages.success(request, sentence)
    return redirect(amendment.cooperation)


def _fetch(request: PageRequest, pk: uuid.UUID) -> Amendment:
    mine = Amendment.objects.visible_to(request.actor)
    related = mine.select_related("cooperation__merchant", "cooperation__provider")
    return get_object_or_404(related, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def review_create(request: PageRequest, pk: int) -> HttpResponse:
    cooperation = fetch(request, pk)
    rules.can_give_review(request.actor, cooperation).require()
    form = forms.ReviewForm(request.POST if request.method == "POST" else None)
    given = submit(
        form,
        lambda: services.give_review(
            request.actor, cooperation=cooperation, fields=form.review_fields()
        ),
    )
    if given is not None:
        messages.success(request, _("Thank you. It is shown once both sides have spoken."))
        return redirect(cooperation)
    context = {
        "form": form,
        "title": _("Review the cooperation"),
        "label": _("Give the review"),
        "facts": _(
            "Hidden until the other side has given theirs, or for two weeks after the end. "
            "It cannot be changed, and stands on their profile without your name."
        ),
    }
    return form_page(request, cooperation, context)


@login_required
@require_http_methods(["GET", "POST"])
def review_answer(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    mine = Review.objects.visible_to(request.actor).select_related(
        "cooperation__merchant", "cooperation__provider"
    )
    review = get_object_or_404(mine, pk=pk)
    rules.can_answer_review(request.actor, review).require()
    form = forms.AnswerForm(request.POST if request.method == "POST" else None)
    answered = submit(
        form,
        lambda: services.answer_review(request.actor, review=review, fields=form.answer_fields()),
    )
    if answered is not None:
        messages.success(request, _("Answered. It stands below the review."))
        return redirect(review.cooperation)
    context = {"form": form, "title": _("Answer the review"), "label": _("Answer")}
    return form_page(request, review.cooperation, context | {"facts": review.public_text})
