"""A party's appeals against its numbers."""

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
from portal.core.web import keyset_page, render_page, submit
from portal.evaluation import calendar, rules, selectors, services
from portal.evaluation.forms import AppealForm
from portal.evaluation.models import Appeal, Rating


@login_required
@require_safe
def rating_appeal_list(request: PageRequest) -> HttpResponse:
    party = rules.rated_party(request.actor)
    mine = Appeal.objects.filter(party=party).select_related("rating__snapshot")
    context = {
        "page": keyset_page(mine, request.GET.get("cursor", ""), field="filed_at"),
        "counts": selectors.appeal_counts(selectors.METHOD_OF[party.kind]),
    }
    return render_page(request, "evaluation/rating_appeal_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def rating_appeal_create(request: PageRequest, pk: int) -> HttpResponse:
    """Against a number of the rating `pk`; `?indicator=` chooses it."""
    mine = Rating.objects.visible_to(request.actor).filter(party=request.actor.party_id)
    rating = get_object_or_404(mine.select_related("snapshot__method", "party", "service"), pk=pk)
    rules.can_appeal_rating(request.actor, rating).require()
    form = AppealForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        choices=selectors.indicator_choices(rating.snapshot),
        initial={"indicator": request.GET.get("indicator", "")},
    )
    appeal = submit(
        form,
        lambda: services.file_rating_appeal(
            request.actor,
            rating=rating,
            indicator=form.cleaned_data["indicator"],
            fields=form.appeal_fields(),
        ),
    )
    if appeal is not None:
        messages.success(request, _("Filed. Two people look at it; you are told the answer."))
        return redirect(appeal)
    context = {
        "rating": rating,
        "form": form,
        "until": rules.appeals_until(rating.snapshot),
        "days": calendar.ANSWER_DAYS,
    }
    return render_page(request, "evaluation/rating_appeal_create.html", context)


@login_required
@require_safe
def rating_appeal_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    appeal = _mine(request, pk)
    names = dict(selectors.indicator_choices(appeal.rating.snapshot))
    context = {
        "appeal": appeal,
        "name": names.get(appeal.indicator, appeal.indicator),
        "papers": appeal.evidence.all(),
        "can_read": rules.can_read_appeal_evidence(request.actor, appeal),
        "can_withdraw": rules.can_withdraw_appeal(request.actor, appeal),
        "difference": selectors.difference_of(appeal),
        "trail": trail(appeal).select_related("user"),
    }
    return render_page(request, "evaluation/rating_appeal_detail.html", context)


@login_required
@require_POST
def rating_appeal_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    appeal = services.withdraw_rating_appeal(request.actor, appeal=_mine(request, pk))
    messages.success(request, _("Withdrawn. Within the time you may file another one."))
    return redirect(appeal)


def _mine(request: PageRequest, pk: uuid.UUID) -> Appeal:
    mine = Appeal.objects.filter(party=request.actor.party_id)
    related = ("party", "rating__snapshot__method", "rating__service", "correction")
    return get_object_or_404(mine.select_related(*related), pk=pk)
