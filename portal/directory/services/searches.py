"""Saved searches, and telling people of who has come into them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from itertools import groupby

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.directory import rules
from portal.directory.filters import Filters, plain_query
from portal.directory.models import SavedSearch
from portal.directory.newcomers import count_newcomers
from portal.notices.services import notify
from portal.parties.models import Party

MOST_NAMED = 3  # searches in one notice


@transaction.atomic
def save_search(actor: Actor, *, kind: str, name: str, data: dict[str, list[str]]) -> SavedSearch:
    """Keep what is asked of a directory. The order it was shown in is no part of it."""
    rules.can_save_search(actor).require()
    assert actor.party is not None
    assert actor.user is not None
    Party.objects.select_for_update(no_key=True).get(pk=actor.party.pk)  # counts the searches
    query = plain_query(Filters(kind, data))
    rules.can_save_another_search(actor, kind=kind, name=name, query=query).require()
    now = clock.now()
    search = SavedSearch.objects.create(
        person=actor.user,
        party=actor.party,
        kind=kind,
        name=name,
        query=query,
        created_at=now,
        seen_at=now,
        told_at=now,
    )
    audit.record(actor, "save_search", search, after={"kind": kind})
    return search


@transaction.atomic
def look_at_search(actor: Actor, *, search: SavedSearch) -> SavedSearch:
    """Whoever is in it now is no longer new."""
    search = _locked(actor, search)
    search.seen_at = search.told_at = clock.now()
    search.save(update_fields=["seen_at", "told_at"])
    return search


@transaction.atomic
def tell_of_search(actor: Actor, *, search: SavedSearch, is_told: bool) -> SavedSearch:
    """Begin or stop to tell of new ones. Who came in meanwhile is not told of."""
    search = _locked(actor, search)
    if search.is_told != is_told:
        search.is_told, search.told_at = is_told, clock.now()
        search.save(update_fields=["is_told", "told_at"])
        audit.record(actor, "tell_of_search", search, after={"is_told": is_told})
    return search


@transaction.atomic
def silence_searches(actor: Actor) -> int:
    """Stop telling this person, whichever party they speak for. How many searches were told of."""
    mine = SavedSearch.objects.filter(person=actor.user, is_told=True)
    for search in mine.select_for_update(no_key=True):
        audit.record(actor, "tell_of_search", search, after={"is_told": False})
    return mine.update(is_told=False)


@transaction.atomic
def delete_search(actor: Actor, *, search: SavedSearch) -> None:
    search = _locked(actor, search)
    audit.record(actor, "delete_search", search, before={"kind": search.kind})
    search.delete()


def _locked(actor: Actor, search: SavedSearch) -> SavedSearch:
    rules.can_save_search(actor).require()
    return SavedSearch.objects.visible_to(actor).select_for_update(no_key=True).get(pk=search.pk)


def tell_newcomers() -> int:
    """Tell each person, once a day and for each of their parties, which of their searches somebody
    new has come into. Safe to run twice. Returns how many were told.

    A directory in which nothing changed is not asked; the same question since the same moment is
    asked once, however many people saved it.
    """
    now, today = clock.now(), clock.today()
    morning = datetime.combine(today, time(), clock.SHANGHAI)
    waiting = SavedSearch.objects.filter(is_told=True, told_at__lt=morning)
    told = 0
    with_new = _with_newcomers(waiting.order_by("person", "party", "created_at").iterator())
    for (person, party), found in groupby(with_new, key=_whose):
        told += _tell(person, party, list(found), key=f"newcomers:{party}:{today}", now=now)
    waiting.update(told_at=now)
    return told


def _whose(found: tuple[SavedSearch, int]) -> tuple[int, int]:
    return found[0].person_id, found[0].party_id


def _with_newcomers(searches: Iterable[SavedSearch]) -> Iterator[tuple[SavedSearch, int]]:
    counted: dict[tuple[str, str, datetime], int] = {}
    for search in searches:
        asked = (search.kind, search.query, search.told_at)
        if asked not in counted:
            question = Filters(search.kind, search.lists).question()
            counted[asked] = count_newcomers(question, since=search.told_at)
        if counted[asked]:
            yield search, counted[asked]


@transaction.atomic
def _tell(
    person: int, party: int, found: list[tuple[SavedSearch, int]], *, key: str, now: datetime
) -> bool:
    """One notice of several searches. Those that somebody else tells of meanwhile are left out."""
    keys = {search.pk for search, _number in found}
    theirs = SavedSearch.objects.filter(pk__in=keys, is_told=True, told_at__lt=now)
    left = set(theirs.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True))
    names = [f"{search.name} ({number})" for search, number in found if search.pk in left]
    if not names:
        return False
    shown = " · ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")
    notify(
        [person],
        party_id=party,
        event="search_newcomers",
        key=key,
        sentence=gettext_noop("New in your saved searches: %(searches)s"),
        params={"searches": shown},
        url=reverse("search_list"),
    )
    SavedSearch.objects.filter(pk__in=left).update(told_at=now)
    return True
