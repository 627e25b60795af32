from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from portal.core.http import PageRequest
from portal.core.tables import choose_columns, find_table


@login_required
@require_POST
def table_columns(request: PageRequest, name: str) -> HttpResponse:
    """Remember the columns, and back to the list as it was sorted and filtered."""
    kind = find_table(name)
    if kind is None:
        raise Http404
    choose_columns(request.actor, kind=kind, columns=request.POST.getlist("columns"))
    query = request.POST.get("query", "")
    address = kind.address(request.actor)
    return redirect(f"{address}?{query}" if query else address)
