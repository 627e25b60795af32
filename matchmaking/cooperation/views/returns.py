"""What came of each door, to the settled yuan."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from matchmaking.cooperation import rules, selectors
from portal.core.http import PageRequest
from portal.core.web import render_page


@login_required
@require_safe
def return_list(request: PageRequest) -> HttpResponse:
    """One's own."""
    rules.can_list_cooperations(request.actor).require()
    context = {"returns": selectors.returns_of(request.actor), "is_own": True}
    return render_page(request, "cooperation/return_list.html", context)


@login_required
@require_safe
def return_register(request: PageRequest) -> HttpResponse:
    """Of all, for operators."""
    rules.can_register_cooperations(request.actor).require()
    context = {"returns": selectors.returns_of_all(), "is_own": False}
    return render_page(request, "cooperation/return_list.html", context)
