"""Rounds for everybody; applications for the provider that made them."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core import clock
from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.web import keyset_page, render_page, submit
from portal.parties.models import Party
from portal.recruitment import forms, rules, selectors, services
from portal.recruitment.models import Application, Round
from portal.recruitment.states import RoundStatus


@require_safe
def round_list(request: PageRequest) -> HttpResponse:
    """What is open and comes next, and what is over, a page at a time."""
    rounds = selectors.counted(Round.objects.public()).prefetch_related("services", "categories")
    ahead = Q(status=RoundStatus.PUBLISHED, closes_at__gt=clock.now())
    current, past = rounds.filter(ahead), rounds.exclude(ahead)
    context = {
        "current": current.order_by("closes_at", "pk"),
        "page": keyset_page(past, request.GET.get("cursor", ""), size=20),
    }
    return render_page(request, "recruitment/round_list.html", context)


@require_safe
def round_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One round; to a provider, which conditions it meets."""
    round_ = get_object_or_404(selectors.whole_rounds(request.actor), pk=pk)
    context = {
        "round": round_,
        "conditions": rules.conditions_of(round_, _provider(request)),
        "provider": _provider(request),
        "application": selectors.own_application(request.actor, round_),
        "can_apply": rules.can_apply(request.actor, round_),
    }
    return render_page(request, "recruitment/round_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def round_application(request: PageRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(Round.objects.visible_to(request.actor), pk=pk)
    rules.can_apply(request.actor, round_).require()
    is_post = request.method == "POST"
    form = forms.ApplicationForm(
        request.POST if is_post else None, request.FILES if is_post else None, round_=round_
    )
    application = submit(
        form,
        lambda: services.apply_to_round(
            request.actor, round_=round_, fields=form.application_fields()
        ),
    )
    if application is not None:
        messages.success(request, _("Handed in. Somebody looks after it and writes to you."))
        return redirect(application)
    return render_page(
        request, "recruitment/round_application.html", {"round": round_, "form": form}
    )


@login_required
@require_safe
def application_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    application = _mine(request, pk)
    context = {
        "application": application,
        "round": application.round,
        "answers": list(zip(application.round.questions, application.answers, strict=False)),
        "papers": application.papers.all(),
        "can_withdraw": rules.can_withdraw_application(request.actor, application),
        "can_read": rules.can_read_paper(request.actor, application),
        "trail": trail(application).select_related("user"),
    }
    return render_page(request, "recruitment/application_detail.html", context)


@login_required
@require_POST
def application_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    application = _mine(request, pk)
    services.withdraw_application(request.actor, application=application)
    messages.success(request, _("Withdrawn. While the round is open you may apply again."))
    return redirect(application)


def _provider(request: PageRequest) -> Party | None:
    party = request.actor.party
    return party if party is not None and party.kind == "provider" else None


def _mine(request: PageRequest, pk: uuid.UUID) -> Application:
    related = ("round", "party__city", "ticket", "supporter")
    mine = Application.objects.visible_to(request.actor).select_related(*related)
    return get_object_or_404(mine, pk=pk)
