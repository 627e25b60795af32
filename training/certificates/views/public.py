"""Whoever holds a number, or scans a code, reads what the certificate stands for today."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from portal.core import clock
from portal.core.audit import trail
from portal.core.http import PageRequest
from portal.core.web import render_page
from training.certificates import forms, limits, rules, selectors
from training.certificates.models import Certificate


@require_safe
def certificate_check(request: PageRequest) -> HttpResponse:
    """Type a number; what it stands for is on its own page."""
    form = forms.NumberForm(request.GET if "number" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("certificate_proof", number=form.cleaned_data["number"])
    return render_page(request, "certificates/certificate_check.html", {"form": form})


@require_safe
def certificate_proof(request: PageRequest, number: str) -> HttpResponse:
    """Of a number that is ours: what it proves today; of any other: that it is not ours. Kept by no
    cache and found by no search engine."""
    limits.may_check_again(request).require()
    certificate = selectors.certificate_numbered(number)
    if certificate is None:
        limits.count_miss(request)
        return _kept_by_nobody(_not_ours(request, number))
    if number != certificate.number:
        return redirect(certificate)
    return _kept_by_nobody(proof(request, certificate))


def proof(request: PageRequest, certificate: Certificate, **more: Any) -> HttpResponse:
    actor = request.actor
    is_staff = bool(rules.can_run_certificates(actor))
    may_see = rules.can_see_name(actor, certificate)
    context: dict[str, Any] = {
        "certificate": certificate,
        "drawing": selectors.drawing_of(certificate),
        "today": clock.today(),
        "is_own": may_see,
        "can_take_paper": rules.can_take_paper(actor, certificate),
        "can_renew": rules.can_renew_certificate(certificate),
        "can_revoke": rules.can_revoke_certificate(actor, certificate),
        "can_restore": rules.can_restore_certificate(actor, certificate),
        "reason_form": forms.ReasonForm(),
        "trail": trail(certificate).select_related("user") if is_staff or may_see else (),
        "is_staff": is_staff,
    }
    return render_page(request, "certificates/certificate_proof.html", context | more)


def _not_ours(request: PageRequest, number: str) -> HttpResponse:
    context = {"form": forms.NumberForm(), "not_ours": number[:60]}
    return render_page(request, "certificates/certificate_check.html", context, status=404)


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"  # none at all would refuse our own forms
    add_never_cache_headers(response)
    return response
