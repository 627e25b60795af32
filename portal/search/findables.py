"""What can be found. Each app names its kinds in its `findables.py`:

    register_finder(
        Rows(
            kind="need", title=_("Service needs"), icon="clipboard-list", rank=20,
            model=Need, visible=Need.objects.visible_to, hit=_hit, names=lambda need: [need.title],
        )
    )

A finder shows what the lists of that kind would show the same person, and nothing else: it begins
with their `visible_to`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from portal.core.actor import Actor
from portal.core.web import Page, keyset_page, ordered_page
from portal.search.matching import entry_keys
from portal.search.said import Said

COUNTED = 1_000  # of more it is said that there are more
Keys = QuerySet[Any, Any]  # of one value each


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its name, where it opens, and what tells it from others of its name."""

    title: str
    url: str
    note: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of them, and the cursors of those beside it ("" = none)."""

    rows: Sequence[Hit]
    next: str = ""
    previous: str = ""


class Finder(Protocol):
    """`rank`: its place among the kinds."""

    @property
    def kind(self) -> str: ...
    @property
    def title(self) -> str | Promise: ...
    @property
    def icon(self) -> str: ...
    @property
    def rank(self) -> int: ...

    def is_for(self, actor: Actor) -> bool:
        """Whether this person has a list of them at all."""

    def page(self, actor: Actor, said: Said, *, cursor: str = "", size: int = 20) -> Hits: ...

    def count(self, actor: Actor, said: Said) -> int:
        """At most one more than `COUNTED`."""


def everybody(_actor: Actor) -> bool:
    return True


def of_a_party(actor: Actor) -> bool:
    return actor.party is not None


def no_names(_row: Any) -> Iterable[str]:
    return ()


def no_keys(_actor: Actor, _said: Said) -> Iterable[Keys]:
    return ()


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a model. `names`: what the index keeps of one. `letters`: what its number begins
    with, whose year is that of `made`. `also`: keys of rows that are found in another way, each
    query of them bounded by an index or by what is the person's own. `order`: newest last."""

    kind: str
    title: str | Promise
    icon: str
    rank: int
    model: type[Model]
    visible: Callable[[Actor], QuerySet[Any]]
    hit: Callable[[Actor, Any], Hit]
    names: Callable[[Any], Iterable[str]] = no_names
    letters: str = ""
    made: str = ""
    also: Callable[[Actor, Said], Iterable[Keys]] = no_keys
    order: str = "pk"
    related: tuple[str, ...] = ()
    is_for: Callable[[Actor], bool] = everybody

    @property
    def is_kept(self) -> bool:
        """Whether the index of the search holds its names."""
        return self.names is not no_names

    def page(self, actor: Actor, said: Said, *, cursor: str = "", size: int = 20) -> Hits:
        return self._hits(actor, self.found(actor, said), cursor, size)

    def first_keys(self, actor: Actor, said: Said, size: int) -> Keys:
        """Of its first page, and one more where there is more."""
        order = ["-pk"] if self.order == "pk" else [f"-{self.order}", "-pk"]
        found: Keys = self.found(actor, said).order_by(*order).values("pk")[: size + 1]
        return found

    def hits(self, actor: Actor, keys: Sequence[str], size: int) -> Hits:
        """The first page, whose keys are known; nothing is asked where there are none."""
        if not keys:
            return Hits([])
        return self._hits(actor, self.visible(actor).filter(pk__in=keys), "", size)

    def count(self, actor: Actor, said: Said) -> int:
        return self.found(actor, said).order_by()[: COUNTED + 1].count()

    def found(self, actor: Actor, said: Said) -> QuerySet[Any]:
        """Whatever may be seen of what the words or the number mean. Keys are gathered first, so
        that each way to them takes its own index."""
        first, *more = self._keys(actor, said)
        return self.visible(actor).filter(pk__in=first.union(*more) if more else first)

    def _keys(self, actor: Actor, said: Said) -> list[Keys]:
        keys: list[Keys] = [entry_keys(self.kind, said.text)] if self.is_kept else []
        number = said.number
        if number is not None and number.is_of(self.letters, has_year=bool(self.made)):
            rows = self.model._default_manager.filter(pk=number.key, **number.within(self.made))
            keys.append(rows.values("pk"))
        return [*keys, *self.also(actor, said)] or [self.model._default_manager.none().values("pk")]

    def _hits(self, actor: Actor, rows: QuerySet[Any], cursor: str, size: int) -> Hits:
        page = self._page(rows.select_related(*self.related), cursor, size)
        return Hits([self.hit(actor, row) for row in page.rows], page.next, page.previous)

    def _page(self, rows: QuerySet[Any], cursor: str, size: int) -> Page[Any]:
        if self.order == "pk":
            return keyset_page(rows, cursor, size=size)
        return ordered_page(rows, cursor, field=self.order, ascending=False, size=size)


_finders: dict[str, Finder] = {}


def register_finder(finder: Finder) -> None:
    _finders[finder.kind] = finder


def finders() -> list[Finder]:
    """All of them, in their order."""
    return sorted(_finders.values(), key=lambda finder: (finder.rank, finder.kind))


def kept_kinds() -> list[Rows]:
    """Those whose names the index holds."""
    return [one for one in _finders.values() if isinstance(one, Rows) and one.is_kept]
