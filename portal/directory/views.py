"""The directories as pages: lists, profiles, and parties side by side."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from portal.core.http import PageRequest
from portal.core.web import render_page, whole_number
from portal.directory.doors import DOORS
from portal.directory.results import SORTS, Results
from portal.parties.selectors import whole_parties

MOST_COMPARED = 4


@require_GET
def directory_list(request: PageRequest, kind: str) -> HttpResponse:
    """Everybody of a kind who is listed, searched and narrowed."""
    results = Results(kind, request.GET)
    context = {
        "door": DOORS[kind],
        "doors": DOORS.values(),
        "results": results,
        "page": results.page,
        "counts": results.counts,
        "facets": list(results.facets()),
        "chosen": list(results.chosen()),
        "sorts": SORTS,
    }
    return render_page(request, "directory/directory_list.html", context, partial="directory")


@require_GET
def directory_detail(request: PageRequest, kind: str, pk: int) -> HttpResponse:
    """A listed party's public profile; providers have their own page."""
    party = get_object_or_404(whole_parties().listed().filter(kind=kind), pk=pk)
    context = {"party": party, "door": DOORS[kind], "own": request.actor.speaks_for(party.pk)}
    return render_page(request, "directory/directory_detail.html", context)


@require_GET
def directory_compare(request: PageRequest, kind: str) -> HttpResponse:
    """Up to four side by side, in the order they were chosen; whoever is not listed is left out."""
    keys = dict.fromkeys(whole_number(text) for text in request.GET.getlist("p"))
    listed = whole_parties().listed().filter(kind=kind).in_bulk(list(keys)[:MOST_COMPARED])
    parties = [listed[key] for key in keys if key in listed]
    context = {"door": DOORS[kind], "parties": parties, "most": MOST_COMPARED}
    return render_page(request, "directory/directory_compare.html", context)
