"""A list as one person sees it now: their columns, this page's sort, filters and rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from portal.core.actor import Actor
from portal.core.http import PageRequest
from portal.core.models import TableChoice
from portal.core.tables.kinds import TableColumn, TableKind
from portal.core.web import Page, ordered_page

MOST_MARKED = 3  # rows of a page that share its largest or smallest value


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head. `query` sorts by it, or turns its direction; `way` is how it sorts now."""

    column: TableColumn
    query: str
    way: str


@dataclass(frozen=True, slots=True)
class Cell:
    column: TableColumn
    value: Any
    url: str
    note: Any
    tone: str
    mark: str = ""  # most or least, of the page


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter with its choices and what is chosen; or a column, and whether it is shown."""

    name: str
    label: Any
    value: Any
    choices: Sequence[tuple[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Table:
    kind: TableKind
    url: str
    heads: list[Head]
    rows: list[list[Cell]]
    filters: list[Choice]
    columns: list[Choice]
    page: Page[Any]
    query: QueryDict
    params: list[tuple[str, str]]  # what an export of this very list is asked with
    kept: list[tuple[str, str]]  # the page's own parameters
    is_personal: bool  # somebody is signed in, whose columns are remembered and who may export

    @property
    def is_filtered(self) -> bool:
        return any(choice.value for choice in self.filters)

    @property
    def unfiltered_url(self) -> str:
        return f"{self.url}?{urlencode(self.kept)}" if self.kept else self.url

    @property
    def columns_url(self) -> str:
        return reverse("table_columns", args=[self.kind.name])


def read_table(
    request: PageRequest,
    kind: TableKind,
    *,
    actor: Actor | None = None,
    query: QueryDict | None = None,
) -> Table:
    """The page of rows that the address asks for, or `query` where the page completes it. Ask
    `kind.may` before. `actor`: the same person for another of their parties."""
    actor, query = actor or request.actor, request.GET if query is None else query
    columns = kind.shown(_chosen(actor, kind))
    sort, ascends = kind.order_of(query.get("sort", ""))
    rows = kind.filtered(kind.rows(actor), query)
    page = ordered_page(
        rows, query.get("cursor", ""), field=sort, ascending=ascends, size=kind.size
    )
    return Table(
        kind=kind,
        url=kind.address(actor),
        heads=[_head(column, sort, ascends, query) for column in columns],
        rows=_marked([[_cell(column, row) for column in columns] for row in page.rows]),
        filters=[
            Choice(each.name, each.label, query.get(each.name, ""), each.choices())
            for each in kind.filters
            if each.is_shown
        ],
        columns=[Choice(c.name, c.label, c in columns) for c in kind.columns],
        page=page,
        query=query,
        params=_params(kind, columns, query),
        kept=[(name, str(query[name])) for name in _kept(kind) if query.get(name)],
        is_personal=actor.user is not None,
    )


def _chosen(actor: Actor, kind: TableKind) -> list[str]:
    if actor.user is None:
        return []
    choice = TableChoice.objects.filter(user=actor.user, table=kind.name).first()
    return choice.columns if choice else []


def _head(column: TableColumn, sort: str, ascends: bool, query: QueryDict) -> Head:
    if not column.sort:
        return Head(column, "", "")
    is_current = column.sort == sort
    way = ("ascending" if ascends else "descending") if is_current else ""
    changed = query.copy()
    changed.pop("cursor", None)
    # First the largest and newest; a second press turns it round.
    changed["sort"] = column.name if way == "descending" else f"-{column.name}"
    return Head(column, f"?{changed.urlencode()}", way)


def _cell(column: TableColumn, row: Any) -> Cell:
    return Cell(
        column=column,
        value=column.value(row),
        url=column.url(row) if column.url else "",
        note=column.note(row) if column.note else "",
        tone=column.tone(row) if column.tone else "",
    )


def _marked(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Not where many share it: a mark on every other row says nothing."""
    for place, first in enumerate(rows[0] if rows else ()):
        if not first.column.marks:
            continue
        values = [row[place].value for row in rows if row[place].value is not None]
        ends = {min(values): "least", max(values): "most"} if len(set(values)) > 1 else {}
        marks = {value: end for value, end in ends.items() if values.count(value) <= MOST_MARKED}
        for row in rows:
            row[place] = replace(row[place], mark=marks.get(row[place].value, ""))
    return rows


def _params(
    kind: TableKind, columns: Sequence[TableColumn], query: QueryDict
) -> list[tuple[str, str]]:
    asked = [(name, str(query[name])) for name in _names(kind) if query.get(name)]
    return [*asked, *(("columns", column.name) for column in columns)]


def _kept(kind: TableKind) -> list[str]:
    return [*kind.keeps, *(each.name for each in kind.filters if not each.is_shown)]


def _names(kind: TableKind) -> list[str]:
    return ["sort", *(each.name for each in kind.filters)]
