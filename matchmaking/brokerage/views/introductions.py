"""An introduction as its two sides see it: the wish, the answer, where it stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking.brokerage import forms, rules, selectors, services
from matchmaking.brokerage.models import Introduction
from matchmaking.brokerage.states import IntroductionStatus
from matchmaking.brokerage.tables import INTRODUCTIONS
from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page, submit
from portal.parties.models import Party
from portal.parties.states import PartyKind


@login_required
@require_safe
def introduction_list(request: PageRequest) -> HttpResponse:
    context = {
        "table": read_table(request, INTRODUCTIONS),
        "can_ask": rules.may_ask_at_all(request.actor),
    }
    return render_page(request, "brokerage/introduction_list.html", context, partial="table")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def introduction_create(request: PageRequest, pk: int) -> HttpResponse:
    """Ask for a represented creator."""
    listed = Party.objects.filter(kind=PartyKind.CREATOR).listed().select_related("city")
    creator = get_object_or_404(listed, pk=pk)
    rules.may_ask_at_all(request.actor).require()
    verdict = rules.can_ask_introduction(request.actor, creator)
    form = forms.IntroductionForm(request.POST or None)
    if request.method == "POST":
        made = submit(
            form,
            lambda: services.ask_introduction(
                request.actor, creator=creator, fields=form.fields_given()
            ),
        )
        if made is not None:
            messages.success(request, _("Asked. An operator takes it from here."))
            return redirect(made)
    context = {"creator": creator, "form": form, "can_ask": verdict}
    return render_page(request, "brokerage/introduction_create.html", context)


@login_required
@require_safe
def introduction_detail(request: PageRequest, public_id: UUID) -> HttpResponse:
    return shown(request, found(request, public_id))


@login_required
@require_POST
def introduction_withdrawal(request: PageRequest, public_id: UUID) -> HttpResponse:
    row = services.withdraw_introduction(request.actor, introduction=found(request, public_id))
    messages.success(request, _("Withdrawn."))
    return redirect(row)


@login_required
@require_POST
def introduction_answer(request: PageRequest, public_id: UUID) -> HttpResponse:
    """The creator's yes or no."""
    row = found(request, public_id)
    agrees = request.POST.get("answer") == "yes"
    form = forms.ReasonForm({"reason": "—"} if agrees else request.POST)
    done = submit(
        form,
        lambda: services.answer_introduction(
            request.actor,
            introduction=row,
            agrees=agrees,
            reason="" if agrees else form.cleaned_data["reason"],
        ),
    )
    if done is None:
        return shown(request, row, reason_form=form)
    messages.success(request, _("The other side was told."))
    return redirect(done)


def found(request: PageRequest, public_id: UUID) -> Introduction:
    """One's own, or any for who brokers; whether they may act is the service's to say."""
    is_broker = bool(rules.can_broker(request.actor))
    rows = (
        selectors.whole_introductions() if is_broker else selectors.introductions_of(request.actor)
    )
    row: Introduction = get_object_or_404(rows, public_id=public_id)
    return row


def shown(request: PageRequest, row: Introduction, **bound: Any) -> HttpResponse:
    """The page, with the forms of whoever has the next move."""
    actor = request.actor

    def may(status: IntroductionStatus) -> bool:
        return bool(rules.can_move_introduction(actor, row, status))

    context = {
        "introduction": row,
        "is_broker": bool(rules.can_broker(actor)),
        "is_asker": actor.speaks_for(row.asker_id),
        "can_withdraw": rules.can_withdraw_introduction(actor, row),
        "can_answer": rules.can_answer_introduction(actor, row),
        "can_take": may(IntroductionStatus.TAKEN),
        "can_offer": may(IntroductionStatus.OFFERED),
        "can_refuse": may(IntroductionStatus.REFUSED),
        "can_sign": may(IntroductionStatus.SIGNED),
        "can_end": may(IntroductionStatus.SUCCEEDED) or may(IntroductionStatus.FAILED),
        "reason_form": forms.ReasonForm(),
        "contract_form": forms.ContractForm(),
        "outcome_form": forms.OutcomeForm(),
        "trail": trail(row).select_related("user"),
    }
    return render_page(request, "brokerage/introduction_detail.html", context | bound)
