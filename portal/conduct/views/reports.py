"""Reporting a party, following one's reports, and the rule book."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.conduct import forms, rules, selectors, services
from portal.conduct.places import find_place
from portal.conduct.states import HALF_LIFE_DAYS
from portal.core.http import PageRequest
from portal.core.web import keyset_page, render_page, submit
from portal.parties.states import MANAGING

MOST_CASES = 50


@require_safe
def conduct_rule_list(request: PageRequest) -> HttpResponse:
    """The rule book: everybody may read what is held against whom, and for how long."""
    context = {"rules": selectors.rule_book(), "half_life": HALF_LIFE_DAYS}
    return render_page(request, "conduct/rule_list.html", context)


@login_required
@require_safe
def conduct_list(request: PageRequest) -> HttpResponse:
    """Cases about one's own party, for those who sign for it; and one's own reports."""
    actor = request.actor
    reports = selectors.with_decisions(selectors.reports_of(actor))
    page = keyset_page(reports, request.GET.get("cursor", ""))
    signs = actor.party is not None and actor.role in MANAGING
    context = {
        "party": actor.party,
        "signs": signs,
        "cases": selectors.cases_of(actor).order_by("-pk")[:MOST_CASES] if signs else [],
        "page": page,
        "reports": [(report, selectors.end_of(report)) for report in page.rows],
    }
    return render_page(request, "conduct/conduct_list.html", context, partial="reports")


@login_required
@require_http_methods(["GET", "POST"])
def conduct_report_create(request: PageRequest, pk: int) -> HttpResponse:
    """Report a party; `place` and `key` name the thing of the site one came from."""
    place = (request.GET.get("place", "")[:20], request.GET.get("key", "")[:40])
    parties = selectors.reportable_parties(request.actor, *place)
    party = get_object_or_404(parties, pk=pk)
    rules.can_report_party(request.actor, party).require()
    is_sent = request.method == "POST"
    form = forms.ReportForm(
        party, place, request.POST if is_sent else None, request.FILES if is_sent else None
    )
    report = submit(
        form,
        lambda: services.report_conduct(
            request.actor, party=party, fields=form.report(), evidence=form.evidence()
        ),
    )
    if report is not None:
        messages.success(request, _("Reported. You will be told what became of it."))
        return redirect(report)
    found = find_place(request.actor, *place) if place[0] else None
    context = {"party": party, "form": form, "place": found}
    return render_page(request, "conduct/report_create.html", context)


@login_required
@require_safe
def conduct_report_detail(request: PageRequest, public_id: UUID) -> HttpResponse:
    reports = selectors.with_decisions(selectors.reports_of(request.actor))
    report = get_object_or_404(reports, public_id=public_id)
    context = {
        "report": report,
        "case": report.case,
        "end": selectors.end_of(report),
        "evidence": report.evidence.alive(),
    }
    return render_page(request, "conduct/report_detail.html", context)
