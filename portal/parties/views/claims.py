"""Claiming a party that nobody speaks for, and following one's claim."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.contacts import masked_phone
from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from portal.notices import sms
from portal.parties import forms, rules, services
from portal.parties.models import Claim, Party, PhoneCode


@login_required
@require_http_methods(["GET", "POST"])
def party_claim(request: PageRequest, pk: int) -> HttpResponse:
    """Say that a listed party without members is one's own."""
    party = get_object_or_404(Party.objects.listed().select_related("city"), pk=pk)
    can_claim = rules.can_claim_party(request.actor, party)
    is_post = request.method == "POST"
    if is_post:
        can_claim.require()
    form = _proof_form(request)
    claim = submit(
        form,
        lambda: services.claim_party(
            request.actor, party=party, text=form.cleaned_data["text"], proofs=form.proofs()
        ),
    )
    if claim is not None:
        messages.success(request, _("Handed in. An operator answers; a notice tells you."))
        return redirect(claim)
    mine = Claim.objects.visible_to(request.actor).running().filter(party=party)
    context = {
        "party": party,
        "form": form,
        "can_claim": can_claim,
        "mine": mine.first(),
        "code": services.claim_code(request.actor.user_id, party),
    }
    return render_page(request, "parties/party_claim.html", context)


@login_required
@require_safe
def claim_detail(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    return _page(request, _claim(request, pk), _proof_form(request), forms.CodeForm())


@login_required
@require_POST
def claim_answer(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Hand in what the operator asked for."""
    claim, form = _claim(request, pk), _proof_form(request)
    rules.can_answer_claim(request.actor, claim).require()
    answered = submit(
        form,
        lambda: services.answer_claim(
            request.actor, claim=claim, text=form.cleaned_data["text"], proofs=form.proofs()
        ),
    )
    if answered is None:
        return _page(request, claim, form, forms.CodeForm())
    messages.success(request, _("Handed in. An operator answers; a notice tells you."))
    return redirect(claim)


@login_required
@require_POST
def claim_withdrawal(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    claim = services.withdraw_claim(request.actor, claim=_claim(request, pk))
    messages.success(request, _("Withdrawn."))
    return redirect(claim)


@login_required
@require_POST
def claim_phone(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Send a code to the registered phone."""
    address = get_adapter().get_client_ip(request)
    claim = services.send_claim_code(request.actor, claim=_claim(request, pk), address=address)
    messages.success(request, _("Sent. The code works for five minutes."))
    return redirect(claim)


@login_required
@require_POST
def claim_phone_proof(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the code that was sent."""
    claim, form = _claim(request, pk), forms.CodeForm(request.POST)
    if form.is_valid():
        verdict = services.prove_claim_by_phone(
            request.actor, claim=claim, digits=form.cleaned_data["code"]
        )
        if verdict:
            messages.success(request, _("Right: you have the registered phone."))
            return redirect(claim)
        form.add_error("code", str(verdict.reason))
    return _page(request, claim, _proof_form(request, bound=False), form)


def _claim(request: PageRequest, pk: uuid.UUID) -> Claim:
    mine = Claim.objects.visible_to(request.actor).select_related("party__city")
    return get_object_or_404(mine, pk=pk)


def _proof_form(request: PageRequest, *, bound: bool = True) -> forms.ClaimForm:
    is_post = bound and request.method == "POST"
    return forms.ClaimForm(request.POST if is_post else None, request.FILES if is_post else None)


def _page(
    request: PageRequest, claim: Claim, form: forms.ClaimForm, code_form: forms.CodeForm
) -> HttpResponse:
    context = {
        "claim": claim,
        "statements": claim.statements.prefetch_related("files").order_by("pk"),
        "can_answer": rules.can_answer_claim(request.actor, claim),
        "can_withdraw": rules.can_withdraw_claim(request.actor, claim),
        "can_prove": rules.can_prove_by_phone(request.actor, claim),
        "form": form,
        **_sent_code(claim, code_form),
    }
    return render_page(request, "parties/claim_detail.html", context)


def _sent_code(claim: Claim, code_form: forms.CodeForm) -> dict[str, Any]:
    code = PhoneCode.objects.filter(pk=claim.phone_code).first() if claim.phone_code else None
    is_shown = settings.IS_DEMO and settings.SMS_URL == sms.CONSOLE  # nobody has the demo's phones
    return {
        "code_form": code_form if code is not None and rules.is_usable(code) else None,
        "demo_code": code.digits() if code is not None and is_shown else "",
        "registered_phone": masked_phone(claim.party.contact_phone),
    }
