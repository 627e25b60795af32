"""What operators see of needs and proposals."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from matchmaking.needs import services
from matchmaking.needs.fields import PROMISES
from matchmaking.needs.models import (
    Exposure,
    MessageReport,
    Need,
    NeedTemplate,
    Offer,
    Proposal,
    Question,
    ResponseFact,
    ServiceOffer,
    Talk,
)
from matchmaking.needs.states import ReportStatus
from portal.core import clock
from portal.core.admin import ReadOnlyAdmin, ReferenceAdmin
from portal.core.operators import Queue, register_queue, waiting_since
from portal.parties.models import regions_of

OFFER = (
    *("plan", "team", "service_level", "monthly_fee_fen", "share_bp", "ladder"),
    *("is_guarantee", "starts_on"),
    *PROMISES,
)


class Scoped(ReadOnlyAdmin):
    """Rows within an operator's regions; `region` is the way to them."""

    region: str

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows, regions = super().get_queryset(request), regions_of(request.user)
        return rows.filter(**{f"{self.region}__in": regions}) if regions else rows


@admin.register(Need)
class NeedAdmin(Scoped):
    region = "merchant__city__region"
    list_display = ("number", "title", "merchant", "status", "closes_on", "published_at")
    list_filter = ("status", "seeks", "price_form", "services", "categories")
    list_select_related = ("merchant",)
    search_fields = ("title", "merchant__name")
    ordering = ("-pk",)


@admin.register(NeedTemplate)
class NeedTemplateAdmin(ReferenceAdmin):
    """The house's templates are edited here; a merchant's own are its own."""

    list_display = ("name", "is_shown", "changed_at")
    fields = ("name", "values", "is_shown")

    def get_queryset(self, request: HttpRequest) -> QuerySet[NeedTemplate]:
        return super().get_queryset(request).filter(merchant=None)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.changed_at = clock.now()
        super().save_model(request, obj, form, change)


@admin.register(Exposure)
class ExposureAdmin(Scoped):
    region = "need__merchant__city__region"
    list_display = ("day", "need", "provider", "place", "is_newcomer_place", "viewer")
    list_filter = ("is_newcomer_place",)
    list_select_related = ("need", "provider", "viewer")
    search_fields = ("provider__name", "need__title")
    ordering = ("-pk",)


@admin.register(ServiceOffer)
class ServiceOfferAdmin(Scoped):
    region = "provider__city__region"
    list_display = ("title", "provider", "status", "monthly_fee_fen", "share_bp", "changed_at")
    list_filter = ("status", "services")
    list_select_related = ("provider",)
    search_fields = ("title", "provider__name")
    ordering = ("-pk",)


@admin.register(MessageReport)
class MessageReportAdmin(Scoped):
    """The oldest first. Only what was reported is read here, not the conversation around it."""

    region = "message__proposal__need__merchant__city__region"
    list_display = ("at", "reason", "note", "said", "attached", "party", "status")
    list_filter = ("status", "reason")
    list_select_related = ("message", "party")
    search_fields = ("note", "party__name")
    ordering = ("at", "pk")
    actions = ("uphold", "dismiss")

    def get_queryset(self, request: HttpRequest) -> QuerySet[MessageReport]:
        return super().get_queryset(request).prefetch_related("message__files")

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("needs.decide_messagereport")

    @admin.display(description=_("text"))
    def said(self, report: MessageReport) -> str:
        return report.message.text or "—"

    @admin.display(description=_("files"))
    def attached(self, report: MessageReport) -> str:
        files = ((file.get_absolute_url(), file.name) for file in report.message.files.all())
        return format_html_join(" ", '<a href="{}">{}</a>', files)

    @admin.action(description=_("Remove the message"), permissions=["decide"])
    def uphold(self, request: HttpRequest, rows: QuerySet[MessageReport]) -> None:
        self.run(request, rows, lambda row: services.uphold_report(request.actor, report=row))

    @admin.action(description=_("Nothing found"), permissions=["decide"])
    def dismiss(self, request: HttpRequest, rows: QuerySet[MessageReport]) -> None:
        self.run(request, rows, lambda row: services.dismiss_report(request.actor, report=row))


@register_queue
def open_reports(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("needs.decide_messagereport"):
        return None
    waiting = MessageReport.objects.filter(status=ReportStatus.OPEN)
    return Queue(
        title=_("Reported messages"),
        url=reverse("admin:needs_messagereport_changelist") + "?status__exact=open",
        **waiting_since(waiting, "at"),
    )


@admin.register(ResponseFact)
class ResponseFactAdmin(Scoped):
    region = "party__city__region"
    list_display = ("party", "kind", "asked_at", "answered_at", "minutes")
    list_filter = ("kind", ("answered_at", admin.EmptyFieldListFilter))
    list_select_related = ("party",)
    search_fields = ("party__name", "ref")
    ordering = ("-pk",)


@admin.register(Offer)
class OfferAdmin(Scoped):
    """Handed in, every one of them."""

    region = "proposal__need__merchant__city__region"
    list_display = ("proposal", "number", "side", "monthly_fee_fen", "share_bp", "starts_on", "at")
    list_filter = ("side",)
    list_select_related = ("proposal__need", "proposal__provider")
    search_fields = ("proposal__need__title", "proposal__provider__name")
    ordering = ("-pk",)


@admin.register(Talk)
class TalkAdmin(Scoped):
    """That both sides talk, and when; where they meet and what they wrote is their own."""

    region = "proposal__need__merchant__city__region"
    list_display = ("proposal", "kind", "status", "asked_by", "starts_at", "answer_by")
    list_filter = ("kind", "status")
    list_select_related = ("proposal__need", "proposal__provider")
    search_fields = ("proposal__need__title", "proposal__provider__name")
    ordering = ("-created_at",)
    exclude = ("link",)


@admin.register(Question)
class QuestionAdmin(Scoped):
    region = "need__merchant__city__region"
    list_display = ("need", "text", "asker", "asked_at", "answered_at")
    list_filter = (("answered_at", admin.EmptyFieldListFilter),)
    list_select_related = ("need", "asker")
    search_fields = ("text", "answer", "need__title")
    ordering = ("-pk",)


@admin.register(Proposal)
class ProposalAdmin(Scoped):
    region = "need__merchant__city__region"
    list_display = ("need", "provider", "status", "reason", "invited_at", "submitted_at")
    list_filter = ("status", "reason")
    list_select_related = ("need", "provider")
    search_fields = ("need__title", "provider__name")
    ordering = ("-pk",)

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Until it is submitted, what a provider has written is its own."""
        is_submitted = obj is not None and obj.submitted_at is not None
        return () if is_submitted else OFFER

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Nor can it be found out by filtering on it."""
        field = lookup.partition(LOOKUP_SEP)[0]
        return field not in OFFER and super().lookup_allowed(lookup, value, request)
