"""Accounts to check: trial transfers to send, sub-accounts to write down."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from portal.parties.models import PayoutAccount
from portal.payouts import forms, rules, selectors, services
from portal.payouts.models import Enrolment


@login_required
@require_safe
def payee_list(request: PageRequest) -> HttpResponse:
    return _shown(request)


@login_required
@require_POST
def payee_trial(request: PageRequest, pk: UUID) -> HttpResponse:
    rules.can_check_accounts(request.actor).require()
    account = get_object_or_404(PayoutAccount.objects.select_related("party"), pk=pk)
    form = forms.TrialForm(request.POST)
    sent = submit(
        form,
        lambda: services.send_trial(
            request.actor,
            account=account,
            amount_fen=form.cleaned_data["amount"],
            reference=form.cleaned_data["reference"],
        ),
    )
    if sent is None:
        return _shown(request, trial_of=account.pk, trial_form=form)
    messages.success(request, _("Written down. The party was told to say how much came."))
    return redirect("payee_list")


@login_required
@require_POST
def payee_sub_account(request: PageRequest, pk: int) -> HttpResponse:
    rules.can_check_accounts(request.actor).require()
    enrolment = get_object_or_404(Enrolment.objects.select_related("party"), pk=pk)
    form = forms.SubAccountForm(request.POST)
    opened = submit(
        form,
        lambda: services.open_sub_account(
            request.actor, enrolment=enrolment, number=form.cleaned_data["sub_account"]
        ),
    )
    if opened is None:
        return _shown(request, enrolment_of=enrolment.pk, enrolment_form=form)
    messages.success(request, _("Written down. The party was told."))
    return redirect("payee_list")


def _shown(request: PageRequest, **bound: Any) -> HttpResponse:
    rules.can_check_accounts(request.actor).require()
    trials = [
        (account, bound["trial_form"] if account.pk == bound.get("trial_of") else _trial(account))
        for account in selectors.accounts_to_try()
    ]
    opening = [
        (
            enrolment,
            bound["enrolment_form"]
            if enrolment.pk == bound.get("enrolment_of")
            else forms.SubAccountForm(prefix=None, auto_id=f"id_{enrolment.pk}_%s"),
        )
        for enrolment in selectors.sub_accounts_to_open()
    ]
    context = {"trials": trials, "opening": opening, "sent": selectors.trials_sent()}
    return render_page(request, "payouts/payee_list.html", context)


def _trial(account: PayoutAccount) -> forms.TrialForm:
    return forms.TrialForm(auto_id=f"id_{account.pk}_%s")
