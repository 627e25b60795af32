"""What sold by whom in a month, to look at; an operator's within their regions."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.core.templatetags.ui import money
from portal.parties.models import Party
from portal.revenue.models import ChannelTurnover, Turnover

ROLES = [
    ("merchant", _("Merchant")),
    ("provider", _("Service provider")),
    ("agency", _("Agency")),
    ("creator", _("Creator")),
]


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return ROLES

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(role=self.value()) if self.value() else queryset


class _MonthAdmin(ReadOnlyAdmin):
    date_hierarchy = "month"
    ordering = ("-month", "-net_fen", "-id")

    @admin.display(description=_("paid"), ordering="paid_fen")
    def paid(self, row: Any) -> str:
        return money(row.paid_fen)

    @admin.display(description=_("settled less refunds"), ordering="net_fen")
    def net(self, row: Any) -> str:
        return money(row.net_fen)

    @admin.display(description=_("refunded"), ordering="refunded_fen")
    def refunded(self, row: Any) -> str:
        return money(row.refunded_fen)


@admin.register(Turnover)
class TurnoverAdmin(_MonthAdmin):
    list_display = ("month", "party", "its_role", "lines", "paid", "net", "refunded", "counted_at")
    list_filter = (RoleFilter,)
    list_select_related = ("party",)
    search_fields = ("party__name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Turnover]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(party__in=mine)

    @admin.display(description=_("role"), ordering="role")
    def its_role(self, row: Turnover) -> str:
        return str(dict(ROLES)[row.role])


@admin.register(ChannelTurnover)
class ChannelTurnoverAdmin(_MonthAdmin):
    list_display = (
        *("month", "merchant", "channel", "lines", "paid", "net", "refunded", "counted_at"),
    )
    list_filter = ("channel",)
    list_select_related = ("merchant",)
    search_fields = ("merchant__name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ChannelTurnover]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(merchant__in=mine)
