"""Who learns what, for operators: they read here, and give seats back by services."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from training.learning import services
from training.learning.models import ClassMessage, Enrolment, Learner, Presence


@admin.register(Learner)
class LearnerAdmin(ReadOnlyAdmin):
    list_display = ("name", "party", "has_account", "created_at")
    list_select_related = ("party",)
    search_fields = ("name", "party__name")
    ordering = ("-created_at",)
    exclude = ("user", "member")

    @admin.display(description=_("account"), boolean=True)
    def has_account(self, learner: Learner) -> bool:
        return learner.user_id is not None


@admin.register(ClassMessage)
class ClassMessageAdmin(ReadOnlyAdmin):
    list_display = ("session", "by", "at", "reached")
    list_select_related = ("session__course", "by")
    search_fields = ("text", "session__course__title_zh")
    ordering = ("-at",)


class PresenceInline(admin.TabularInline):
    model = Presence
    extra = 0
    can_delete = False
    fields = ("meeting", "arrived_at", "left_at", "way", "by")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # as far as the enrolment is seen


@admin.register(Enrolment)
class EnrolmentAdmin(ReadOnlyAdmin):
    list_display = ("session", "learner", "party", "claim", "outcome", "ended_at")
    list_filter = ("claim__status", "outcome")
    list_select_related = ("session__course", "learner", "party", "claim")
    search_fields = ("learner__name", "party__name", "session__course__title_zh")
    ordering = ("-claim__submitted_at",)
    inlines = (PresenceInline,)
    actions = ("withdraw",)

    def has_run_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("courses.run_training")

    @admin.action(description=_("Give the seats back"), permissions=["run"])
    def withdraw(self, request: HttpRequest, rows: QuerySet[Enrolment]) -> None:
        self.run(
            request,
            rows.whole(),
            lambda row: services.withdraw_enrolment(request.actor, enrolment=row),
        )
