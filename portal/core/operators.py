"""The operators' site. `/admin/` opens on the queues that apps announce with `register_queue`.

The site has a file of its own: Django makes it while it reads `admin.py`, and what registers there
before the site exists would be lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, forbidden


@dataclass(frozen=True, slots=True)
class Queue:
    """Work that waits for an operator: a title, the path to do it, how much, and since when; `due`
    is the nearest last day for an answer, where there is one."""

    title: str | Promise
    url: str
    count: int
    oldest: datetime | None
    due: date | None = None


QueueSource = Callable[[HttpRequest], Queue | None]
_queue_sources: list[QueueSource] = []


def register_queue(source: QueueSource) -> QueueSource:
    """Announce a queue. It returns None for a person who may not work on it."""
    _queue_sources.append(source)
    return source


def waiting_since(rows: QuerySet[Any], moment: str, *, due: str = "") -> dict[str, Any]:
    """How many wait, since when, and the nearest last day for an answer where the rows have one, as
    a `Queue` takes them: one query."""
    asked = {"due": Min(due)} if due else {}
    found = rows.order_by().aggregate(count=Count("pk"), oldest=Min(moment), **asked)
    if isinstance(found.get("due"), datetime):
        found["due"] = clock.day_of(found["due"])
    return found


def queues(request: HttpRequest) -> list[Queue]:
    """The queues this person may work on: the nearest deadline first, then what has waited longest;
    those with nothing in them last."""
    found = [queue for source in _queue_sources if (queue := source(request)) is not None]
    return sorted(found, key=_urgency)


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
