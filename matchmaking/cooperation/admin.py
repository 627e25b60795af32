from __future__ import annotations

from django.contrib import admin

from matchmaking.cooperation.models import Cooperation
from portal.core.admin import ReadOnlyAdmin


@admin.register(Cooperation)
class CooperationAdmin(ReadOnlyAdmin):
    list_display = ("title", "merchant", "provider", "door", "status", "starts_on", "ends_on")
    list_filter = ("status", "door")
    list_select_related = ("merchant", "provider")
    search_fields = ("title", "merchant__name", "provider__name")
    ordering = ("-pk",)
