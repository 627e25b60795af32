"""A list declared once: its columns, what it sorts and filters by, and who may see it.

    JOBS = register_table(TableKind(
        name="jobs", title=_("Jobs"), url="job_list", rows=lambda actor: Job.objects.all(),
        may=can_run_job, columns=[TableColumn("kind", _("Job"), lambda job: job.kind, sort="kind")],
    ))

The page shows it with `read_table` and `components/table.html`; the export is registered with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise

from portal.core.actor import Actor
from portal.core.exports import ExportKind, Params, register_export
from portal.core.verdict import Verdict

Value = Callable[[Any], Any]
ON_PAGE = frozenset({"post", "pick"})  # what a file has no use for


@dataclass(frozen=True, slots=True)
class TableColumn:
    """`form`: text, num, money, moment, day, bar (a percentage), tag, post: a button that posts to
    `url`, or pick: a box that sends its value with the page's form "picked". The last two stand in
    no file. `sort`: a field that is never null. `tone` colours a tag or a
    day; `plain` is the value in a file, where it differs. `marks`: the largest and the smallest
    value of a page are marked as such."""

    name: str
    label: str | Promise
    value: Value
    form: str = "text"
    sort: str = ""
    url: Value | None = None
    note: Value | None = None
    tone: Value | None = None
    plain: Value | None = None
    is_shown: bool = True
    marks: bool = False

    @property
    def is_figure(self) -> bool:
        return self.form in {"num", "money", "moment", "day"}


@dataclass(frozen=True, slots=True)
class TableFilter:
    """A choice above the list; `choices` may ask the database, once a page. One that is not shown
    narrows the list to what the page is about, and goes along with every link and file."""

    name: str
    label: str | Promise
    choices: Callable[[], Sequence[tuple[str, str | Promise]]]
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]]
    is_shown: bool = True


@dataclass(frozen=True, slots=True)
class TableKind:
    name: str
    title: str | Promise
    url: str | Callable[[Actor], str]  # a route's name, or the address of who asks
    rows: Callable[[Actor], QuerySet[Any]]
    may: Callable[[Actor], Verdict]
    columns: Sequence[TableColumn]
    order: str = "-created_at"
    filters: Sequence[TableFilter] = field(default_factory=tuple)
    keeps: Sequence[str] = ()  # the page's own parameters, which links and forms carry on
    daily_rows: int = 10_000
    size: int = 20

    def address(self, actor: Actor) -> str:
        return reverse(self.url) if isinstance(self.url, str) else self.url(actor)

    @property
    def export_name(self) -> str:
        return f"table.{self.name}"

    def shown(self, names: Sequence[str]) -> list[TableColumn]:
        """The named columns in the list's own order, or those shown unasked."""
        chosen = [column for column in self.columns if column.name in names]
        return chosen or [column for column in self.columns if column.is_shown]

    def order_of(self, asked: str) -> tuple[str, bool]:
        """The field and whether it ascends; what nobody may sort by is the list's own order."""
        sorts = {column.name: column.sort for column in self.columns if column.sort}
        name = asked.removeprefix("-")
        if name in sorts:
            return sorts[name], not asked.startswith("-")
        return self.order.removeprefix("-"), not self.order.startswith("-")

    def filtered(self, rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
        """A NUL is left out: no column can hold it, and the database fails on being asked."""
        for each in self.filters:
            if value := str(asked.get(each.name, "")).replace("\0", ""):
                rows = each.apply(rows, value)
        return rows


_tables: dict[str, TableKind] = {}


def register_table(kind: TableKind) -> TableKind:
    """Announce a list, and its export with the same columns, filters and rule."""
    _tables[kind.name] = kind
    register_export(
        ExportKind(
            name=kind.export_name,
            title=kind.title,
            columns=lambda params: [column.label for column in _asked_columns(kind, params)],
            rows=lambda actor, params: _export_rows(kind, actor, params),
            total=lambda actor, params: kind.filtered(kind.rows(actor), params).count(),
            may=kind.may,
            daily_rows=kind.daily_rows,
        )
    )
    return kind


def find_table(name: str) -> TableKind | None:
    return _tables.get(name)


def _asked_columns(kind: TableKind, params: Params) -> list[TableColumn]:
    names = params.get("columns", [])
    shown = kind.shown([names] if isinstance(names, str) else names)
    return [column for column in shown if column.form not in ON_PAGE]


def _export_rows(kind: TableKind, actor: Actor, params: Params) -> Iterator[list[Any]]:
    columns = _asked_columns(kind, params)
    sort, ascends = kind.order_of(str(params.get("sort", "")))
    sign = "" if ascends else "-"
    rows = kind.filtered(kind.rows(actor), params).order_by(f"{sign}{sort}", f"{sign}pk")
    for row in rows.iterator(chunk_size=1000):
        yield [(column.plain or column.value)(row) for column in columns]
