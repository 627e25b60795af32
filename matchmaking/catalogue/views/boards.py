"""The weekly board of good products."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from matchmaking.catalogue import selectors
from portal.core.http import PageRequest
from portal.core.web import render_page


@require_safe
def board_detail(request: PageRequest) -> HttpResponse:
    asked = request.GET.get("week", "")
    context = selectors.board_page(request.GET.get("category", ""), _day(asked))
    return render_page(request, "catalogue/board_detail.html", context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
