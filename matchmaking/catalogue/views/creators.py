"""The creator's gate: the checklist, the permission and the deposit."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matchmaking.catalogue import forms, rules, selectors, services
from matchmaking.catalogue.models import DepositMove
from portal.core import clock
from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from portal.parties.models import Party
from portal.policies.forms import DayForm


@login_required
@require_safe
def gate_detail(request: PageRequest) -> HttpResponse:
    rules.can_see_gate(request.actor).require()
    asked = DayForm(request.GET)
    day = (asked.cleaned_data["on"] if asked.is_valid() else None) or clock.today()
    return _page(request, day=day)


@login_required
@require_POST
def gate_permission(request: PageRequest) -> HttpResponse:
    services.ask_permission(request.actor)
    messages.success(request, _("Granted. With the deposit paid you may share goods."))
    return redirect("gate_detail")


@login_required
@require_POST
def gate_payment(request: PageRequest) -> HttpResponse:
    rules.can_see_gate(request.actor).require()
    form = forms.PaymentForm(request.POST)
    done = submit(form, lambda: services.report_payment(request.actor, **form.cleaned_data))
    if done is None:
        return _page(request, payment=form)
    messages.success(request, _("Written down. Finance looks for the transfer and confirms it."))
    return redirect("gate_detail")


@login_required
@require_POST
def gate_refund(request: PageRequest) -> HttpResponse:
    rules.can_see_gate(request.actor).require()
    form = forms.RefundForm(request.POST)
    done = submit(form, lambda: services.ask_refund(request.actor, **form.cleaned_data))
    if done is None:
        return _page(request, refund=form)
    messages.success(request, _("Asked for. With the refund the permission ends."))
    return redirect("gate_detail")


@login_required
@require_POST
def deposit_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    own = DepositMove.objects.visible_to(request.actor).select_related("creator")
    services.withdraw_move(request.actor, move=get_object_or_404(own, pk=pk))
    messages.success(request, _("Taken back."))
    return redirect("gate_detail")


def _page(
    request: PageRequest,
    *,
    day: date | None = None,
    payment: forms.PaymentForm | None = None,
    refund: forms.RefundForm | None = None,
) -> HttpResponse:
    actor, creator = request.actor, cast("Party", request.actor.party)  # the rule saw one
    today = clock.today()
    now = selectors.gate_of(creator)
    context: dict[str, Any] = {
        "gate": now if day in (None, today) else selectors.gate_of(creator, day),
        "now": now,
        "day": day or today,
        "today": today,
        "moves": selectors.moves_of(creator),
        "reputation": selectors.reputation_of_creator(creator),
        "payment": payment or forms.PaymentForm(),
        "refund": refund or forms.RefundForm(),
        "can_ask": rules.can_ask_permission(actor, now.missing),
        "can_pay": rules.can_report_payment(actor, now.due_fen),
        "can_refund": rules.can_ask_refund(actor, now.balance_fen),
    }
    return render_page(request, "catalogue/gate_detail.html", context)
