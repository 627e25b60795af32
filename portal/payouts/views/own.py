"""A party's own payouts, and what it does to be paid."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page
from portal.ledger.rules import can_see_money
from portal.parties.models import Party
from portal.parties.rules import can_see_payout
from portal.payouts import forms, rules, selectors, services
from portal.payouts.models import Item, ItemQuerySet, PayoutRequest, TrialTransfer
from portal.payouts.states import Route, TrialStatus
from portal.payouts.tables import PAYOUTS


@login_required
@require_safe
def payout_list(request: PageRequest) -> HttpResponse:
    party = _own(request)
    can_see_money(request.actor).require()
    due = selectors.due_of(party)
    rows = PayoutRequest.objects.visible_to(request.actor).standing()
    standing = rows.select_related("party").first()
    context = {
        "table": read_table(request, PAYOUTS),
        "money": selectors.money_of(party),
        "readiness": selectors.standing_of(party).readiness(Route.INSTITUTION),
        "terms": rules.terms_of_payouts(),
        "payout_request": standing,
        "can_request": rules.can_request_payout(request.actor, party, due),
        "can_withdraw": standing and rules.can_withdraw_request(request.actor, standing),
    }
    return render_page(request, "payouts/payout_list.html", context, partial="table")


@login_required
@require_POST
def payout_request(request: PageRequest) -> HttpResponse:
    services.request_payout(request.actor, party=_own(request))
    messages.success(request, _("Asked. It goes out with the next batch; you are told."))
    return redirect("payout_list")


@login_required
@require_POST
def payout_request_withdrawal(request: PageRequest, pk: UUID) -> HttpResponse:
    own = PayoutRequest.objects.visible_to(request.actor).filter(party=request.actor.party_id)
    asked = get_object_or_404(own.select_related("party"), pk=pk)
    services.withdraw_request(request.actor, request=asked)
    messages.success(request, _("Taken back. What is available stays yours."))
    return redirect("payout_list")


@login_required
@require_safe
def payout_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One transfer: where it went, what it pays, what the bank said."""
    item = get_object_or_404(_items(request), pk=pk)
    can_see_money(request.actor).require()
    context = {
        "item": item,
        "steps": selectors.way_of(item),
        "parts": item.parts.select_related("statement").order_by("statement"),
        "is_last": not _items(request).filter(key=item.key, attempt__gt=item.attempt).exists(),
        "attempts": _items(request).filter(key=item.key).order_by("attempt"),
    }
    return render_page(request, "payouts/payout_detail.html", context)


@login_required
@require_safe
def payout_account(request: PageRequest) -> HttpResponse:
    """The steps to being paid, and the one that is next."""
    return _account_page(request, _own(request), forms.AnswerForm())


@login_required
@require_POST
def payout_consent(request: PageRequest) -> HttpResponse:
    services.consent_to_split(request.actor, party=_own(request))
    messages.success(request, _("Agreed. The institution opens your sub-account."))
    return redirect("payout_account")


@login_required
@require_POST
def trial_answer(request: PageRequest, pk: UUID) -> HttpResponse:
    own = TrialTransfer.objects.visible_to(request.actor)
    trial = get_object_or_404(own.select_related("account__party"), pk=pk)
    rules.can_confirm_trial(request.actor, trial).require()
    form = forms.AnswerForm(request.POST)
    if form.is_valid():
        verdict = services.confirm_trial(
            request.actor, trial=trial, amount_fen=form.cleaned_data["amount"]
        )
        if verdict:
            messages.success(request, _("Confirmed: the account is yours."))
            return redirect("payout_account")
        form.add_error("amount", str(verdict.reason))
    return _account_page(request, _own(request), form)


def _account_page(request: PageRequest, party: Party, form: forms.AnswerForm) -> HttpResponse:
    can_see_payout(request.actor, party).require()
    standing = selectors.standing_of(party)
    trials = TrialTransfer.objects.filter(account=standing.account, status=TrialStatus.SENT)
    context = {
        "party": party,
        "standing": standing,
        "steps": selectors.steps_of(party),
        "trial": trials.select_related("account__party").first() if standing.account else None,
        "form": form,
        "can_consent": rules.can_consent_to_split(request.actor, party),
        "readiness": standing.readiness(Route.INSTITUTION),
    }
    return render_page(request, "payouts/payout_account.html", context)


def _items(request: PageRequest) -> ItemQuerySet:
    return Item.objects.visible_to(request.actor).select_related("batch", "account", "debt")


def _own(request: PageRequest) -> Party:
    """Whoever speaks for nobody has no such page."""
    if request.actor.party is None:
        raise Http404
    return request.actor.party
