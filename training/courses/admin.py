"""Courses, programmes and sessions for operators: they read here, and act by services."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from training.courses import forms, services
from training.courses.models import Course, Lesson, Meeting, Programme, ProgrammeCourse, Session


class TrainingAdmin(ReadOnlyAdmin):
    def has_run_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("courses.run_training")


class Within(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # as far as the row above it is seen


class LessonInline(Within):
    model = Lesson
    fields = ("position", "title_zh", "title_en", "minutes", "is_required")


@admin.register(Course)
class CourseAdmin(TrainingAdmin):
    list_display = ("code", "title_zh", "kind", "level", "status", "published_at")
    list_filter = ("status", "kind", "level")
    search_fields = ("code", "title_zh", "title_en")
    ordering = ("code",)
    inlines = (LessonInline,)
    actions = ("publish", "archive")

    @admin.action(description=_("Publish the chosen ones"), permissions=["run"])
    def publish(self, request: HttpRequest, rows: QuerySet[Course]) -> None:
        self.run(request, rows, lambda row: services.publish_course(request.actor, course=row))

    @admin.action(description=_("Archive the chosen ones"), permissions=["run"])
    def archive(self, request: HttpRequest, rows: QuerySet[Course]) -> None:
        self.run(request, rows, lambda row: services.archive_course(request.actor, course=row))


class StepInline(Within):
    model = ProgrammeCourse
    fields = ("position", "course", "is_required")


@admin.register(Programme)
class ProgrammeAdmin(TrainingAdmin):
    list_display = ("code", "title_zh", "kind", "belt", "party", "published_at", "ended_at")
    list_filter = ("kind",)
    list_select_related = ("belt", "party")
    search_fields = ("code", "title_zh", "title_en")
    ordering = ("code",)
    inlines = (StepInline,)
    actions = ("publish", "end")

    @admin.action(description=_("Publish the chosen ones"), permissions=["run"])
    def publish(self, request: HttpRequest, rows: QuerySet[Programme]) -> None:
        self.run(
            request, rows, lambda row: services.publish_programme(request.actor, programme=row)
        )

    @admin.action(description=_("End the chosen ones"), permissions=["run"])
    def end(self, request: HttpRequest, rows: QuerySet[Programme]) -> None:
        self.run(request, rows, lambda row: services.end_programme(request.actor, programme=row))


class MeetingInline(Within):
    model = Meeting
    fields = ("position", "starts_at", "ends_at")


@admin.register(Session)
class SessionAdmin(TrainingAdmin):
    list_display = ("course", "form", "city", "status", "starts_at", "joins_until", "pool")
    list_filter = ("status", "form")
    list_select_related = ("course", "city", "pool")
    search_fields = ("course__code", "course__title_zh", "venue")
    date_hierarchy = "starts_at"
    ordering = ("-starts_at",)
    inlines = (MeetingInline,)
    actions = ("open", "cancel")

    @admin.action(description=_("Open the planned ones"), permissions=["run"])
    def open(self, request: HttpRequest, rows: QuerySet[Session]) -> None:
        self.run(request, rows, lambda row: services.open_session(request.actor, session=row))

    @admin.action(description=_("Cancel, with a reason"), permissions=["run"])
    def cancel(self, request: HttpRequest, rows: QuerySet[Session]) -> HttpResponse | None:
        """Everybody who enrolled is told why."""
        form = forms.ReasonForm(request.POST if "confirmed" in request.POST else None)
        return self.ask_first(
            request,
            rows,
            _("Cancel, with a reason"),
            lambda row: services.cancel_session(
                request.actor, session=row, why=form.cleaned_data["reason"]
            ),
            form,
        )
