"""What operators see of posts and applications."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from matchmaking.recruiting.models import Application, Offer, Post, Promise
from matchmaking.recruiting.states import LIVE, REMIND_AFTER
from portal.core import clock
from portal.core.admin import ReadOnlyAdmin
from portal.core.operators import Queue, register_queue, waiting_since
from portal.parties.models import regions_of


class Scoped(ReadOnlyAdmin):
    """Rows within an operator's regions; `region` is the way to them."""

    region: str

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows, regions = super().get_queryset(request), regions_of(request.user)
        return rows.filter(**{f"{self.region}__in": regions}) if regions else rows


@admin.register(Post)
class PostAdmin(Scoped):
    """What was published; a draft is its poster's own."""

    region = "poster__city__region"
    list_display = ("number", "title", "poster", "status", "closes_on", "live_on", "published_at")
    list_filter = ("status", "carrier", "is_exclusive", "categories")
    list_select_related = ("poster",)
    search_fields = ("title", "poster__name")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(published_at__isnull=False)


@admin.register(Application)
class ApplicationAdmin(Scoped):
    region = "post__poster__city__region"
    list_display = (
        *("number", "product", "post", "merchant", "status", "reason"),
        *("commission_bp", "waits_since"),
    )
    list_filter = ("status", "reason", "offered_by")
    list_select_related = ("product", "post", "merchant")
    search_fields = ("product__name", "post__title", "merchant__name")
    ordering = ("-pk",)


@admin.register(Offer)
class OfferAdmin(Scoped):
    region = "application__post__poster__city__region"
    list_display = ("application", "number", "side", "commission_bp", "samples", "at")
    list_filter = ("side",)
    list_select_related = ("application__post", "application__product")
    search_fields = ("application__post__title", "application__product__name")
    ordering = ("-pk",)


class Standing(admin.SimpleListFilter):
    """By whether it holds today."""

    title = _("holds")
    parameter_name = "holds"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("today", _("Today")), ("later", _("From a later day on")), ("over", _("Over"))]

    def queryset(self, request: HttpRequest, rows: QuerySet[Promise]) -> QuerySet[Promise]:
        today = clock.today()
        match self.value():
            case "today":
                return rows.filter(period__contains=today)
            case "later":
                return rows.filter(period__startswith__gt=today)
            case "over":
                return rows.filter(Q(period=None) | Q(period__endswith__lte=today))
        return rows


@admin.register(Promise)
class PromiseAdmin(Scoped):
    """What is promised to one poster alone, and whom its plan shuts out. It ends with the
    cooperation, which both sides may end: nobody ends a promise by itself."""

    region = "poster__city__region"
    list_display = ("product", "poster", "begins_on", "last_day", "plan", "cooperation")
    list_filter = (Standing, ("plan", admin.EmptyFieldListFilter))
    list_select_related = (
        *("product__merchant", "poster", "plan__product"),
        *("application__cooperation__merchant", "application__cooperation__provider"),
    )
    search_fields = ("product__name", "poster__name", "product__merchant__name")
    ordering = ("-pk",)

    @admin.display(description=_("From"), ordering="period__startswith")
    def begins_on(self, row: Promise) -> date | None:
        return row.period.lower if row.period else None

    @admin.display(description=_("Last day"))
    def last_day(self, row: Promise) -> Any:
        if row.period is None:
            return _("Ended on the day it was made")
        return row.period.upper - timedelta(days=1)

    @admin.display(description=_("Cooperation"))
    def cooperation(self, row: Promise) -> str:
        made = row.application.cooperation
        assert made is not None  # noqa: S101 - an accepted application has made one
        url = reverse("admin:cooperation_cooperation_change", args=[made.pk])
        return format_html('<a href="{}">{}</a> · {}', url, made, made.get_status_display())


@register_queue
def unanswered_applications(request: HttpRequest) -> Queue | None:
    """Those that have waited for more than 48 hours: somebody may have to be called."""
    if not request.user.has_perm("recruiting.view_application"):
        return None
    before = clock.now() - REMIND_AFTER
    waiting = Application.objects.filter(status__in=LIVE, waits_since__lte=before)
    return Queue(
        title=_("Applications without an answer for 48 hours"),
        url=reverse("admin:recruiting_application_changelist") + "?status__exact=submitted",
        **waiting_since(waiting, "waits_since"),
    )
