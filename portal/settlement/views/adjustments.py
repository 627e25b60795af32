"""Corrections of the books: who prepares one, and who lets it be posted."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core import audit, clock
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page, submit
from portal.settlement import forms, rules, services
from portal.settlement.models import Adjustment
from portal.settlement.tables import ADJUSTMENTS


@login_required
@require_safe
def adjustment_list(request: PageRequest) -> HttpResponse:
    rules.can_see_adjustments(request.actor).require()
    context = {
        "table": read_table(request, ADJUSTMENTS),
        "can_prepare": rules.can_prepare_adjustment(request.actor),
    }
    return render_page(request, "settlement/adjustment_list.html", context, partial="table")


@login_required
@require_http_methods(["GET", "POST"])
def adjustment_new(request: PageRequest) -> HttpResponse:
    rules.can_prepare_adjustment(request.actor).require()
    is_sent = request.method == "POST"
    initial = {"effective_on": clock.today(), "way": forms.MORE}
    initial |= {name: request.GET[name] for name in ("party", "statement") if name in request.GET}
    form = forms.AdjustmentForm(request.POST if is_sent else None, initial=initial)
    made = submit(form, lambda: services.prepare_adjustment(request.actor, fields=form.said))
    if made is not None:
        messages.success(request, _("Prepared. It is posted when a second person approves it."))
        return redirect(made)
    return render_page(request, "settlement/adjustment_new.html", {"form": form})


@login_required
@require_safe
def adjustment_detail(request: PageRequest, pk: UUID) -> HttpResponse:
    return _detail(request, fetch(request, pk), forms.ReasonForm())


def _detail(request: PageRequest, one: Adjustment, form: forms.ReasonForm) -> HttpResponse:
    context = {
        "adjustment": one,
        "form": form,
        "is_party": request.actor.party_id is not None,
        "can_approve": rules.can_approve_adjustment(request.actor, one),
        "can_decline": rules.can_decline_adjustment(request.actor, one),
        "trail": audit.trail(one),
    }
    return render_page(request, "settlement/adjustment_detail.html", context)


@login_required
@require_POST
def adjustment_approval(request: PageRequest, pk: UUID) -> HttpResponse:
    one = services.approve_adjustment(request.actor, adjustment=fetch(request, pk))
    messages.success(request, _("Posted into the open month."))
    return redirect(one)


@login_required
@require_POST
def adjustment_refusal(request: PageRequest, pk: UUID) -> HttpResponse:
    one = fetch(request, pk)
    rules.can_decline_adjustment(request.actor, one).require()
    form = forms.ReasonForm(request.POST)
    done = submit(
        form,
        lambda: services.decline_adjustment(
            request.actor, adjustment=one, why=form.cleaned_data["why"]
        ),
    )
    if done is None:
        return _detail(request, one, form)
    messages.success(request, _("Declined; nothing was posted."))
    return redirect(done)


def fetch(request: PageRequest, pk: UUID) -> Adjustment:
    rows = Adjustment.objects.visible_to(request.actor)
    one = get_object_or_404(rows.select_related("party", "counter_party", "statement"), pk=pk)
    rules.can_see_adjustment(request.actor, one).require()
    return one
