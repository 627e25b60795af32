"""A query as a condition: what the token index can tell, rechecked against the row's own text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from portal.core.actor import Actor
from portal.parties.models import Listing
from portal.parties.search import Term, terms_of
from portal.parties.states import PartyKind
from portal.search.models import Entry


def matches(salt: str, words: str, at: str = "") -> Q:
    """Rows whose `text`, `readings` and `tokens` hold every word; `at` leads to them."""
    found = Q()
    for term in terms_of(salt, words):
        ways = Q()
        for way in term.ways:
            ways |= Q(**{f"{at}tokens__contains": sorted(way)})
        found &= ways & _says(term, at)
    return found


def _says(term: Term, at: str) -> Q:
    said = Q(**{f"{at}text__contains": term.text})
    if term.pattern:
        said |= Q(**{f"{at}readings__regex": term.pattern})
    return said


def entry_keys(kind: str, words: str) -> QuerySet[Entry, Any]:
    """Keys of the rows of a kind whose names hold every word."""
    return Entry.objects.filter(matches(kind, words), kind=kind).values("key")


def named_parties(words: str, *kinds: PartyKind) -> QuerySet[Listing, Any]:
    """Keys of listed parties of these kinds, all by default, that are called so."""
    called = Q()
    for kind in kinds or PartyKind:
        called |= Q(matches(kind, words), kind=kind)
    return Listing.objects.filter(called).values("party")


def with_named(
    own: QuerySet[Any], actor: Actor, words: str, *sides: str
) -> Iterator[QuerySet[Any, Any]]:
    """Keys of one's own rows in which the party at another side is called so: a listed one in every
    way that a directory finds it, any other by its name as it is written."""
    called, written = named_parties(words), Q()
    for side in sides:
        others = own.exclude(**{side: actor.party_id})
        yield others.filter(**{f"{side}__in": called}).values("pk")
        written |= Q(~Q(**{side: actor.party_id}), **{f"{side}__name__icontains": words})
    yield own.filter(written).values("pk")
