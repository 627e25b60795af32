"""How operators run the advisory group: its people, and every booking."""

from __future__ import annotations

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
from portal.core.web import render_page, submit
from training.advice import forms, rules, selectors, services
from training.advice.models import Adviser
from training.advice.tables import ALL_BOOKINGS


@login_required
@require_safe
def advice_desk(request: PageRequest) -> HttpResponse:
    """Every booking, and how the group goes."""
    rules.may_run(request.actor).require()
    context = {
        "table": read_table(request, ALL_BOOKINGS),
        "kpis": selectors.figures_of_group(),
    }
    return render_page(request, "advice/advice_desk.html", context, partial="table")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def adviser_create(request: PageRequest) -> HttpResponse:
    rules.can_edit_adviser(request.actor, None).require()
    form = forms.AdviserForm(request.POST if request.method == "POST" else None)
    made = submit(form, lambda: services.add_adviser(request.actor, fields=form.fields_given()))
    if made is not None:
        messages.success(request, _("Added. Now plan their hours."))
        return redirect("slot_create", pk=made.pk)
    return render_page(request, "advice/adviser_form.html", {"form": form, "adviser": None})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def adviser_edit(request: PageRequest, pk: int) -> HttpResponse:
    adviser = _adviser(request, pk)
    form = forms.AdviserForm(
        request.POST if request.method == "POST" else None,
        adviser=adviser,
        initial=_initial(adviser),
    )
    saved = submit(
        form,
        lambda: services.edit_adviser(request.actor, adviser=adviser, fields=form.fields_given()),
    )
    if saved is not None:
        messages.success(request, _("Kept."))
        return redirect(saved)
    return _page(request, adviser, form, forms.ReasonForm())


@login_required
@require_POST
def adviser_release(request: PageRequest, pk: int) -> HttpResponse:
    """They leave the group."""
    adviser = _adviser(request, pk)
    reason = forms.ReasonForm(request.POST)
    gone = submit(
        reason,
        lambda: services.release_adviser(
            request.actor, adviser=adviser, why=reason.cleaned_data["reason"]
        ),
    )
    if gone is None:
        form = forms.AdviserForm(adviser=adviser, initial=_initial(adviser))
        return _page(request, adviser, form, reason)
    messages.success(request, _("They have left the group; hours to come are withdrawn."))
    return redirect("adviser_list")


def _adviser(request: PageRequest, pk: int) -> Adviser:
    rules.may_run(request.actor).require()
    adviser = get_object_or_404(Adviser.objects.select_related("user", "party"), pk=pk)
    rules.can_edit_adviser(request.actor, adviser).require()
    return adviser


def _initial(adviser: Adviser) -> dict[str, Any]:
    names = ("name", "title_zh", "title_en", "bio_zh", "bio_en", "topics", "audience")
    return {name: getattr(adviser, name) for name in names} | {
        "login": adviser.user.email if adviser.user else "",
        "party": adviser.party_id,
    }


def _page(
    request: PageRequest, adviser: Adviser, form: forms.AdviserForm, reason: forms.ReasonForm
) -> HttpResponse:
    context = {
        "adviser": adviser,
        "form": form,
        "reason_form": reason,
        "trail": trail(adviser).select_related("user"),
    }
    return render_page(request, "advice/adviser_form.html", context)
