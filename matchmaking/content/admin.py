"""Content orders for operators."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from matchmaking.content.models import ContentOrder
from portal.core.admin import ReadOnlyAdmin


@admin.register(ContentOrder)
class ContentOrderAdmin(ReadOnlyAdmin):
    list_display = ("title", "merchant", "maker", "source", "carrier", "status", "due_at")
    list_filter = ("status", "source", "carrier")
    list_select_related = ("merchant", "maker")
    search_fields = ("title", "merchant__name", "maker__name")
    exclude = ("proof",)
    ordering = ("-asked_at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ContentOrder]:
        return super().get_queryset(request).in_scope_of(request.user)
