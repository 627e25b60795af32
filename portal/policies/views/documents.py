"""The documents and figures, for everybody; one's own consents."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.core import clock
from portal.core.http import PageRequest
from portal.core.web import render_page
from portal.policies import rules, selectors, services
from portal.policies.addresses import ip_prefix
from portal.policies.blocks import blocks_of, differences
from portal.policies.dated import figures_on
from portal.policies.forms import ConsentsForm, DayForm
from portal.policies.models import CartRule, Consent, DatedRule, Version
from portal.policies.sources import live_uses
from portal.policies.states import AT_SIGN_UP, CONSEQUENCES, DEFAULT_CONSEQUENCE, DocumentKind


@require_safe
def document_list(request: PageRequest) -> HttpResponse:
    context = {"documents": list(selectors.documents_in_force().values())}
    return render_page(request, "policies/document_list.html", context)


@require_safe
def document_detail(request: PageRequest, kind: str) -> HttpResponse:
    """The version in force, with the history."""
    current = selectors.documents_in_force().get(kind)
    if current is None:
        raise Http404
    return _version_page(request, current)


@require_safe
def document_version(request: PageRequest, kind: str, number: int) -> HttpResponse:
    return _version_page(request, get_object_or_404(Version, kind=kind, number=number))


def _version_page(request: PageRequest, version: Version) -> HttpResponse:
    history = list(Version.objects.filter(kind=version.kind).order_by("-number"))
    current = selectors.documents_in_force().get(version.kind)
    context = {
        "version": version,
        "blocks": list(blocks_of(version.text)),
        "history": history,
        "current": current,
        "coming": next((v for v in history if v.is_to_come), None),
    }
    return render_page(request, "policies/document_detail.html", context)


@require_safe
def document_changes(request: PageRequest, kind: str, number: int) -> HttpResponse:
    """What a version changed in the one before it."""
    version = get_object_or_404(Version, kind=kind, number=number)
    previous = get_object_or_404(Version, kind=kind, number=number - 1)
    context = {
        "version": version,
        "previous": previous,
        "lines": list(differences(previous.text, version.text)),
    }
    return render_page(request, "policies/document_changes.html", context)


@require_safe
def dated_rule_list(request: PageRequest) -> HttpResponse:
    """Ceilings and thresholds as of a day, and every one that ever held."""
    form = DayForm(request.GET)
    day = (form.cleaned_data["on"] if form.is_valid() else None) or clock.today()
    rows = list(DatedRule.objects.approved().order_by("kind", "starts_on", "pk"))
    context = {
        "form": form,
        "day": day,
        "today": clock.today(),
        "figures": figures_on(day, rows),
        "history": sorted(rows, key=lambda rule: rule.starts_on, reverse=True),
        "cart_rule": selectors.cart_rule_on(day),
        "cart_rules": CartRule.objects.order_by("-starts_on"),
        "live_uses": live_uses(day),
    }
    return render_page(request, "policies/dated_rule_list.html", context)


@login_required
@require_safe
def consent_list(request: PageRequest) -> HttpResponse:
    context = {"standings": selectors.standings(request.actor)}
    return render_page(request, "policies/consent_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def consent_ask(request: PageRequest) -> HttpResponse:
    """What is still to be agreed to, a box each. `kind` asks for one document, `next` leads
    back."""
    kind = request.GET.get("kind", "")
    kinds = [kind] if kind in DocumentKind.values else AT_SIGN_UP
    versions = _one_each(selectors.asked_versions(request.actor, kinds))
    back = _safe(request, request.GET.get("next", ""))
    form = ConsentsForm(versions, request.POST if request.method == "POST" else None)
    if not versions:
        return redirect(back)
    if request.method == "POST" and form.is_valid():
        services.give_consents(request.actor, versions=versions, ip_prefix=ip_prefix(request))
        messages.success(request, _("Kept. You find your consents under “My account”."))
        return redirect(back)
    context = {"form": form, "versions": versions, "back": back}
    return render_page(request, "policies/consent_ask.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def consent_withdrawal(request: PageRequest, pk: int) -> HttpResponse:
    """Says what follows, then takes the consent back."""
    mine = Consent.objects.visible_to(request.actor).select_related("version", "withdrawal")
    consent = get_object_or_404(mine, pk=pk)
    rules.can_withdraw_consent(request.actor, consent).require()
    if request.method == "POST":
        services.withdraw_consent(request.actor, consent=consent, ip_prefix=ip_prefix(request))
        messages.success(request, _("Withdrawn."))
        return redirect("consent_list")
    context: dict[str, Any] = {
        "consent": consent,
        "consequence": CONSEQUENCES.get(DocumentKind(consent.version.kind), DEFAULT_CONSEQUENCE),
    }
    return render_page(request, "policies/consent_withdrawal.html", context)


def _one_each(versions: list[Version]) -> list[Version]:
    """The newest of each kind: who agrees to what is to come has agreed to what is now."""
    return list({version.kind: version for version in versions}.values())


def _safe(request: PageRequest, target: str) -> str:
    is_own = target.startswith("/") and url_has_allowed_host_and_scheme(
        target, {request.get_host()}, request.is_secure()
    )
    return target if is_own else "consent_list"
