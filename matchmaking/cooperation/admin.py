from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from matchmaking.cooperation.models import Cooperation
from portal.core.admin import ReadOnlyAdmin


@admin.register(Cooperation)
class CooperationAdmin(ReadOnlyAdmin):
    list_display = ("title", "merchant", "provider", "door", "status", "starts_on", "ends_on")
    list_filter = ("status", "door")
    list_select_related = ("merchant", "provider")
    search_fields = ("title", "merchant__name", "provider__name")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Cooperation]:
        return super().get_queryset(request).in_scope_of(request.user)
