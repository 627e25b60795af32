"""The advisory group for operators: people, hours, bookings, and what nobody has said yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.admin import ReadOnlyAdmin
from portal.core.operators import Queue, register_queue, waiting_since
from training.advice import forms, services
from training.advice.models import Adviser, Booking, Slot
from training.advice.states import Side


class AdviceAdmin(ReadOnlyAdmin):
    """What who runs the group does to the chosen rows."""

    def has_run_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("advice.run_advice")

    def with_reason(
        self,
        request: HttpRequest,
        rows: QuerySet[Any],
        title: str | Promise,
        service: Callable[[Any, str], object],
    ) -> HttpResponse | None:
        """The reason on a page of its own; then the service for each row."""
        form = forms.ReasonForm(request.POST if "confirmed" in request.POST else None)
        return self.ask_first(
            request, rows, title, lambda row: service(row, form.cleaned_data["reason"]), form
        )


@admin.register(Adviser)
class AdviserAdmin(AdviceAdmin):
    list_display = ("name", "title_zh", "topics", "party", "joined_at", "left_at")
    list_filter = (("left_at", admin.EmptyFieldListFilter),)
    list_select_related = ("party",)
    search_fields = ("name", "title_zh", "title_en")
    actions = ("release",)

    @admin.action(description=_("Leave the group, with a reason"), permissions=["run"])
    def release(self, request: HttpRequest, rows: QuerySet[Adviser]) -> HttpResponse | None:
        return self.with_reason(
            request,
            rows,
            _("Leave the group, with a reason"),
            lambda row, why: services.release_adviser(request.actor, adviser=row, why=why),
        )


@admin.register(Slot)
class SlotAdmin(AdviceAdmin):
    list_display = ("adviser", "starts_at", "ends_at", "withdrawn_at", "why")
    list_filter = (("withdrawn_at", admin.EmptyFieldListFilter),)
    list_select_related = ("adviser",)
    search_fields = ("adviser__name",)
    date_hierarchy = "starts_at"
    ordering = ("-starts_at",)
    actions = ("withdraw",)

    @admin.action(description=_("Withdraw, with a reason"), permissions=["run"])
    def withdraw(self, request: HttpRequest, rows: QuerySet[Slot]) -> HttpResponse | None:
        return self.with_reason(
            request,
            rows,
            _("Withdraw, with a reason"),
            lambda row, why: services.withdraw_slot(request.actor, slot=row, why=why),
        )


@admin.register(Booking)
class BookingAdmin(AdviceAdmin):
    list_display = ("party", "adviser", "begins", "status", "absent", "rating")
    list_filter = ("status", "absent", "rating")
    list_select_related = ("party", "slot__adviser")
    search_fields = ("party__name", "slot__adviser__name")
    ordering = ("-slot__starts_at",)
    actions = ("hold", "miss", "cancel")

    @admin.display(description=_("adviser"), ordering="slot__adviser__name")
    def adviser(self, booking: Booking) -> str:
        return booking.slot.adviser.name

    @admin.display(description=_("begins"), ordering="slot__starts_at")
    def begins(self, booking: Booking) -> Any:
        return booking.slot.starts_at

    @admin.action(description=_("They took place"), permissions=["run"])
    def hold(self, request: HttpRequest, rows: QuerySet[Booking]) -> None:
        self.run(request, rows, lambda row: services.say_done(request.actor, booking=row))

    @admin.action(description=_("The party did not come"), permissions=["run"])
    def miss(self, request: HttpRequest, rows: QuerySet[Booking]) -> None:
        self.run(
            request,
            rows,
            lambda row: services.say_absent(request.actor, booking=row, absent=Side.PARTY),
        )

    @admin.action(description=_("Cancel, with a reason"), permissions=["run"])
    def cancel(self, request: HttpRequest, rows: QuerySet[Booking]) -> HttpResponse | None:
        return self.with_reason(
            request,
            rows,
            _("Cancel, with a reason"),
            lambda row, why: services.cancel_booking(request.actor, booking=row, reason=why),
        )


@register_queue
def unsaid_hours(request: HttpRequest) -> Queue | None:
    """Over, and nobody has said whether they took place."""
    if not request.user.has_perm("advice.run_advice"):
        return None
    return Queue(
        title=_("Office hours: did they take place?"),
        url=reverse("advice_desk") + "?status=booked&sort=begins",
        **waiting_since(Booking.objects.unsaid(clock.now()), "slot__ends_at"),
    )
