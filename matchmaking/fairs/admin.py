"""Fairs for operators: the year, who signed up, and the codes that were given out."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.fairs import services
from matchmaking.fairs.models import Fair, InvitationCode, MeetingPlan, SignUp
from portal.core.admin import ReadOnlyAdmin
from portal.core.operators import Queue, register_queue, waiting_since
from portal.seats.states import ClaimStatus


@admin.register(Fair)
class FairAdmin(ReadOnlyAdmin):
    list_display = ("title", "kind", "city", "tier", "status", "starts_at", "published_at")
    list_filter = ("status", "kind", "tier")
    list_select_related = ("city",)
    search_fields = ("title", "city__name_zh")
    date_hierarchy = "starts_at"
    ordering = ("-starts_at",)
    actions = ("publish",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fair]:
        return super().get_queryset(request).in_scope_of(request.user)

    @admin.action(description=_("Publish the planned ones"), permissions=["run"])
    def publish(self, request: HttpRequest, rows: QuerySet[Fair]) -> None:
        self.run(request, rows, lambda fair: services.publish_fair(request.actor, fair=fair))

    def has_run_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("fairs.run_fair")


@admin.register(SignUp)
class SignUpAdmin(ReadOnlyAdmin):
    list_display = ("fair", "party", "fair_pool", "claim", "brought_by")
    list_filter = ("claim__status", "fair_pool__role")
    list_select_related = ("fair", "party", "fair_pool__category", "claim", "brought_by")
    search_fields = ("party__name", "fair__title")
    ordering = ("-claim__submitted_at",)
    actions = ("accept",)

    @admin.action(description=_("Accept the chosen ones"), permissions=["run"])
    def accept(self, request: HttpRequest, rows: QuerySet[SignUp]) -> None:
        self.run(request, rows, lambda row: services.accept_sign_up(request.actor, sign_up=row))

    def has_run_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("fairs.run_fair")


@admin.register(InvitationCode)
class InvitationCodeAdmin(ReadOnlyAdmin):
    list_display = ("fair", "code", "waives", "uses", "most_uses", "ends_at", "note")
    list_filter = ("waives",)
    list_select_related = ("fair",)
    search_fields = ("code", "fair__title")
    ordering = ("-made_at",)


@admin.register(MeetingPlan)
class MeetingPlanAdmin(ReadOnlyAdmin):
    list_display = ("fair", "number", "status", "value", "upper_bound", "seconds", "made_at")
    list_filter = ("status",)
    list_select_related = ("fair",)
    search_fields = ("fair__title",)
    ordering = ("-made_at",)


@register_queue
def sign_ups_to_decide(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("fairs.run_fair"):
        return None
    waiting = SignUp.objects.filter(claim__status=ClaimStatus.SUBMITTED)
    return Queue(
        title=_("Sign-ups to fairs"),
        url=reverse("admin:fairs_signup_changelist") + "?claim__status__exact=submitted",
        **waiting_since(waiting, "claim__submitted_at"),
    )
