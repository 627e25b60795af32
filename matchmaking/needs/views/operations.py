"""What operators watch over."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from matchmaking.needs import rules
from matchmaking.needs.exposures import PERIODS, exposure_report
from matchmaking.needs.ranking import published_method
from portal.core.http import PageRequest
from portal.core.web import render_page, whole_number


@login_required
@require_safe
def exposure_detail(request: PageRequest) -> HttpResponse:
    """How evenly candidates were shown in the last days."""
    rules.can_see_exposure(request.actor).require()
    asked = whole_number(request.GET.get("days", ""))
    context = {
        "report": exposure_report(asked if asked in PERIODS else PERIODS[1]),
        "periods": PERIODS,
        "rule": published_method().newcomers,
    }
    return render_page(request, "needs/exposure_detail.html", context)
