"""One page of a directory: its rows, its counts, and the addresses that narrow or widen it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core import signing
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.web import Page
from portal.directory.filters import Filters, Group, Value
from portal.directory.search import SIZE, Counts, Edge, Found, count, find, order_of
from portal.parties.models import Listing, Party
from portal.parties.models.listing import NOT_RATED
from portal.parties.selectors import whole_parties
from portal.parties.states import PartyKind

SORTS = {
    "score": _("Evaluation score"),
    "followers": _("Followers"),
    "new": _("Newest verified"),
    "name": _("Name, by pinyin"),
}
FIRST_VALUES = 6
SCALES = {"price", "score", "size", "stars", "team"}  # keep their own order


def sorts_of(kind: str) -> dict[str, str | Promise]:
    """The orders of a directory; the first is the usual one. Where nobody is rated, nobody is
    ordered by a score."""
    is_rated = Listing.objects.filter(kind=kind, score__gt=NOT_RATED).exists()
    left = set(SORTS) - (set() if is_rated else {"score"})
    left -= set() if kind == PartyKind.CREATOR else {"followers"}
    first = ["score"] if is_rated else ["new"]
    return {code: SORTS[code] for code in [*first, *SORTS] if code in left}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to narrow by, with how many rows there would be."""

    value: Value
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FacetList:
    """What is shown of a group: the commonest values, and the others behind "more"."""

    group: Group
    first: list[Choice]
    more: list[Choice]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is on, and the address without it."""

    group: str | Promise
    label: str | Promise
    url: str


class Results:
    """What one address of a directory shows. Listings exist only of listed parties, so rows, counts
    and facets all see the same."""

    def __init__(self, kind: str, data: QueryDict, *, size: int = SIZE) -> None:
        self.kind = kind
        self.size = size
        self.data = data
        self.filters = Filters(kind, dict(data.lists()))
        self.sorts = sorts_of(kind)
        sort = data.get("sort", "")
        self.sort = sort if sort in self.sorts else next(iter(self.sorts))
        self.order = order_of(self.sort, self.filters.service)

    @cached_property
    def page(self) -> Page[Party]:
        return self.page_of(_parties)

    def page_of(self, rows: Callable[[Found], list[Party]]) -> Page[Party]:
        """`rows`: as much of the parties as their reader shows."""
        backwards, edge = self._read_cursor(self.data.get("cursor", ""))
        question, size = self.filters.question(), self.size
        found = find(question, self.order, edge=edge, backwards=backwards, size=size)
        return Page(
            rows=rows(found),
            next=self._cursor(found, last=True) if backwards or found.has_more else "",
            previous=self._cursor(found, last=False)
            if (found.has_more if backwards else edge is not None)
            else "",
        )

    def _cursor(self, found: Found, *, last: bool) -> str:
        if not found.edges:
            return ""
        value, key = found.edges[-1 if last else 0]
        plain = value if isinstance(value, int | str) else value.isoformat()
        return signing.dumps([int(not last), plain, key], salt=self._salt)

    def _read_cursor(self, cursor: str) -> tuple[bool, Edge | None]:
        """A forged cursor, or one of another order, is the first page."""
        try:
            backwards, *edge = signing.loads(cursor, salt=self._salt) if cursor else (0,)
        except (signing.BadSignature, ValueError):
            return False, None
        return bool(backwards), (edge[0], edge[1]) if edge else None

    @property
    def _salt(self) -> str:
        return f"directory:{self.sort}:{self.order.by}"

    @cached_property
    def counts(self) -> Counts:
        return count(self.filters.question())

    def facets(self) -> Iterator[FacetList]:
        """The groups with something to choose in them; no scores where nobody has one."""
        for group in self.filters.groups:
            if group.name == "score" and "score" not in self.sorts:
                continue
            choices = list(self._choices(group))
            if choices:
                yield FacetList(group, choices[:FIRST_VALUES], choices[FIRST_VALUES:])

    def _choices(self, group: Group) -> list[Choice]:
        """Chosen ones first, then the commonest; what would find nothing is no choice."""
        chosen = self.filters.chosen[group.name]
        counted = self._counts_beside(group).by_facet
        choices = [Choice(v, counted.get(v.token, 0), v in chosen) for v in group.values]
        offered = [choice for choice in choices if choice.count or choice.is_chosen]
        if group.name in SCALES:
            return offered
        return sorted(offered, key=lambda choice: (not choice.is_chosen, -choice.count))

    def _counts_beside(self, group: Group) -> Counts:
        """Where one of several values is enough, what the others would add is counted too."""
        if not (group.is_any and self.filters.chosen[group.name]):
            return self.counts
        return count(self.filters.question(without=group.name))

    def chosen(self) -> Iterator[Chosen]:
        if self.filters.query:
            yield Chosen(_("Search"), self.filters.query, self._without("q", ""))
        for group in self.filters.groups:
            for value in self.filters.chosen[group.name]:
                yield Chosen(group.label, value.label, self._without(group.name, value.code))

    def _without(self, name: str, code: str) -> str:
        left = self.data.copy()
        left.pop("cursor", None)
        left.setlist(name, [c for c in left.getlist(name) if c != code and name != "q"])
        return f"?{left.urlencode()}"


def _parties(found: Found) -> list[Party]:
    """The parties of a page in its order. One hidden since the index was read is left out."""
    listed = whole_parties().listed().in_bulk(found.keys)
    return [listed[key] for key in found.keys if key in listed]


def shown_facets(results: Results) -> dict[str, list[dict[str, Any]]]:
    """The choices as the API gives them."""
    return {
        facet.group.name: [
            {"code": choice.value.code, "name": str(choice.value.label), "count": choice.count}
            for choice in (*facet.first, *facet.more)
        ]
        for facet in results.facets()
    }


def chosen_labels(filters: Filters) -> list[str]:
    """What is asked, in words."""
    chosen = [str(v.label) for group in filters.groups for v in filters.chosen[group.name]]
    return [filters.query, *chosen] if filters.query else chosen
