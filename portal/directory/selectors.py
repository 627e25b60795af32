"""Saved searches with who is new in them."""

from __future__ import annotations

from portal.core.actor import Actor
from portal.directory.filters import Filters
from portal.directory.models import SavedSearch
from portal.directory.newcomers import count_newcomers, newcomers
from portal.parties.models import Party
from portal.parties.selectors import whole_parties

MOST_SHOWN = 50


def searches_with_newcomers(actor: Actor) -> list[tuple[SavedSearch, int]]:
    """One's searches, the last saved first, each with how many are new. There are few of them."""
    mine = SavedSearch.objects.visible_to(actor).order_by("-created_at", "pk")
    return [(search, number_of_newcomers(search)) for search in mine]


def number_of_newcomers(search: SavedSearch) -> int:
    question = Filters(search.kind, search.lists).question()
    return count_newcomers(question, since=search.seen_at)


def newcomers_of(search: SavedSearch) -> list[Party]:
    """Who came into it since its person looked last, the latest first."""
    question = Filters(search.kind, search.lists).question()
    keys = newcomers(question, since=search.seen_at, most=MOST_SHOWN)
    listed = whole_parties().listed().in_bulk(keys)
    return [listed[key] for key in keys if key in listed]
