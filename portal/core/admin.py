"""The operators' admin: it reads, and acts through forms that call services.

The base class has no save of its own, so no rule can be passed by.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.views.main import ERROR_FLAG
from django.db import DataError, transaction
from django.db.models import Model, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.core import jobs
from portal.core.models import (
    AuditEntry,
    ExportRun,
    Holiday,
    ImportRun,
    Job,
    JobState,
    OutboxMessage,
    StoredFile,
)
from portal.core.operators import Queue, register_queue, waiting_since
from portal.core.reference import save_reference
from portal.core.verdict import Refused
from portal.core.withholding import why_withheld, without_withheld

OWN = ("portal", "matchmaking", "training")
# Captions of the stock admin that Django itself has no Chinese for.
STOCK = (_("Model name"), _("Add link"), _("Change or view list link"))
DOORS = ("web", "api", "admin", "command", "task", "demo")  # of `Actor.via`

if TYPE_CHECKING:  # Django's class is generic in its stubs only
    ModelAdmin = admin.ModelAdmin[Any]
    TabularInline = admin.TabularInline[Any, Any]
else:
    ModelAdmin = admin.ModelAdmin
    TabularInline = admin.TabularInline


class ActingAdmin(ModelAdmin):
    """Actions call services, row by row."""

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

    def ask_first(
        self,
        request: HttpRequest,
        rows: QuerySet[Any],
        title: str | Promise,
        service: Callable[[Any], object],
        form: Form | None = None,
    ) -> HttpResponse | None:
        """The rows, and a form if there is one, on a page of their own; once that is confirmed and
        right, the service for each row."""
        if "confirmed" in request.POST and (form is None or form.is_valid()):
            self.run(request, rows, service)
            return None
        context = self.admin_site.each_context(request) | {
            "title": title,
            "rows": rows,
            "form": form,
            "action": request.POST["action"],
            "selected": admin.helpers.ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/confirm_action.html", context)


class ReadOnlyAdmin(ActingAdmin):
    """Shows rows; adding, changing and deleting happen through services only."""

    actions_on_bottom = True
    list_per_page = 50
    show_full_result_count = False
    view_on_site = False  # most pages are for the parties they belong to, and 404 for operators

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """What a page leaves out cannot be found out by filtering on it either."""
        field = lookup.partition(LOOKUP_SEP)[0]
        return field not in (self.exclude or ()) and super().lookup_allowed(lookup, value, request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A filter that no row could pass (a year 0, a NUL) is answered like one Django knows to
        be wrong: the whole list. What the database refuses shows only when the page is made."""
        try:
            with transaction.atomic():
                page = super().changelist_view(request, extra_context)
                return page.render() if isinstance(page, TemplateResponse) else page
        except (ValueError, OverflowError, DataError):
            if request.method != "GET" or ERROR_FLAG in request.GET:
                raise
            return redirect(f"{request.path}?{ERROR_FLAG}=1")


class ReadOnlyInline(TabularInline):
    """Rows below the one they belong to, for who may see that one."""

    extra = 0
    can_delete = False
    seen_by = ""  # the permission

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.has_perm(self.seen_by)


class WithholdingAdmin(ReadOnlyAdmin):
    """A list from which rows are left out for who must not read them, with the reason over it."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return without_withheld(request.actor, super().get_queryset(request))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        said = {"subtitle": " ".join(why_withheld(request.actor, self.model)) or None}
        return super().changelist_view(request, (extra_context or {}) | said)


class ReferenceAdmin(ActingAdmin):
    """Reference data: edited here by who may, written by a service with an audit row."""

    list_per_page = 100

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        save_reference(request.actor, row=obj, changed=form.changed_data)


class AuditedObject(admin.SimpleListFilter):
    title = _("object type")
    parameter_name = "object_type"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        own = [m for m in apps.get_models() if m.__module__.split(".")[0] in OWN]
        return [(m._meta.label_lower, str(m._meta.verbose_name)) for m in own]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(object_type=self.value()) if self.value() else queryset


class AuditDoor(admin.SimpleListFilter):
    title = _("via")
    parameter_name = "via"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [(door, door) for door in DOORS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(via=self.value()) if self.value() else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(WithholdingAdmin):
    list_display = (
        *("at", "user", "party_id", "key_party_id", "role", "via"),
        *("verb", "object_type", "object_id"),
    )
    # Filters by what the table holds, and by its years, would read all of it for each page.
    list_filter = (AuditedObject, AuditDoor, "at")
    list_select_related = ("user",)
    search_fields = ("object_id", "verb", "user__email", "request_id")
    ordering = ("-id",)


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "task", "key", "attempts", "due_at", "delivered_at", "error")
    list_filter = (("delivered_at", admin.EmptyFieldListFilter), "task")
    ordering = ("-id",)


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "kind", "state", "percent", "at", "attempts", "finished_at")
    list_filter = ("state", "kind")
    ordering = ("-created_at",)
    actions = ("retry",)

    @admin.display(description=_("step"))
    def at(self, job: Job) -> str:
        return gettext(job.step) if job.step else ""

    @admin.action(description=_("Retry the failed jobs"), permissions=["view"])
    def retry(self, request: HttpRequest, rows: QuerySet[Job]) -> None:
        self.run(request, rows, lambda job: jobs.retry_job(request.actor, job=job))


@admin.register(StoredFile)
class StoredFileAdmin(WithholdingAdmin):
    """Which files there are; their bytes are read where they belong, by who may."""

    list_display = ("created_at", "purpose", "party_id", "content_type", "size", "attached_at")
    list_filter = ("purpose", "content_type", ("deleted_at", admin.EmptyFieldListFilter))
    search_fields = ("id", "sha256")
    exclude = ("path", "name")
    ordering = ("-created_at",)


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "kind", "party_id", "state", "total", "bad", "applied")
    list_filter = ("state", "kind")
    exclude = ("file",)
    ordering = ("-created_at",)


@admin.register(ExportRun)
class ExportRunAdmin(ReadOnlyAdmin):
    """Who took what out, and how much of it."""

    list_display = ("created_at", "kind", "created_by", "party_id", "rows", "finished_at")
    list_filter = ("kind", "form")
    list_select_related = ("created_by",)
    exclude = ("file",)
    ordering = ("-created_at",)


@admin.register(Holiday)
class HolidayAdmin(ReferenceAdmin):
    """Holidays and worked weekends; a day without a row is what its weekday says."""

    list_display = ("day", "name_zh", "name_en", "is_workday")
    list_filter = ("is_workday",)
    date_hierarchy = "day"


@register_queue
def failed_jobs(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("core.run_job"):
        return None
    failed = Job.objects.filter(state=JobState.FAILED)
    return Queue(
        title=_("Failed jobs"),
        url=reverse("admin:core_job_changelist") + "?state__exact=failed",
        **waiting_since(failed, "created_at"),
    )
