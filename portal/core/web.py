"""What every page shares: htmx narrowing, keyset pages, and running a service behind a form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from portal.core.http import PageRequest
from portal.core.verdict import Refused

MOST_DIGITS = 18  # of a bigint, with room
T = TypeVar("T")
M = TypeVar("M", bound=Model)


def render_page(
    request: PageRequest,
    template: str,
    context: dict[str, Any],
    *,
    partial: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page, or only its partial when htmx asked for the element of that id.

    The context is the same either way: htmx narrows what is rendered, never what is computed.
    """
    narrow = partial and request.htmx and request.htmx.target == partial
    name = f"{template}#{partial}" if narrow else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def load_when_over(
    request: PageRequest, response: HttpResponse, *, partial: str, is_over: bool
) -> HttpResponse:
    """A part that asks for itself again while work goes on loads the whole page once it is over:
    buttons elsewhere on it depend on that."""
    if is_over and request.htmx and request.htmx.target == partial:
        response["HX-Refresh"] = "true"
    return response


def submit(form: BaseForm, service: Callable[[], T]) -> T | None:
    """Run `service` if the form is valid; a refusal is shown in the form. None = show it again."""
    if not form.is_valid():
        return None
    try:
        return service()
    except Refused as refused:
        form.add_error(None, str(refused.verdict.reason))
        return None


def whole_number(text: str) -> int:
    """The number somebody sent, or 0: no key, no page. Longer ones than a key has are no number."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """One keyset page: its rows, and the cursors of the pages beside it ("" = none)."""

    rows: list[M]
    next: str
    previous: str


def keyset_page(rows: QuerySet[M], cursor: str, *, size: int = 20, field: str = "pk") -> Page[M]:
    """Rows newest first by `field` (unique), from `cursor` on; a forged one is the first page."""
    backwards, edge = _read_cursor(cursor)
    order = field if backwards else f"-{field}"
    if edge is not None:
        rows = rows.filter(**{f"{field}__{'gt' if backwards else 'lt'}": edge})
    found = list(rows.order_by(order)[: size + 1])
    return _page(found, size, backwards, edge, lambda row: _plain(getattr(row, field)))


def ordered_page(
    rows: QuerySet[M], cursor: str, *, field: str, ascending: bool, size: int = 20
) -> Page[M]:
    """Rows by `field` (never null; equal ones by key), from `cursor` on. A cursor of another order
    is the first page."""
    order = f"{field}{'+' if ascending else '-'}"
    backwards, edge = _read_cursor(cursor)
    if not (isinstance(edge, list) and len(edge) == 3 and edge[0] == order):
        backwards, edge = False, None
    sign, beyond = ("", "gt") if ascending != backwards else ("-", "lt")
    if edge is not None:
        _order, value, key = edge
        further = Q(**{f"{field}__{beyond}": value})
        rows = rows.filter(further | Q(**{field: value, f"pk__{beyond}": key}))
    found = list(rows.order_by(f"{sign}{field}", f"{sign}pk")[: size + 1])
    path = field.split("__")
    return _page(
        found,
        size,
        backwards,
        edge,
        lambda row: [order, _plain(reduce(getattr, path, row)), _plain(row.pk)],
    )


def _page(
    found: list[M], size: int, backwards: bool, edge: Any, edge_of: Callable[[M], Any]
) -> Page[M]:
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_next = bool(found) and (backwards or more)
    has_previous = bool(found) and (more if backwards else edge is not None)
    return Page(
        rows=found,
        next=_cursor(False, edge_of(found[-1])) if has_next else "",
        previous=_cursor(True, edge_of(found[0])) if has_previous else "",
    )


def _plain(value: Any) -> Any:
    """As a cursor holds it."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _cursor(backwards: bool, edge: Any) -> str:
    return signing.dumps([int(backwards), edge], salt="keyset")


def _read_cursor(cursor: str) -> tuple[bool, Any]:
    try:
        backwards, edge = signing.loads(cursor, salt="keyset") if cursor else (0, None)
    except (signing.BadSignature, ValueError):
        return False, None
    return bool(backwards), edge
