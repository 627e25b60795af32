"""The public home: who is here, counted now, the next fairs, and the open needs."""

from __future__ import annotations

from typing import Any

from django.core.cache import caches
from django.db.models import Count, Q
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from matchmaking.cooperation.models import Cooperation
from matchmaking.fairs.selectors import next_fairs
from matchmaking.needs.models import Need, Proposal
from matchmaking.needs.ranking import measurable_points, published_method
from matchmaking.needs.selectors import needs_for
from portal.core import clock
from portal.core.http import PageRequest
from portal.core.web import render_page
from portal.goals.selectors import fair_goals
from portal.pages.demo import unfinished_demo
from portal.parties.models import Party

NEWEST = 5
NEXT_FAIRS = 4
KEPT_SECONDS = 30


@require_safe
def home(request: PageRequest) -> HttpResponse:
    """Visitors all read the same page, which is kept for a moment."""
    kept = {} if request.actor.is_signed_in else {"kept": _kept(request)}
    context = (kept or _content(request)) | {"loading": unfinished_demo()}
    return render_page(request, "pages/home.html", context, partial="demo-loading")


def _kept(request: PageRequest) -> SafeString:
    """No form in it carries a token. It says when it was counted."""
    key = f"home:{get_language()}"
    shown: SafeString | None = caches["local"].get(key)
    if shown is None:
        shown = render_to_string("pages/home.html#home-content", _content(request), request)
        caches["local"].set(key, shown, KEPT_SECONDS)
    return shown


def _content(request: PageRequest) -> dict[str, Any]:
    today = clock.today()
    return {
        "counts": _counts(),
        "fair_goal": next((one for one in fair_goals(today) if one.code == "fairs"), None),
        "as_of": clock.now(),
        "fairs": next_fairs(NEXT_FAIRS),
        "needs": needs_for(request.actor, "open").order_by("-pk")[:NEWEST],
        "method": published_method(),
        "measurable": measurable_points(),
    }


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
