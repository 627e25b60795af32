"""Sign-in by phone: a number, a code, and for who is new a name. No pop-up, no script: it works in
the browser inside a chat app. What was proven so far stands in the session."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.core import clock
from portal.core.contacts import masked_phone
from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from portal.notices import sms
from portal.parties import forms, services
from portal.parties.models import PhoneCode, User
from portal.policies.addresses import ip_prefix

STATE = "phone_sign_in"
PROVEN_FOR = timedelta(minutes=15)


@never_cache
@require_http_methods(["GET", "POST"])
def phone_number(request: PageRequest) -> HttpResponse:
    """First: the number, to which a code is sent. For who is signed in: their own new number."""
    form = forms.PhoneForm(request.POST if request.method == "POST" else None)
    address = get_adapter().get_client_ip(request)
    code = submit(
        form, lambda: services.send_code(phone=form.cleaned_data["phone"], address=address)
    )
    if code is not None:
        request.session[STATE] = {
            "code": str(code.pk),
            "phone": code.phone,
            "next": _safe(request, request.POST.get("next", "")),
        }
        return redirect("phone_code")
    context = {"form": form, "next": _safe(request, request.GET.get("next", "")), **_facts()}
    return render_page(request, "account/phone_number.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def phone_code(request: PageRequest) -> HttpResponse:
    """Second: the code."""
    state = request.session.get(STATE)
    if not state or "code" not in state:
        return redirect("phone_number")
    form = forms.CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        verdict = services.use_code(
            code_id=uuid.UUID(state["code"]), digits=form.cleaned_data["code"]
        )
        if verdict:
            return _proven(request, state)
        form.add_error("code", str(verdict.reason))
    context = {
        "form": form,
        "phone": masked_phone(state["phone"]),
        "number": state["phone"],
        "next": state["next"],
        "demo_code": _demo_code(state),
    }
    return render_page(request, "account/phone_code.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def phone_name(request: PageRequest) -> HttpResponse:
    """Third, for who is new: a name."""
    state = request.session.get(STATE)
    if not state or state.get("proven_until", 0) < clock.now().timestamp():
        return redirect("phone_number")
    form = forms.PersonForm(request.POST if request.method == "POST" else None)
    person = submit(
        form,
        lambda: services.sign_up_by_phone(
            request.actor,
            phone=state["phone"],
            name=form.cleaned_data["name"],
            language=translation.get_language() or settings.LANGUAGE_CODE,
            ip_prefix=ip_prefix(request),
        ),
    )
    if person is not None:
        return _sign_in(request, person, state, is_new=True)
    return render_page(request, "account/phone_name.html", {"form": form})


@login_required
@require_http_methods(["GET"])
def my_phone(request: PageRequest) -> HttpResponse:
    """The number one signs in with, and the way to another."""
    context = {
        "form": forms.PhoneForm(),
        "phone": getattr(request.user, "phone", None) or "",
        **_facts(),
    }
    return render_page(request, "account/my_phone.html", context)


def _proven(request: PageRequest, state: dict[str, Any]) -> HttpResponse:
    """The phone is theirs: sign in, add it to who is signed in already, or ask the name."""
    if request.actor.user is not None:
        del request.session[STATE]
        services.set_phone(request.actor, phone=state["phone"])
        messages.success(request, _("Saved. You can sign in with this number now."))
        return redirect("my_phone")
    person = User.objects.filter(phone=state["phone"]).first()
    if person is None:
        until = (clock.now() + PROVEN_FOR).timestamp()
        kept = {key: state[key] for key in ("phone", "next")}
        request.session[STATE] = kept | {"proven_until": until}
        return redirect("phone_name")
    return _sign_in(request, person, state)


def _sign_in(
    request: PageRequest, person: User, state: dict[str, Any], *, is_new: bool = False
) -> HttpResponse:
    """Through allauth's door, with its second factor; a phone that was proven needs no mail."""
    del request.session[STATE]
    record_authentication(request, person, method="code")
    login = Login(
        user=person,
        redirect_url=state["next"] or None,
        signup=is_new,
        email_verification=EmailVerificationMethod.NONE,
    )
    return perform_login(request, login)


def _facts() -> dict[str, Any]:
    return {"is_open": sms.is_open()}


def _demo_code(state: dict[str, Any]) -> str:
    """Nobody has the demo's phones: there the code stands on the page."""
    if not settings.IS_DEMO or settings.SMS_URL != sms.CONSOLE:
        return ""
    code = PhoneCode.objects.filter(pk=state["code"]).first()
    return code.digits() if code else ""


def _safe(request: PageRequest, target: str) -> str:
    here = {request.get_host()}
    is_safe = target.startswith("/") and url_has_allowed_host_and_scheme(
        target, here, request.is_secure()
    )
    return target if is_safe else ""
