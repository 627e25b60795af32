"""The operators' site. `/admin/` opens on the queues that apps announce with `register_queue`.

The site has a file of its own: Django makes it while it reads `admin.py`, and what registers there
before the site exists would be lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import EmptyResultSet, PermissionDenied
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, forbidden


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows of a queue, how long each has waited, and its last day for an answer; "" = unknown."""

    rows: QuerySet[Any, Any]
    since: str
    due: str

    def asked(self, place: int) -> tuple[str, list[Any]] | None:
        """The place, how many there are, the oldest and the nearest day, as SQL with its
        parameters; None where it is known without asking that there is nothing."""
        columns = [name for name in (self.since, self.due) if name]
        rows = self.rows.order_by().values_list("pk", *columns).query
        try:
            sql, params = rows.get_compiler(using=self.rows.db).as_sql()
        except EmptyResultSet:
            return None
        since = "min(since)" if self.since else "NULL"
        due = "min(due)" if self.due else "NULL"
        names = ", ".join(["key", *["since"] * bool(self.since), *["due"] * bool(self.due)])
        said = f"SELECT %s, count(*), {since}::timestamptz, {due}::timestamptz"
        return f"{said} FROM ({sql}) AS waiting ({names})", [place, *params]


@dataclass(frozen=True, slots=True)
class Queue:
    """Work that waits for an operator: a title, the path to do it, how much, and since when; `due`
    is the nearest last day for an answer, where there is one. `waiting`: what is to be counted."""

    title: str | Promise
    url: str
    count: int = 0
    oldest: datetime | None = None
    due: date | None = None
    waiting: Waiting | None = None


QueueSource = Callable[[HttpRequest], Queue | None]
_queue_sources: list[QueueSource] = []


def register_queue(source: QueueSource) -> QueueSource:
    """Announce a queue. It returns None for a person who may not work on it."""
    _queue_sources.append(source)
    return source


def waiting_since(rows: QuerySet[Any, Any], moment: str, *, due: str = "") -> dict[str, Any]:
    """How many wait, since when, and the nearest last day for an answer where the rows have one, as
    a `Queue` takes them. They are counted with all other queues in one query."""
    return {"waiting": Waiting(rows, moment, due)}


def queues(request: HttpRequest) -> list[Queue]:
    """The queues this person may work on: the nearest deadline first, then what has waited longest;
    those with nothing in them last."""
    found = [queue for source in _queue_sources if (queue := source(request)) is not None]
    return sorted(_counted(found), key=_urgency)


def _counted(found: Sequence[Queue]) -> Iterator[Queue]:
    whole = [(place, queue.waiting) for place, queue in enumerate(found)]
    asked = [waiting.asked(place) for place, waiting in whole if waiting is not None]
    answers = _answers([one for one in asked if one is not None])
    for place, queue in enumerate(found):
        if place not in answers:
            yield queue
            continue
        count, oldest, due = answers[place]
        yield replace(queue, count=count, oldest=oldest, due=clock.day_of(due) if due else None)


def _answers(asked: Sequence[tuple[str, list[Any]]]) -> dict[int, tuple[int, Any, Any]]:
    if not asked:
        return {}
    with connection.cursor() as cursor:
        words = " UNION ALL ".join(sql for sql, _params in asked)
        cursor.execute(words, [one for _sql, params in asked for one in params])
        return {place: (count, oldest, due) for place, count, oldest, due in cursor.fetchall()}


def can_see_queues(actor: Actor) -> Verdict:
    """Which of them, each queue decides."""
    if actor.user is not None and actor.user.is_staff:
        return ALLOWED
    return forbidden(_("Only operators work on queues."))


def _urgency(queue: Queue) -> tuple[bool, date, float]:
    waits = queue.oldest.timestamp() if queue.oldest else 0
    return not queue.count, queue.due or date.max, waits


class OperatorSite(admin.AdminSite):
    site_header = _("Trilink operations")
    site_title = _("Trilink operations")
    index_title = _("What is waiting")
    index_template = "admin/queues.html"
    empty_value_display = "—"

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"queues": queues}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Of all apps only where a page shows them: three hundred models, each with its address."""
        found = partial(super().get_app_list, request, app_label)
        return found() if app_label else SimpleLazyObject(found)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One sign-in for everyone, with its rate limits. A member who is no operator gets 403."""
        if request.user.is_authenticated:
            raise PermissionDenied
        target = request.GET.get(REDIRECT_FIELD_NAME, reverse("admin:index"))
        return redirect_to_login(target, reverse("account_login"))

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        return super().index(request, (extra_context or {}) | {"queues": queues(request)})
