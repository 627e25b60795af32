"""Papers: the list, one of them with what an order gives by it, and answering a version."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core import audit, clock
from portal.core.documents import pdf_file
from portal.core.http import PageRequest
from portal.core.money import parse_money
from portal.core.web import ordered_page, render_page, submit
from portal.revenue import rules, selectors, services
from portal.revenue.esign import can_use_gateway
from portal.revenue.forms import SealForm
from portal.revenue.forms.agreements import SHOWN_FEN
from portal.revenue.models import Agreement, AgreementVersion
from portal.revenue.papers import render_paper
from portal.revenue.states import Side, VersionStatus

MOST_FEN = 10**13


@login_required
@require_safe
def agreement_list(request: PageRequest) -> HttpResponse:
    rules.can_list_agreements(request.actor).require()
    rows = selectors.agreements_of(request.actor)
    cursor = request.GET.get("cursor", "")
    page = ordered_page(rows, cursor, field="created_at", ascending=False)
    return render_page(request, "revenue/agreement_list.html", {"page": page})


@login_required
@require_safe
def agreement_detail(request: PageRequest, pk: UUID) -> HttpResponse:
    """What holds, what waits for an answer, and what an order of `gross` gives by it."""
    agreement = get_object_or_404(selectors.agreements_of(request.actor), pk=pk)
    actor = request.actor
    versions = list(agreement.versions.prefetch_related("acceptances"))
    for version in versions:
        version.agreement = agreement
    today = clock.today()
    waiting = next((one for one in versions if one.status == VersionStatus.OPEN), None)
    sealing = next((one for one in versions if one.status == VersionStatus.SEALING), None)
    holding = next((one for one in versions if one.in_force and today in one.in_force), None)
    shown = waiting or sealing or holding or versions[0]
    bills = list(agreement.bills.order_by("due_on", "pk"))
    accepted = next((one for one in versions if one.in_force and not one.in_force.isempty), None)
    gross = _gross(request.GET.get("gross", ""))
    context = {
        "agreement": agreement,
        "other": agreement.other_name(actor.party_id),
        "versions": versions,
        "bills": bills,
        "coming": selectors.coming_of(accepted, bills) if accepted else [],
        "calls": selectors.callable_of(actor, agreement, accepted),
        "waiting": waiting,
        "holding": holding,
        "shown": shown,
        "is_own": waiting is not None and waiting.proposed_by == agreement.side_of(actor.party_id),
        "preview": selectors.preview_of(
            shown.terms,
            gross,
            selectors.names_of(agreement.payer_name, agreement.payee.name),
            selectors.kinds_of(agreement.payer_kind, agreement.payee.kind),
        ),
        "can_propose": rules.can_propose_version(actor, agreement),
        "can_answer": rules.can_accept_version(actor, waiting) if waiting else None,
        "sealing": sealing,
        "seals": list(sealing.seals.all()) if sealing else [],
        "can_seal": rules.can_seal_version(actor, sealing) if sealing else None,
        "has_gateway": bool(can_use_gateway()),
        "can_withdraw": rules.can_withdraw_version(actor, waiting) if waiting else None,
        "trail": audit.trail(agreement),
        "payer_legal_name": agreement.legal_name_of(Side.PAYER),
    }
    return render_page(request, "revenue/agreement_detail.html", context, partial="preview")


def _gross(text: str) -> int:
    """The order to be shown; the usual one for what is no amount."""
    try:
        fen = parse_money(text).fen
    except ValueError:
        return SHOWN_FEN
    return fen if 0 < fen <= MOST_FEN else SHOWN_FEN


@login_required
@require_POST
def agreement_version_acceptance(request: PageRequest, pk: UUID) -> HttpResponse:
    sentence = _("Accepted. It holds from its first day, at the earliest tomorrow.")
    return _answer(request, pk, services.accept_version, sentence)


@login_required
@require_POST
def agreement_version_refusal(request: PageRequest, pk: UUID) -> HttpResponse:
    return _answer(request, pk, services.decline_version, _("Declined. Nothing changes."))


@login_required
@require_POST
def agreement_version_withdrawal(request: PageRequest, pk: UUID) -> HttpResponse:
    return _answer(request, pk, services.withdraw_version, _("Taken back."))


@login_required
@require_http_methods(["GET", "POST"])
def agreement_version_seal(request: PageRequest, pk: UUID) -> HttpResponse:
    """The stamped scan, with the code of its last page."""
    version = fetch_version(request, pk)
    rules.can_seal_version(request.actor, version).require()
    is_sent = request.method == "POST"
    form = SealForm(request.POST if is_sent else None, request.FILES if is_sent else None)

    def write() -> AgreementVersion:
        return services.seal_by_scan(request.actor, version=version, **form.cleaned_data)

    if submit(form, write) is not None:
        messages.success(request, _("Sealed."))
        return redirect(version.agreement)
    context = {"form": form, "title": _("Hand in the stamped scan")}
    context |= {"back": version.get_absolute_url(), "name": version.agreement.subject}
    return render_page(request, "core/form_page.html", context)


@login_required
@require_POST
def agreement_version_esign(request: PageRequest, pk: UUID) -> HttpResponse:
    return _answer(request, pk, services.seal_by_gateway, _("Sealed."))


def _answer(
    request: PageRequest, pk: UUID, service: Callable[..., AgreementVersion], sentence: str
) -> HttpResponse:
    version = fetch_version(request, pk)
    service(request.actor, version=version)
    messages.success(request, sentence)
    return redirect(version.agreement)


@login_required
@require_safe
def agreement_version_paper(request: PageRequest, pk: UUID) -> HttpResponse:
    """One version as a PDF with its hash."""
    version = fetch_version(request, pk)
    return pdf_file(render_paper(version), f"agreement-{version.sha256[:12]}-v{version.number}")


def fetch(request: PageRequest, pk: UUID) -> Agreement:
    return get_object_or_404(selectors.agreements_of(request.actor), pk=pk)


def fetch_version(request: PageRequest, pk: UUID) -> AgreementVersion:
    mine = AgreementVersion.objects.visible_to(request.actor)
    rows = mine.select_related("agreement__payer", "agreement__payee")
    return get_object_or_404(rows, pk=pk)
