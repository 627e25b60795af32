"""What every page shares: htmx narrowing, keyset pages, and running a service behind a form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, QuerySet
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
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_next = bool(found) and (backwards or more)
    has_previous = bool(found) and (more if backwards else edge is not None)
    return Page(
        rows=found,
        next=_cursor(False, getattr(found[-1], field)) if has_next else "",
        previous=_cursor(True, getattr(found[0], field)) if has_previous else "",
    )


def _cursor(backwards: bool, edge: Any) -> str:
    plain = edge.isoformat() if isinstance(edge, date) else edge
    return signing.dumps([int(backwards), plain], salt="keyset")


def _read_cursor(cursor: str) -> tuple[bool, Any]:
    try:
        backwards, edge = signing.loads(cursor, salt="keyset") if cursor else (0, None)
    except (signing.BadSignature, ValueError):
        return False, None
    return bool(backwards), edge
