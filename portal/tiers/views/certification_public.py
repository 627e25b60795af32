"""The mark for everybody: what it is, this year's round, who holds it, and a badge's proof."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.core import clock
from portal.core.documents import qr_drawing
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page
from portal.parties.states import PartyKind
from portal.tiers import selectors
from portal.tiers.certification_tables import MARKS
from portal.tiers.models import CertificationMark, CertificationMethod


@require_safe
def certification_front(request: PageRequest) -> HttpResponse:
    party = request.actor.party
    round_ = selectors.near_certification_round()
    method = round_.method if round_ else selectors.newest_certification_method()
    context = {
        "round": round_,
        "method": method,
        "weights": selectors.weights_of(method) if method else [],
        "counts": selectors.marks_by_year(),
        "newest": selectors.newest_marks(),
        "is_agency": party is not None and party.kind == PartyKind.AGENCY,
        "is_staff": request.actor.has_perm("tiers.view_certificationapplication"),
    }
    return render_page(request, "tiers/certification_front.html", context)


@require_safe
def certification_list(request: PageRequest) -> HttpResponse:
    """Who holds the mark, by year; searched by name, sorted and exported as a table."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:60]
    context = {"table": read_table(request, MARKS), "words": words}
    return render_page(request, "tiers/certification_list.html", context, partial="table")


@require_safe
def certification_method(request: PageRequest, version: str) -> HttpResponse:
    """One version as it was approved: weights, goalposts and the document itself."""
    method = get_object_or_404(
        CertificationMethod.objects.approved(), version=version.replace("\0", "")
    )
    context = {
        "method": method,
        "weights": selectors.weights_of(method),
        "document": selectors.written(method.document),
        "versions": CertificationMethod.objects.approved().order_by("-pk"),
    }
    return render_page(request, "tiers/certification_method.html", context)


@require_safe
def certification_badge(request: PageRequest, number: str) -> HttpResponse:
    """What the number on a badge stands for now, whoever asks."""
    mark = get_object_or_404(
        CertificationMark.objects.whole(), number=number.replace("\0", "").upper()
    )
    context = {
        "mark": mark,
        "party": mark.party,
        "is_valid": mark.is_held and mark.party.is_public,
        "drawing": qr_drawing(f"{settings.SITE_URL}{mark.get_absolute_url()}"),
        "today": clock.today(),
    }
    return render_page(request, "tiers/certification_badge.html", context)
