"""Reconciled days for operators: to look at, to count again, to explain."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.core.operators import Queue, register_queue, waiting_since
from portal.core.templatetags.ui import money
from portal.reconciliation import services
from portal.reconciliation.forms import ReopeningForm, ResolutionForm
from portal.reconciliation.models import BankMatch, Day, Difference, Listing


@admin.register(Day)
class DayAdmin(ReadOnlyAdmin):
    list_display = (
        *("day", "book", "feed", "basis", "share", "expected_events", "arrived_events"),
        *("booked_events", "sound_events", "counted_at"),
    )
    list_filter = ("book", "feed", "basis")
    list_select_related = ("feed",)
    date_hierarchy = "day"
    ordering = ("-day", "-id")
    actions = ("count_again",)

    @admin.display(description=_("completeness"))
    def share(self, row: Day) -> str:
        share = row.completeness_bp
        return "—" if share is None else f"{share / 100:g}%"

    @admin.action(description=_("Count again"), permissions=["view"])
    def count_again(self, request: HttpRequest, rows: QuerySet[Day]) -> None:
        def count(row: Day) -> Day:
            return services.count_day(request.actor, feed=row.feed, day=row.day)

        self.run(request, rows.select_related("feed"), count)


@admin.register(Difference)
class DifferenceAdmin(ReadOnlyAdmin):
    list_display = (
        *("subject", "day", "between", "kind", "expected_in_yuan", "found_in_yuan"),
        *("status", "found_at", "resolved_by"),
    )
    list_filter = ("status", "kind", "between", "day__feed")
    list_select_related = ("day__feed", "resolved_by")
    search_fields = ("subject", "key", "why", "document")
    ordering = ("-found_at", "-id")
    actions = ("resolve", "reopen")

    @admin.display(description=_("expected"), ordering="expected_fen")
    def expected_in_yuan(self, row: Difference) -> str:
        return money(row.expected_fen)

    @admin.display(description=_("found"), ordering="found_fen")
    def found_in_yuan(self, row: Difference) -> str:
        return money(row.found_fen)

    @admin.action(description=_("Resolve them with one reason"), permissions=["view"])
    def resolve(self, request: HttpRequest, rows: QuerySet[Difference]) -> HttpResponse | None:
        form = ResolutionForm(request.POST if "confirmed" in request.POST else None)
        return self.ask_first(
            request,
            rows,
            _("Resolve these differences"),
            lambda row: services.resolve_difference(
                request.actor, difference=row, said=form.resolution()
            ),
            form,
        )

    @admin.action(description=_("Open them again"), permissions=["view"])
    def reopen(self, request: HttpRequest, rows: QuerySet[Difference]) -> HttpResponse | None:
        form = ReopeningForm(request.POST if "confirmed" in request.POST else None)
        return self.ask_first(
            request,
            rows,
            _("Open these differences again"),
            lambda row: services.reopen_difference(
                request.actor, difference=row, why=form.cleaned_data["why"]
            ),
            form,
        )


@admin.register(Listing)
class ListingAdmin(ReadOnlyAdmin):
    list_display = ("day", "feed", "brought_at", "brought_by", "dropped_at")
    list_filter = ("feed",)
    list_select_related = ("feed", "brought_by")
    date_hierarchy = "day"
    ordering = ("-day", "-id")


@admin.register(BankMatch)
class BankMatchAdmin(ReadOnlyAdmin):
    list_display = ("row", "source", "key", "how", "matched_at", "matched_by", "ended_at")
    list_filter = ("source", "how")
    list_select_related = ("row", "matched_by")
    search_fields = ("row__reference", "key")
    ordering = ("-id",)
    actions = ("take_back",)

    @admin.action(description=_("Take the matches back"), permissions=["view"])
    def take_back(self, request: HttpRequest, rows: QuerySet[BankMatch]) -> HttpResponse | None:
        form = ReopeningForm(request.POST if "confirmed" in request.POST else None)
        return self.ask_first(
            request,
            rows,
            _("Take these matches back"),
            lambda row: services.end_match(request.actor, match=row, why=form.cleaned_data["why"]),
            form,
        )


@register_queue
def open_differences(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("reconciliation.resolve_difference"):
        return None
    return Queue(
        title=_("Differences of reconciled days"),
        url=reverse("reconciliation_differences") + "?status=open",
        **waiting_since(Difference.objects.open(), "found_at"),
    )
