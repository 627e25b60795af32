"""Where a party is paid: for its owner and its finance people."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from portal.parties import forms, rules, selectors, services
from portal.parties.models import Party, PayoutAccount


@login_required
@require_http_methods(["GET", "POST"])
def party_payout(request: PageRequest, pk: int) -> HttpResponse:
    """The account in use, the one that waits, and what happened before."""
    party = get_object_or_404(Party.objects.visible_to(request.actor), pk=pk)
    rules.can_see_payout(request.actor, party).require()
    form = forms.PayoutForm(request.POST if request.method == "POST" else None, party=party)
    made = submit(
        form,
        lambda: services.enter_payout(request.actor, party=party, fields=form.payout_fields()),
    )
    if made is not None:
        messages.success(request, _("Entered. It waits for the second person."))
        return redirect("party_payout", party.pk)
    return _page(request, party, form, forms.PayoutRefusalForm())


@login_required
@require_POST
def payout_confirmation(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    account = _mine(request, pk)
    services.confirm_payout(request.actor, account=account)
    messages.success(request, _("Confirmed. Nothing is paid before the hold is over."))
    return redirect("party_payout", account.party_id)


@login_required
@require_POST
def payout_refusal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    account = _mine(request, pk)
    rules.can_confirm_payout(request.actor, account).require()
    form = forms.PayoutRefusalForm(request.POST)
    done = submit(
        form,
        lambda: services.refuse_payout(
            request.actor, account=account, reason=form.cleaned_data["reason"]
        ),
    )
    if done is None:
        return _page(request, account.party, forms.PayoutForm(party=account.party), form)
    messages.success(request, _("Refused; what was in use stays in use."))
    return redirect("party_payout", account.party_id)


@login_required
@require_POST
def payout_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    account = _mine(request, pk)
    services.withdraw_payout(request.actor, account=account)
    messages.success(request, _("Taken back."))
    return redirect("party_payout", account.party_id)


def _page(
    request: PageRequest,
    party: Party,
    form: forms.PayoutForm,
    refusal: forms.PayoutRefusalForm,
) -> HttpResponse:
    waiting = PayoutAccount.objects.waiting().filter(party=party).first()
    context = {
        "party": party,
        "form": form,
        "refusal": refusal,
        "in_use": PayoutAccount.objects.in_use().filter(party=party).first(),
        "waiting": waiting,
        "can_confirm": waiting and rules.can_confirm_payout(request.actor, waiting),
        "stands_alone": waiting and not rules.has_second_person(waiting),
        "can_enter": rules.can_enter_payout(request.actor, party),
        "can_pay": rules.can_pay_party(party),
        "changes": selectors.payout_changes(party),
        "terms": rules.terms_of_accounts(),
    }
    return render_page(request, "parties/party_payout.html", context)


def _mine(request: PageRequest, pk: uuid.UUID) -> PayoutAccount:
    mine = PayoutAccount.objects.visible_to(request.actor).select_related("party")
    return get_object_or_404(mine, pk=pk)
