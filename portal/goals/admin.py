"""What was counted toward the year's targets, to look at."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.core.templatetags.ui import money
from portal.goals.models import GoalCount, YearSum
from portal.parties.models import regions_of


class Counted(ReadOnlyAdmin):
    """Of a regional operator's regions."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        regions = regions_of(request.user)
        rows = super().get_queryset(request)
        return rows.filter(region__in=regions) if regions else rows


@admin.register(YearSum)
class YearSumAdmin(Counted):
    list_display = ("party", "subject", "product", "year", "net", "region", "first_on")
    list_filter = ("year", "subject", "region")
    list_select_related = ("party", "region")
    search_fields = ("party__name", "product")
    ordering = ("-year", "subject", "-net_fen", "-id")

    @admin.display(description=_("settled less refunds"), ordering="net_fen")
    def net(self, row: YearSum) -> str:
        return money(row.net_fen)


@admin.register(GoalCount)
class GoalCountAdmin(Counted):
    list_display = ("day", "goal", "region", "reached", "on_pace", "counted_at")
    list_filter = ("goal", "region")
    list_select_related = ("region",)
    date_hierarchy = "day"
    ordering = ("-day", "goal", "region")
