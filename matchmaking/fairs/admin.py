"""Fairs for operators: the year, who signed up, the codes that were given out, and what came of
it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.fairs import forms, selectors, services
from matchmaking.fairs.models import Fair, FollowUp, InvitationCode, MeetingPlan, SignUp
from portal.core.admin import ReadOnlyAdmin
from portal.core.money import Money
from portal.core.operators import Queue, register_queue, waiting_since
from portal.seats.states import ClaimStatus


class RunAdmin(ReadOnlyAdmin):
    """What operators of fairs do to the chosen rows."""

    def has_run_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("fairs.run_fair")


def _sent(request: HttpRequest) -> Any:
    return request.POST if "confirmed" in request.POST else None


@admin.register(Fair)
class FairAdmin(RunAdmin):
    list_display = ("title", "kind", "city", "tier", "status", "starts_at", "published_at")
    list_filter = ("status", "kind", "tier")
    list_select_related = ("city",)
    search_fields = ("title", "city__name_zh")
    date_hierarchy = "starts_at"
    ordering = ("-starts_at",)
    actions = ("publish", "move", "cancel")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fair]:
        return super().get_queryset(request).in_scope_of(request.user)

    @admin.action(description=_("Publish the planned ones"), permissions=["run"])
    def publish(self, request: HttpRequest, rows: QuerySet[Fair]) -> None:
        self.run(request, rows, lambda fair: services.publish_fair(request.actor, fair=fair))

    @admin.action(description=_("Move to another day or place"), permissions=["run"])
    def move(self, request: HttpRequest, rows: QuerySet[Fair]) -> HttpResponse | None:
        """As long as it was; who signed up is told."""
        form = forms.MoveForm(_sent(request))

        def moved(fair: Fair) -> Fair:
            fields = selectors.fields_of(fair)
            data = form.cleaned_data
            starts, length = data["starts_at"], fields.ends_at - fields.starts_at
            venue = data["venue"].strip() or fields.venue
            fields = replace(fields, starts_at=starts, ends_at=starts + length, venue=venue)
            return services.change_fair(request.actor, fair=fair, fields=fields)

        whole = rows.select_related("city", "occasion")
        return self.ask_first(request, whole, _("Move to another day or place"), moved, form)

    @admin.action(description=_("Cancel, with a reason"), permissions=["run"])
    def cancel(self, request: HttpRequest, rows: QuerySet[Fair]) -> HttpResponse | None:
        form = forms.ReasonForm(_sent(request))

        def cancelled(fair: Fair) -> Fair:
            return services.cancel_fair(request.actor, fair=fair, why=form.cleaned_data["reason"])

        return self.ask_first(request, rows, _("Cancel, with a reason"), cancelled, form)


class OfFairAdmin(ReadOnlyAdmin):
    """Rows of the fairs in one's regions."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        mine = Fair.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(fair__in=mine)


@admin.register(SignUp)
class SignUpAdmin(OfFairAdmin, RunAdmin):
    list_display = ("fair", "party", "fair_pool", "claim", "brought_by")
    list_filter = ("claim__status", "fair_pool__role")
    list_select_related = ("fair__city", "party", "fair_pool__category", "claim", "brought_by")
    search_fields = ("party__name", "fair__title")
    ordering = ("-claim__submitted_at",)
    actions = ("accept", "ask", "reject")

    @admin.action(description=_("Accept the chosen ones"), permissions=["run"])
    def accept(self, request: HttpRequest, rows: QuerySet[SignUp]) -> None:
        self.run(request, rows, lambda row: services.accept_sign_up(request.actor, sign_up=row))

    @admin.action(description=_("Ask for something that is missing"), permissions=["run"])
    def ask(self, request: HttpRequest, rows: QuerySet[SignUp]) -> HttpResponse | None:
        form = forms.QuestionForm(_sent(request))

        def asked(row: SignUp) -> SignUp:
            why = form.cleaned_data["reason"]
            return services.ask_sign_up(request.actor, sign_up=row, why=why)

        title = _("Ask for something that is missing")
        return self.ask_first(request, rows, title, asked, form)

    @admin.action(description=_("Turn down, with a reason"), permissions=["run"])
    def reject(self, request: HttpRequest, rows: QuerySet[SignUp]) -> HttpResponse | None:
        form = forms.ReasonForm(_sent(request))

        def rejected(row: SignUp) -> SignUp:
            why = form.cleaned_data["reason"]
            return services.reject_sign_up(request.actor, sign_up=row, why=why)

        return self.ask_first(request, rows, _("Turn down, with a reason"), rejected, form)


@admin.register(InvitationCode)
class InvitationCodeAdmin(OfFairAdmin):
    list_display = ("fair", "code", "waives", "uses", "most_uses", "ends_at", "note")
    list_filter = ("waives",)
    list_select_related = ("fair",)
    search_fields = ("code", "fair__title")
    ordering = ("-made_at",)


@admin.register(MeetingPlan)
class MeetingPlanAdmin(OfFairAdmin):
    list_display = ("fair", "number", "status", "value", "upper_bound", "seconds", "made_at")
    list_filter = ("status",)
    list_select_related = ("fair",)
    search_fields = ("fair__title",)
    ordering = ("-made_at",)


@admin.register(FollowUp)
class FollowUpAdmin(OfFairAdmin):
    list_display = ("fair", "days", "agreed", "lines", "net", "open", "made_at")
    list_filter = ("days",)
    list_select_related = ("fair",)
    search_fields = ("fair__title",)
    ordering = ("-made_at", "-pk")

    @admin.display(description=_("settled net GMV"), ordering="net_fen")
    def net(self, row: FollowUp) -> str:
        return str(Money(row.net_fen).short)

    @admin.display(description=_("may still settle"), ordering="open_fen")
    def open(self, row: FollowUp) -> str:
        return str(Money(row.open_fen).short)


@register_queue
def sign_ups_to_decide(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("fairs.run_fair"):
        return None
    mine = Fair.objects.in_scope_of(request.user)
    waiting = SignUp.objects.filter(claim__status=ClaimStatus.SUBMITTED, fair__in=mine)
    return Queue(
        title=_("Sign-ups to fairs"),
        url=reverse("admin:fairs_signup_changelist") + "?claim__status__exact=submitted",
        **waiting_since(waiting, "claim__submitted_at"),
    )
