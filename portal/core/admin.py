"""The operators' admin: it reads, and acts through forms that call services.

The base class has no save of its own, so no rule can be passed by. `/admin/` opens on the queues
that apps announce with `register_queue`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core import jobs
from portal.core.models import AuditEntry, Job, JobState, OutboxMessage
from portal.core.verdict import Refused


@dataclass(frozen=True, slots=True)
class Queue:
    """Work that waits for an operator: a title, the path to do it, how much, and since when."""

    title: str | Promise
    url: str
    count: int
    oldest: datetime | None


QueueSource = Callable[[HttpRequest], Queue | None]
_queue_sources: list[QueueSource] = []


def register_queue(source: QueueSource) -> QueueSource:
    """Announce a queue. It returns None for a person who may not work on it."""
    _queue_sources.append(source)
    return source


def queues(request: HttpRequest) -> list[Queue]:
    """The queues this person may work on, the oldest waiting first."""
    found = [queue for source in _queue_sources if (queue := source(request)) is not None]
    return sorted(found, key=lambda q: (q.oldest is None, q.oldest.timestamp() if q.oldest else 0))


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
    ) -> HttpResponse:
        return super().index(request, (extra_context or {}) | {"queues": queues(request)})


if TYPE_CHECKING:  # Django's class is generic in its stubs only
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin


class ReadOnlyAdmin(ModelAdmin):
    """Shows rows; adding, changing and deleting happen through services only."""

    actions_on_bottom = True
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def run(
        self, request: HttpRequest, rows: QuerySet[Any], service: Callable[[Any], object]
    ) -> None:
        """Call `service` for each row; say how many went through and why the others did not."""
        done = 0
        for row in rows:
            try:
                service(row)
                done += 1
            except Refused as refused:
                self.message_user(request, f"{row}: {refused.verdict.reason}", messages.ERROR)
        if done:
            self.message_user(request, _("%(n)s done.") % {"n": done}, messages.SUCCESS)


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "user", "party_id", "role", "via", "verb", "object_type", "object_id")
    list_filter = ("verb", "object_type", "via")
    list_select_related = ("user",)
    search_fields = ("object_id", "verb", "user__email", "request_id")
    date_hierarchy = "at"
    ordering = ("-id",)


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "task", "key", "attempts", "due_at", "delivered_at", "error")
    list_filter = (("delivered_at", admin.EmptyFieldListFilter), "task")
    ordering = ("-id",)


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "kind", "state", "percent", "step", "attempts", "finished_at")
    list_filter = ("state", "kind")
    ordering = ("-created_at",)
    actions = ("retry",)

    @admin.action(description=_("Retry the failed jobs"), permissions=["view"])
    def retry(self, request: HttpRequest, rows: QuerySet[Job]) -> None:
        self.run(request, rows, lambda job: jobs.retry_job(request.actor, job=job))


@register_queue
def failed_jobs(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("core.run_job"):
        return None
    failed = Job.objects.filter(state=JobState.FAILED).order_by("created_at")
    oldest = failed.first()
    return Queue(
        title=_("Failed jobs"),
        url=reverse("admin:core_job_changelist") + "?state__exact=failed",
        count=failed.count(),
        oldest=oldest.created_at if oldest else None,
    )
