"""The directories as pages: lists, profiles, parties side by side, and those kept in mind."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core.http import PageRequest
from portal.core.web import keyset_page, render_page, whole_number
from portal.directory import services
from portal.directory.doors import DOORS
from portal.directory.models import ShortlistEntry
from portal.directory.results import SORTS, Results
from portal.parties.models import Party
from portal.parties.selectors import roster_size, shown_members, whole_parties
from portal.parties.states import PartyKind

MOST_COMPARED = 4
MOST_MEMBERS = 60


@require_safe
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
        "kept": _kept_by(request, results.page.rows),
    }
    return render_page(request, "directory/directory_list.html", context, partial="directory")


def _kept_by(request: PageRequest, parties: list[Party]) -> set[int]:
    """Which of these stand on the acting party's shortlist."""
    if request.actor.party is None:
        return set()
    entries = ShortlistEntry.objects.visible_to(request.actor).filter(party__in=parties)
    return set(entries.values_list("party_id", flat=True))


@require_safe
def directory_detail(request: PageRequest, kind: str, pk: int) -> HttpResponse:
    """A listed party's public profile; providers have their own page."""
    party = get_object_or_404(whole_parties().listed().filter(kind=kind), pk=pk)
    context = {
        "party": party,
        "door": DOORS[kind],
        "own": request.actor.speaks_for(party.pk),
        "members": shown_members(party)[:MOST_MEMBERS] if kind == PartyKind.AGENCY else [],
        "roster_size": roster_size(party) if kind == PartyKind.AGENCY else 0,
    }
    return render_page(request, "directory/directory_detail.html", context)


@require_safe
def directory_compare(request: PageRequest, kind: str) -> HttpResponse:
    """Up to four side by side, in the order they were chosen; whoever is not listed is left out."""
    keys = dict.fromkeys(whole_number(text) for text in request.GET.getlist("p"))
    listed = whole_parties().listed().filter(kind=kind).in_bulk(list(keys)[:MOST_COMPARED])
    parties = [listed[key] for key in keys if key in listed]
    context = {"door": DOORS[kind], "parties": parties, "most": MOST_COMPARED}
    return render_page(request, "directory/directory_compare.html", context)


@login_required
@require_safe
def shortlist(request: PageRequest) -> HttpResponse:
    """Whom the acting party keeps in mind, the last added first; whoever hides is left out."""
    entries = ShortlistEntry.objects.visible_to(request.actor)
    page = keyset_page(entries.filter(party__in=Party.objects.listed()), _cursor(request))
    listed = whole_parties().listed().in_bulk([entry.party_id for entry in page.rows])
    parties = [listed[entry.party_id] for entry in page.rows if entry.party_id in listed]
    context = {"page": page, "parties": parties, "doors": DOORS.values()}
    return render_page(request, "directory/shortlist.html", context)


def _cursor(request: PageRequest) -> str:
    return request.GET.get("cursor", "")


@login_required
@require_POST
def shortlist_entry(request: PageRequest, pk: int) -> HttpResponse:
    """Put a listed party on the acting party's shortlist, or take it off."""
    party = get_object_or_404(Party.objects.listed(), pk=pk)
    if request.POST.get("kept") == "1":
        services.add_shortlist_entry(request.actor, party=party)
        messages.success(request, _("%(name)s is on your shortlist.") % {"name": party.name})
    else:
        services.remove_shortlist_entry(request.actor, party=party)
        messages.success(request, _("%(name)s is off your shortlist.") % {"name": party.name})
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return redirect(target if safe else "shortlist")
