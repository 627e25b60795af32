"""What a person finds, by kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise

from portal.core.actor import Actor
from portal.core.existence import keys_of_each
from portal.search.findables import COUNTED, Finder, Hits, Rows, finders
from portal.search.said import Said

FIRST, SIZE = 5, 20  # hits of a kind among all kinds, and on a page of its own


@dataclass(frozen=True, slots=True)
class Found:
    """Of one kind: its first hits, or a page of them. `count` stops at `COUNTED`."""

    kind: str
    title: str | Promise
    icon: str
    hits: Hits
    count: int = 0

    @property
    def has_more_than_counted(self) -> bool:
        return self.count > COUNTED

    @property
    def number(self) -> int:
        return min(self.count, COUNTED)


def finders_for(actor: Actor) -> list[Finder]:
    return [finder for finder in finders() if finder.is_for(actor)]


def first_hits(actor: Actor, said: Said, *, most: int = FIRST) -> list[Found]:
    """The first few of each kind that has any. They are counted only where there are more."""
    return list(_first_hits(actor, said, most)) if said.is_asked else []


def _first_hits(actor: Actor, said: Said, most: int) -> Iterator[Found]:
    for finder, hits in _hits_of_each(actor, said, most):
        if hits.rows:
            count = finder.count(actor, said) if hits.next else len(hits.rows)
            yield Found(finder.kind, finder.title, finder.icon, hits, count)


def _hits_of_each(actor: Actor, said: Said, most: int) -> Iterator[tuple[Finder, Hits]]:
    """Of most kinds nothing is called so. The keys of the first few of all of them are one query;
    rows are fetched where there are keys."""
    finders = finders_for(actor)
    of_rows = [finder for finder in finders if isinstance(finder, Rows)]
    keys = iter(keys_of_each([finder.first_keys(actor, said, most) for finder in of_rows]))
    for finder in finders:
        if isinstance(finder, Rows):
            yield finder, finder.hits(actor, next(keys), most)
        else:
            yield finder, finder.page(actor, said, size=most)


def hits_of_kind(actor: Actor, said: Said, kind: str, cursor: str) -> Found | None:
    """A page of one kind; None where this person has no such list."""
    finder = next((one for one in finders_for(actor) if one.kind == kind), None)
    if finder is None:
        return None
    if not said.is_asked:
        return Found(finder.kind, finder.title, finder.icon, Hits([]))
    hits = finder.page(actor, said, cursor=cursor, size=SIZE)
    return Found(finder.kind, finder.title, finder.icon, hits, finder.count(actor, said))
