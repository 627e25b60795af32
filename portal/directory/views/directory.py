"""The directories as pages: lists, profiles, and parties side by side."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.core.cache import caches
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from matchmaking.needs.selectors import service_offers_of
from portal.core.http import PageRequest
from portal.core.web import Page, render_page, whole_number
from portal.directory import newcomers
from portal.directory.doors import DOORS
from portal.directory.filters import plain_query
from portal.directory.models import ShortlistEntry
from portal.directory.profiles import Card, cards_of, profile_of
from portal.directory.reaching import may_ask, ways_to
from portal.directory.results import Results
from portal.evaluation.selectors import shown_ratings
from portal.parties.models import Party
from portal.parties.rules import is_unclaimed
from portal.parties.selectors import whole_parties
from portal.revenue.rules import can_propose_agreement

MOST_COMPARED = 4
KEPT_SECONDS = 30
ROWS_KEPT_SECONDS = 10
Rows = tuple[Page[Party], list[Card]]


@require_safe
def directory_list(request: PageRequest, kind: str) -> HttpResponse:
    """Everybody of a kind who is listed, searched and narrowed. Visitors without a party of their
    own all see the same results, which are kept for a moment."""
    if request.actor.is_signed_in:
        results = Results(kind, request.GET)
        context = _results(request, results, _kept_rows(request, results))
    else:
        context = {
            "door": DOORS[kind],
            "doors": DOORS.values(),
            "kept_results": _kept(request, kind),
        }
    return render_page(request, "directory/directory_list.html", context, partial="directory")


def _kept(request: PageRequest, kind: str) -> SafeString:
    """The results as visitors see them: no form in them carries a token. Made again when anything
    in the directories changed, and in any case after a while."""
    key = _key_of(request, "page")
    shown = caches["local"].get(key)
    if shown is None:
        results = Results(kind, request.GET)
        context = _results(request, results, _rows(results))
        shown = render_to_string("directory/directory_list.html#directory", context, request)
        caches["local"].set(key, shown, KEPT_SECONDS)
    return SafeString(shown)


def _key_of(request: PageRequest, part: str) -> str:
    """Of what everybody sees at this address, until somebody is found otherwise."""
    address = f"{request.get_full_path()} {get_language()} {newcomers.last_change()}"
    return f"directory:{part}:{sha256(address.encode()).hexdigest()}"


def _kept_rows(request: PageRequest, results: Results) -> Rows:
    """Ten queries whose answer is the same for everybody who is signed in: kept for a moment."""
    key = _key_of(request, "rows")
    rows: Rows | None = caches["local"].get(key)
    if rows is None:
        rows = _rows(results)
        caches["local"].set(key, rows, ROWS_KEPT_SECONDS)
    return rows


def _rows(results: Results) -> Rows:
    """A page of parties, and the figures beside each."""
    service = results.filters.only("service")
    return results.page, cards_of(results.kind, results.page.rows, service)


def _results(request: PageRequest, results: Results, rows: Rows) -> dict[str, Any]:
    page, cards = rows
    return {
        "door": DOORS[results.kind],
        "doors": DOORS.values(),
        "results": results,
        "page": page,
        "cards": cards,
        "counts": results.counts,
        "facets": list(results.facets()),
        "chosen": list(results.chosen()),
        "plain_query": plain_query(results.filters),
        "sorts": results.sorts,
        "kept": _kept_by(request, page.rows),
    }


def _kept_by(request: PageRequest, parties: list[Party]) -> set[int]:
    """Which of these stand on the acting party's shortlist."""
    if request.actor.party is None:
        return set()
    entries = ShortlistEntry.objects.visible_to(request.actor).filter(party__in=parties)
    return set(entries.values_list("party_id", flat=True))


@require_safe
def directory_detail(request: PageRequest, kind: str, pk: int) -> HttpResponse:
    """A listed party's public profile."""
    party = get_object_or_404(whole_parties().listed().filter(kind=kind), pk=pk)
    context = {
        "party": party,
        "door": DOORS[kind],
        "own": request.actor.speaks_for(party.pk),
        "is_unclaimed": is_unclaimed(party),
        "ways": ways_to(request.actor, party),
        "may_propose": bool(can_propose_agreement(request.actor, party)),
        "proven": party.owned_accounts.proven().order_by("platform", "name"),
        **profile_of(party),
    }
    return render_page(request, "directory/directory_detail.html", context)


@require_safe
def directory_compare(request: PageRequest, kind: str) -> HttpResponse:
    """Up to four side by side, in the order they were chosen; whoever is not listed is left out."""
    keys = dict.fromkeys(whole_number(text) for text in request.GET.getlist("p"))
    listed = whole_parties().listed().filter(kind=kind).in_bulk(list(keys)[:MOST_COMPARED])
    parties = [listed[key] for key in keys if key in listed]
    ratings = shown_ratings(kind, [party.pk for party in parties])
    shown = [(party, ratings.get(party.pk)) for party in parties]
    context = {
        "door": DOORS[kind],
        "cards": cards_of(kind, parties),
        "offers": [service_offers_of(party.pk) for party in parties],
        "kept": _kept_by(request, parties),
        "asking": {party.pk for party in parties if may_ask(request.actor, party)},
        "parties": parties,
        "most": MOST_COMPARED,
        "shown": shown,
        "radar": [(party.name, one.scores if one else []) for party, one in shown],
        "labels": next((one.labels for _party, one in shown if one), []),
    }
    return render_page(request, "directory/directory_compare.html", context)
