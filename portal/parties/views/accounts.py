"""A party's accounts and shops elsewhere: naming them, proving them, giving them up."""

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
from portal.parties import forms, rules, services
from portal.parties.models import OwnedAccount, Party

SHOWN = 100


@login_required
@require_http_methods(["GET", "POST"])
def party_accounts(request: PageRequest, pk: int) -> HttpResponse:
    """The accounts the party has named, and a form for one more."""
    party = get_object_or_404(Party.objects.visible_to(request.actor), pk=pk)
    if request.method == "POST":
        rules.can_manage_party(request.actor, party).require()
    form = forms.OwnedForm(request.POST if request.method == "POST" else None)
    made = submit(
        form,
        lambda: services.claim_account(request.actor, party=party, fields=form.owned_fields()),
    )
    if made is not None:
        return redirect("party_account", made.pk)
    accounts = OwnedAccount.objects.filter(party=party).order_by("-claimed_at")[:SHOWN]
    context = {
        "party": party,
        "accounts": accounts,
        "form": form,
        "terms": rules.terms_of_accounts(),
        "can_claim": rules.can_claim_account(request.actor, party),
    }
    return render_page(request, "parties/party_accounts.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def party_account(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """One account with its code. A POST says that the profile shows it, or brings a screenshot."""
    account = _mine(request, pk)
    is_post = request.method == "POST"
    form = forms.ScreenshotForm(
        request.POST if is_post else None, request.FILES if is_post else None
    )
    if is_post and request.POST.get("method") == "code":
        services.place_proof(request.actor, account=account)
        return _placed(request, account)
    if is_post:
        rules.can_place_proof(request.actor, account).require()
    placed = submit(
        form,
        lambda: services.place_proof(
            request.actor, account=account, screenshot=form.cleaned_data["screenshot"]
        ),
    )
    if placed is not None:
        return _placed(request, account)
    context = {
        "party": account.party,
        "account": account,
        "form": form,
        "can_place": rules.can_place_proof(request.actor, account),
        "can_release": rules.can_release_account(request.actor, account),
        "can_see": rules.can_read_screenshot(request.actor, account),
    }
    return render_page(request, "parties/party_account.html", context)


@login_required
@require_POST
def party_account_release(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    account = _mine(request, pk)
    services.release_account(request.actor, account=account)
    messages.success(request, _("Given up; another party may prove it now."))
    return redirect("party_accounts", account.party_id)


def _placed(request: PageRequest, account: OwnedAccount) -> HttpResponse:
    messages.success(request, _("Handed in. A person looks; leave the code where it is till then."))
    return redirect("party_accounts", account.party_id)


def _mine(request: PageRequest, pk: uuid.UUID) -> OwnedAccount:
    mine = OwnedAccount.objects.visible_to(request.actor)
    return get_object_or_404(mine.select_related("party__city", "screenshot"), pk=pk)
