"""A party's accounts and shops elsewhere: naming them, proving them, giving them up."""

from __future__ import annotations

import logging
import secrets
import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core import clock
from portal.core.http import PageRequest
from portal.core.verdict import Refused
from portal.core.web import render_page, submit
from portal.parties import forms, proof_apps, rules, services
from portal.parties.models import OwnedAccount, Party

SHOWN = 100
LEFT_FOR = "account_proof"  # in the session: whom somebody left for a platform to prove
SIGN_IN_LASTS = timedelta(minutes=10)
logger = logging.getLogger(__name__)


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
        "can_sign_in": rules.can_prove_by_sign_in(request.actor, account),
        "can_place": rules.can_place_proof(request.actor, account),
        "can_release": rules.can_release_account(request.actor, account),
        "can_see": rules.can_read_screenshot(request.actor, account),
        "opened": account.openings.verified().first(),
    }
    return render_page(request, "parties/party_account.html", context)


@login_required
@require_POST
def party_account_sign_in(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Leave for the platform, to sign in to the account there."""
    account = _mine(request, pk)
    rules.can_prove_by_sign_in(request.actor, account).require()
    leaving = proof_apps.leave_for(account.platform)
    request.session[LEFT_FOR] = {
        "account": str(account.pk),
        "state": leaving.state,
        "verifier": leaving.verifier,
        "at": clock.now().timestamp(),
    }
    return redirect(leaving.url)


@login_required
@require_safe
def party_account_return(request: PageRequest) -> HttpResponse:
    """Back from the platform. Only who left from here, for this account, proves it."""
    left = request.session.pop(LEFT_FOR, None)
    if left is None or not _is_answer(request, left):
        messages.warning(request, _("This sign-in was not begun here, or too long ago. Try again."))
        return redirect("workbench")
    account = _mine(request, uuid.UUID(left["account"]))
    app = proof_apps.app_of(account.platform)
    code = request.GET.get("code", "")
    try:
        if app is None or not code:
            raise proof_apps.ProofFailed("no code came back")
        told = proof_apps.told_of(app, code=code, verifier=left["verifier"])
        services.prove_by_sign_in(
            request.actor, account=account, number=told.number, opened_on=told.opened_on
        )
    except proof_apps.ProofFailed:
        logger.warning("account proof failed", exc_info=True)
        messages.error(request, _("The platform did not say who signed in. Try again later."))
    except Refused as refused:
        messages.error(request, str(refused.verdict.reason))
    else:
        messages.success(request, _("Proven: you signed in to it."))
    return redirect("party_account", account.pk)


def _is_answer(request: PageRequest, left: dict[str, Any]) -> bool:
    is_soon = clock.now().timestamp() - left["at"] < SIGN_IN_LASTS.total_seconds()
    return is_soon and secrets.compare_digest(request.GET.get("state", ""), left["state"])


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
