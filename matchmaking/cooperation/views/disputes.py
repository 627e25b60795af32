"""A dispute as both sides see it, and as operators decide it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking.cooperation import forms, rules, services
from matchmaking.cooperation.models import Dispute
from matchmaking.cooperation.tables import DISPUTES
from matchmaking.cooperation.views.cooperations import fetch, form_page
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page, submit
from portal.revenue.selectors import held_by


@login_required
@require_http_methods(["GET", "POST"])
def dispute_create(request: PageRequest, pk: int) -> HttpResponse:
    cooperation = fetch(request, pk)
    rules.can_open_dispute(request.actor, cooperation).require()
    form = forms.DisputeForm(cooperation, *_sent(request))
    opened = submit(
        form,
        lambda: services.open_dispute(
            request.actor,
            cooperation=cooperation,
            fields=form.dispute_fields(),
            evidence=form.cleaned_data["evidence"],
        ),
    )
    if opened is not None:
        messages.success(request, _("Opened. What is disputed is held, and the other side told."))
        return redirect(opened)
    context = {
        "form": form,
        "title": _("Open a dispute"),
        "label": _("Open the dispute"),
        "facts": _(
            "What the hired side gets of the orders of these days is held until it is decided. "
            "The other side has five working days to answer, then an operator ten to decide."
        ),
    }
    return form_page(request, cooperation, context)


@login_required
@require_safe
def dispute_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return _shown(request, _fetch(request, pk))


@login_required
@require_POST
def dispute_statement(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """A word with what shows it."""
    dispute = _fetch(request, pk)
    form = forms.StatementForm(*_sent(request))
    said = submit(
        form,
        lambda: services.speak_in_dispute(request.actor, dispute=dispute, **form.cleaned_data),
    )
    if said is None:
        return _shown(request, dispute, statement_form=form)
    messages.success(request, _("Said. The other side was told."))
    return redirect(dispute)


@login_required
@require_POST
def dispute_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    dispute = services.withdraw_dispute(request.actor, dispute=_fetch(request, pk))
    messages.success(request, _("Taken back. Everything is paid as agreed."))
    return redirect(dispute)


@login_required
@require_POST
def dispute_appeal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    dispute = _fetch(request, pk)
    form = forms.AppealForm(request.POST)
    done = submit(
        form,
        lambda: services.appeal_dispute(
            request.actor, dispute=dispute, text=form.cleaned_data["text"]
        ),
    )
    if done is None:
        return _shown(request, dispute, appeal_form=form)
    messages.success(request, _("Another operator looks at it."))
    return redirect(dispute)


# --- operators ------------------------------------------------------------------------------------


@login_required
@require_safe
def dispute_register(request: PageRequest) -> HttpResponse:
    rules.can_see_disputes(request.actor).require()
    context = {"table": read_table(request, DISPUTES)}
    return render_page(request, "cooperation/dispute_register.html", context, partial="table")


@login_required
@require_POST
def dispute_decision(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    dispute = _fetch(request, pk)
    rules.can_decide_dispute(request.actor, dispute).require()
    form = forms.DecisionForm(request.POST)
    done = submit(
        form,
        lambda: services.decide_dispute(
            request.actor,
            dispute=dispute,
            returned_bp=form.cleaned_data["returned"],
            decision=form.cleaned_data["decision"],
        ),
    )
    if done is None:
        return _shown(request, dispute, decision_form=form)
    messages.success(request, _("Decided. Both sides were told."))
    return redirect(dispute)


def _fetch(request: PageRequest, pk: uuid.UUID) -> Dispute:
    """One's own, or any for operators who may look."""
    rows = (
        Dispute.objects.in_scope_of(request.actor.user)
        if rules.can_see_disputes(request.actor) and request.actor.user
        else Dispute.objects.visible_to(request.actor)
    )
    whole = rows.select_related(
        "cooperation__merchant__city", "cooperation__provider__city", "opened_by"
    )
    return get_object_or_404(whole, pk=pk)


def _shown(request: PageRequest, dispute: Dispute, **bound: Any) -> HttpResponse:
    actor, cooperation = request.actor, dispute.cooperation
    is_side = cooperation.has_side(actor.party_id)
    context = {
        "dispute": dispute,
        "cooperation": cooperation,
        "is_side": is_side,
        "statements": dispute.statements.select_related("party", "evidence").order_by("at"),
        "held": held_by(services.DISPUTE, str(dispute.pk)),
        "job": services.job_of(dispute),
        "can_speak": rules.can_speak_in_dispute(actor, dispute),
        "can_withdraw": rules.can_withdraw_dispute(actor, dispute),
        "can_appeal": rules.can_appeal_dispute(actor, dispute),
        "can_decide": rules.can_decide_dispute(actor, dispute),
        "statement_form": forms.StatementForm(),
        "appeal_form": forms.AppealForm(),
        "decision_form": forms.DecisionForm(),
    }
    return render_page(request, "cooperation/dispute_detail.html", context | bound, partial="holds")


def _sent(request: PageRequest) -> tuple[Any, Any]:
    is_sent = request.method == "POST"
    return (request.POST, request.FILES) if is_sent else (None, None)
