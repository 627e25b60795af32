"""What operators do with fairs: open, change, publish, cancel, choose, invite."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking.fairs import forms, rules, services
from matchmaking.fairs.models import Fair, SignUp
from portal.core.http import PageRequest
from portal.core.web import keyset_page, render_page, submit
from portal.parties.models import Party
from portal.seats.states import ClaimStatus


@login_required
@require_http_methods(["GET", "POST"])
def fair_create(request: PageRequest) -> HttpResponse:
    rules.can_run_fairs(request.actor).require()
    form = forms.FairForm(request.POST if request.method == "POST" else None)
    made = submit(form, lambda: services.create_fair(request.actor, fields=form.fair_fields()))
    if made is not None:
        messages.success(request, _("Planned. Publish it when it is right."))
        return redirect(made)
    return render_page(request, "fairs/fair_edit.html", {"form": form, "fair": None})


@login_required
@require_http_methods(["GET", "POST"])
def fair_edit(request: PageRequest, pk: int) -> HttpResponse:
    fair = _fetch(request, pk)
    rules.can_change_fair(request.actor, fair).require()
    form = forms.FairForm(
        request.POST if request.method == "POST" else None,
        fair=fair,
        initial=forms.initial_of_fair(fair),
    )
    done = submit(
        form,
        lambda: services.change_fair(request.actor, fair=fair, fields=form.fair_fields()),
    )
    if done is not None:
        messages.success(request, _("Saved."))
        return redirect(done)
    return render_page(request, "fairs/fair_edit.html", {"form": form, "fair": fair})


@login_required
@require_POST
def fair_publication(request: PageRequest, pk: int) -> HttpResponse:
    fair = services.publish_fair(request.actor, fair=_fetch(request, pk))
    messages.success(request, _("Published. Sign-up opens by itself, to the second."))
    return redirect(fair)


@login_required
@require_POST
def fair_cancellation(request: PageRequest, pk: int) -> HttpResponse:
    fair = _fetch(request, pk)
    why = request.POST.get("reason", "")[:300]
    services.cancel_fair(request.actor, fair=fair, why=why)
    messages.success(request, _("Cancelled. Everybody is told why."))
    return redirect(fair)


@login_required
@require_safe
def fair_people(request: PageRequest, pk: int) -> HttpResponse:
    """Everybody who signed up, to be chosen from; invitation codes; signing up on behalf."""
    return _people(request, _fetch(request, pk))


@login_required
@require_POST
def fair_guest(request: PageRequest, pk: int) -> HttpResponse:
    """Sign up somebody who called."""
    fair = _fetch(request, pk)
    rules.can_run_fairs(request.actor).require()
    form = forms.OnBehalfForm(request.POST, fair=fair)
    made = submit(
        form,
        lambda: services.sign_up(
            request.actor,
            fair=fair,
            party=get_object_or_404(Party, pk=form.cleaned_data["party"]),
            fields=form.sign_up_fields(),
        ),
    )
    if made is None:
        return _people(request, fair, guest_form=form)
    messages.success(request, _("Signed up."))
    return redirect("fair_people", pk=fair.pk)


@login_required
@require_POST
def fair_code(request: PageRequest, pk: int) -> HttpResponse:
    fair = _fetch(request, pk)
    rules.can_run_fairs(request.actor).require()
    form = forms.CodeForm(request.POST)
    made = submit(
        form, lambda: services.make_code(request.actor, fair=fair, fields=form.code_fields())
    )
    if made is None:
        return _people(request, fair, code_form=form)
    messages.success(request, _("Invitation code %(code)s.") % {"code": made.code})
    return redirect("fair_people", pk=fair.pk)


@login_required
@require_POST
def sign_up_acceptance(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    sign_up = _sign_up(request, pk)
    services.accept_sign_up(request.actor, sign_up=sign_up)
    messages.success(request, _("Accepted: %(status)s.") % {"status": sign_up.get_status_display()})
    return redirect("fair_people", pk=sign_up.fair_id)


@login_required
@require_POST
def sign_up_question(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    sign_up = _sign_up(request, pk)
    why = request.POST.get("reason", "")[:300]
    services.ask_sign_up(request.actor, sign_up=sign_up, why=why)
    messages.success(request, _("Asked; it comes back here with their answer."))
    return redirect("fair_people", pk=sign_up.fair_id)


@login_required
@require_POST
def sign_up_refusal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    sign_up = _sign_up(request, pk)
    why = request.POST.get("reason", "")[:300]
    services.reject_sign_up(request.actor, sign_up=sign_up, why=why)
    messages.success(request, _("Not accepted; they are told why."))
    return redirect("fair_people", pk=sign_up.fair_id)


def _people(request: PageRequest, fair: Fair, **bound: Any) -> HttpResponse:
    rules.can_run_fairs(request.actor).require()
    rows = SignUp.objects.filter(fair=fair).whole()
    status = request.GET.get("status", "")
    if status in ClaimStatus.values:
        rows = rows.filter(claim__status=status)
    context = {
        "fair": fair,
        "page": keyset_page(rows, request.GET.get("cursor", "")),
        "status": status,
        "statuses": ClaimStatus.choices,
        "codes": fair.codes.order_by("-pk"),
        "code_form": forms.CodeForm(),
        "guest_form": forms.OnBehalfForm(fair=fair),
    }
    return render_page(request, "fairs/fair_people.html", context | bound)


def _fetch(request: PageRequest, pk: int) -> Fair:
    seen = Fair.objects.visible_to(request.actor).select_related("city", "occasion")
    return get_object_or_404(seen, pk=pk)


def _sign_up(request: PageRequest, pk: uuid.UUID) -> SignUp:
    return get_object_or_404(SignUp.objects.visible_to(request.actor).whole(), pk=pk)
