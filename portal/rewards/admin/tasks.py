"""Seasons and tasks for operators."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.payouts.forms import ReasonForm
from portal.rewards import services
from portal.rewards.models import Programme, Task, TaskStep


@admin.register(Programme)
class ProgrammeAdmin(ReadOnlyAdmin):
    list_display = ("name", "code", "starts_on", "ends_on", "team")
    search_fields = ("=code", "name_zh", "name_en")
    raw_id_fields = ("cloned_from",)
    ordering = ("-starts_on", "code")
    actions = ("open_seasons",)

    @admin.action(description=_("Publish all drafts of the seasons"), permissions=["view"])
    def open_seasons(self, request: HttpRequest, rows: QuerySet[Programme]) -> HttpResponse | None:
        return self.ask_first(
            request,
            rows,
            _("Publish all drafts of the seasons"),
            lambda season: services.open_season(request.actor, programme=season),
        )


class StepInline(admin.TabularInline):
    model = TaskStep
    extra = 0
    can_delete = False
    fields = ("position", "event", "fold", "target", "scope", "since")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Task)
class TaskAdmin(ReadOnlyAdmin):
    list_display = ("title", "programme", "status", "unit", "amount", "taken", "quota", "closes_at")
    list_filter = ("status", "unit", "check_by", "hold", "line")
    list_select_related = ("programme",)
    search_fields = ("=code", "title_zh", "title_en", "=indicator")
    raw_id_fields = ("programme", "pool", "coupon_kind", "created_by", "cloned_from")
    inlines = (StepInline,)
    ordering = ("-pk",)
    actions = ("publish", "close", "grant")

    @admin.action(description=_("Publish the tasks"), permissions=["view"])
    def publish(self, request: HttpRequest, rows: QuerySet[Task]) -> HttpResponse | None:
        return self.ask_first(
            request,
            rows,
            _("Publish the tasks"),
            lambda task: services.publish_task(request.actor, task=task),
        )

    @admin.action(description=_("Close the tasks"), permissions=["view"])
    def close(self, request: HttpRequest, rows: QuerySet[Task]) -> HttpResponse | None:
        form = ReasonForm(request.POST if "confirmed" in request.POST else None)
        return self.ask_first(
            request,
            rows,
            _("Close the tasks"),
            lambda task: services.close_task(
                request.actor, task=task, reason=form.cleaned_data["reason"]
            ),
            form,
        )

    @admin.action(description=_("Reward what waits without a sign"), permissions=["view"])
    def grant(self, request: HttpRequest, rows: QuerySet[Task]) -> HttpResponse | None:
        return self.ask_first(
            request,
            rows,
            _("Reward what waits without a sign"),
            lambda task: services.grant_rewards(request.actor, task=task),
        )
