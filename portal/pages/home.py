"""The public home: who is here, counted now, and the open needs."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from matchmaking.cooperation.models import Cooperation
from matchmaking.needs.models import Need, Proposal
from matchmaking.needs.ranking import measurable_points, published_method
from matchmaking.needs.selectors import needs_for
from portal.core import clock
from portal.core.http import PageRequest
from portal.core.web import render_page
from portal.pages.demo import unfinished_demo
from portal.parties.models import Party

NEWEST = 5


@require_safe
def home(request: PageRequest) -> HttpResponse:
    method = published_method()
    context = {
        "counts": _counts(),
        "as_of": clock.now(),
        "needs": needs_for(request.actor, "open").order_by("-pk")[:NEWEST],
        "method": method,
        "measurable": measurable_points(),
        "loading": unfinished_demo(),
    }
    return render_page(request, "pages/home.html", context, partial="demo-loading")


def _counts() -> dict[str, Any]:
    real, sent = Q(merchant__sandbox_of=None), Proposal.objects.exclude(submitted_at=None)
    open_needs = Need.objects.public().taking_proposals().filter(real, closes_on__gte=clock.today())
    listed = dict(Party.objects.listed().values_list("kind").annotate(Count("pk")))
    return {
        "merchants": listed.get("merchant", 0),
        "providers": listed.get("provider", 0),
        "agencies": listed.get("agency", 0),
        "creators": listed.get("creator", 0),
        "listed": sum(listed.values()),
        "open_needs": open_needs.count(),
        "proposals": sent.exclude(provider__sandbox_of__isnull=False).count(),
        "cooperations": Cooperation.objects.filter(real).count(),
    }
