"""Frameworks for operators: what waits for them, and acting on many at once."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.admin import ReadOnlyAdmin
from portal.core.operators import Queue, register_queue, waiting_since
from portal.parties.models import Party
from portal.revenue.models import AgreementVersion
from portal.revenue.states import ScopeKind, Side
from portal.tiers import services
from portal.tiers.models import Framework, FrameworkDecision, FrameworkMeeting


@admin.register(Framework)
class FrameworkAdmin(ReadOnlyAdmin):
    list_display = (
        *("look", "status", "starts_on", "ends_on", "target_fen", "due_fen", "actual_fen"),
        *("projected_fen", "rebate_fen", "as_of", "keeper"),
    )
    list_display_links = None
    list_filter = ("status", "proposed_by", "starts_on")
    list_select_related = ("party", "keeper")
    search_fields = ("party__name",)
    ordering = ("-starts_on", "pk")
    actions = ("accept", "decline", "close")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Framework]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(party__in=mine)

    @admin.display(description=_("agency"), ordering="party__name")
    def look(self, framework: Framework) -> str:
        url, name = framework.get_absolute_url(), framework.party.name
        return format_html('<a href="{}">{}</a>', url, name)

    @admin.action(description=_("Accept what the agency proposed"), permissions=["manage"])
    def accept(self, request: HttpRequest, rows: QuerySet[Framework]) -> None:
        self.run(request, rows, lambda row: services.accept_framework(request.actor, framework=row))

    @admin.action(description=_("Decline what the agency proposed"), permissions=["manage"])
    def decline(self, request: HttpRequest, rows: QuerySet[Framework]) -> None:
        self.run(
            request, rows, lambda row: services.decline_framework(request.actor, framework=row)
        )

    @admin.action(description=_("Close without a renewal"), permissions=["manage"])
    def close(self, request: HttpRequest, rows: QuerySet[Framework]) -> None:
        self.run(request, rows, lambda row: services.close_framework(request.actor, framework=row))

    def has_manage_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("tiers.manage_framework")


@admin.register(FrameworkMeeting)
class FrameworkMeetingAdmin(ReadOnlyAdmin):
    list_display = ("look", "planned_on", "held_on", "recorded_by", "recorded_at")
    list_display_links = None
    list_filter = (("held_on", admin.EmptyFieldListFilter), "planned_on")
    list_select_related = ("framework__party", "recorded_by")
    search_fields = ("framework__party__name",)
    ordering = ("planned_on", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[FrameworkMeeting]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(framework__party__in=mine)

    @admin.display(description=_("agency"), ordering="framework__party__name")
    def look(self, meeting: FrameworkMeeting) -> str:
        url, name = meeting.get_absolute_url(), meeting.framework.party.name
        return format_html('<a href="{}">{}</a>', url, name)


@admin.register(FrameworkDecision)
class FrameworkDecisionAdmin(ReadOnlyAdmin):
    list_display = ("look", "text", "side", "owner", "due_on", "status", "settled_by")
    list_display_links = None
    list_filter = ("status", "side", "due_on")
    list_select_related = ("meeting__framework__party", "settled_by")
    search_fields = ("meeting__framework__party__name", "text")
    ordering = ("due_on", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[FrameworkDecision]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(meeting__framework__party__in=mine)

    @admin.display(description=_("agency"), ordering="meeting__framework__party__name")
    def look(self, decision: FrameworkDecision) -> str:
        url, name = decision.meeting.get_absolute_url(), decision.meeting.framework.party.name
        return format_html('<a href="{}">{}</a>', url, name)


@register_queue
def frameworks_to_answer(request: HttpRequest) -> Queue | None:
    """What agencies proposed."""
    if not request.user.has_perm("tiers.manage_framework"):
        return None
    mine = Party.objects.in_scope_of(request.user)
    waiting = AgreementVersion.objects.open().filter(
        agreement__scope_kind=ScopeKind.YEAR, proposed_by=Side.PAYEE, agreement__payee__in=mine
    )
    return Queue(
        title=_("Annual frameworks to answer"),
        url=reverse("framework_list") + "?status=proposed",
        **waiting_since(waiting, "proposed_at", due="expires_at"),
    )


@register_queue
def framework_minutes_missing(request: HttpRequest) -> Queue | None:
    """Meetings whose day is over."""
    if not request.user.has_perm("tiers.manage_framework"):
        return None
    mine = Party.objects.in_scope_of(request.user)
    late = FrameworkMeeting.objects.planned().filter(
        planned_on__lt=clock.today(),
        framework__party__in=mine,
        framework__status__in=["running", "reviewed"],
    )
    return Queue(
        title=_("Review meetings without minutes"),
        url=reverse("admin:tiers_frameworkmeeting_changelist") + "?held_on__isempty=1",
        **waiting_since(late, "", due="planned_on"),
    )
