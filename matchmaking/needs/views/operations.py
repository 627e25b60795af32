"""What operators watch over."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from matchmaking.needs import rules
from matchmaking.needs.exposures import KINDS, PERIODS, exposure_report, newcomers_rule
from portal.core.http import PageRequest
from portal.core.web import render_page, whole_number


@login_required
@require_safe
def exposure_detail(request: PageRequest) -> HttpResponse:
    """How evenly candidates of a kind were shown in the last days."""
    rules.can_see_exposure(request.actor).require()
    days = whole_number(request.GET.get("days", ""))
    kind = next((kind for kind in KINDS if kind == request.GET.get("kind")), KINDS[0])
    context = {
        "report": exposure_report(days if days in PERIODS else PERIODS[1], kind),
        "periods": PERIODS,
        "kinds": KINDS,
        "rule": newcomers_rule(kind),
    }
    return render_page(request, "needs/exposure_detail.html", context)
