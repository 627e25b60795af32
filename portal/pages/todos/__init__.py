"""What waits for a person on their workbench, as each part of the site tells it.

A source is a function from actor to what may wait: rows of one sort, with the words for each of
them, or something that needs no looking. Of most sorts nothing waits on most days, so that is asked
first, of all sources in one query; only what is there is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from portal.core import clock
from portal.core.actor import Actor
from portal.core.existence import have_any

SOON = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits for this person: what, why, until when, and where to do it."""

    title: str
    detail: str | Promise
    url: str
    verb: str
    due: date | None = None
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows of one sort, fetched where there are any; `told` puts one into words, or says None where
    it does not wait after all. `fields`: what the words are made of; nothing else is fetched."""

    rows: QuerySet[Any, Any]
    told: Callable[[Any], Todo | None]
    fields: Sequence[str] = ()

    def todos(self) -> Iterator[Todo]:
        rows = _narrowed(self.rows, self.fields) if self.fields else self.rows
        yield from (todo for row in rows if (todo := self.told(row)) is not None)


def _narrowed(rows: QuerySet[Any, Any], fields: Sequence[str]) -> QuerySet[Any, Any]:
    """Whole rows with all that hangs on them have a hundred columns, which cost more than to ask
    for the rows."""
    joined = {name.rpartition("__")[0] for name in fields if "__" in name}
    bare = rows.select_related(None)
    return (bare.select_related(*joined) if joined else bare).only(*fields)


TodoSource = Callable[[Actor], Iterator[Todo | Waiting]]


def todos_of(actor: Actor, sources: Iterable[TodoSource]) -> list[Todo]:
    """In the order of the sources."""
    found = [one for source in sources for one in source(actor)]
    is_there = iter(have_any([one.rows for one in found if isinstance(one, Waiting)]))
    return [todo for one in found for todo in _todos(one, is_there)]


def _todos(one: Todo | Waiting, is_there: Iterator[bool]) -> Iterable[Todo]:
    if isinstance(one, Todo):
        return [one]
    return one.todos() if next(is_there) else ()


def dated(due: date, *, title: str, detail: str | Promise, url: str, verb: str) -> Todo:
    """Urgent in its last days."""
    return Todo(title, detail, url, verb, due=due, is_urgent=due <= clock.today() + SOON)
