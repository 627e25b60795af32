"""The search as a page, and what drops down while somebody types."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from portal.core.http import PageRequest
from portal.search.limits import may_search_again
from portal.search.said import Said
from portal.search.selectors import first_hits, hits_of_kind

SUGGESTED = 3  # of a kind


@require_safe
def search(request: PageRequest) -> HttpResponse:
    """The first hits of every kind, or all of one kind, page by page."""
    said, kind = Said.of(request.GET.get("q", "")), request.GET.get("kind", "")
    if said.is_asked:
        may_search_again(request, request.actor).require()
    found = first_hits(request.actor, said)
    context = {
        "said": said,
        "found": found,
        "total": sum(one.number for one in found),
        "is_more": any(one.has_more_than_counted for one in found),
        "kind": kind,
    }
    if kind:
        chosen = hits_of_kind(request.actor, said, kind, request.GET.get("cursor", ""))
        if chosen is None:
            raise Http404
        context["chosen"] = chosen
    return render(request, "search/search.html", context)


@require_safe
def search_suggestions(request: PageRequest) -> HttpResponse:
    """A few hits under the box. Without the box around it, it is the page."""
    said = Said.of(request.GET.get("q", ""))
    if not request.htmx:
        return redirect(said.address)
    if said.is_asked:
        may_search_again(request, request.actor).require()
    found = first_hits(request.actor, said, most=SUGGESTED)
    response = render(request, "search/suggestions.html", {"said": said, "found": found})
    patch_vary_headers(response, ["HX-Request"])
    return response
