"""Samples for operators: what is on its way, and what is overdue. Never the address."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from matchmaking.samples.models import Sample
from portal.core.admin import ReadOnlyAdmin


@admin.register(Sample)
class SampleAdmin(ReadOnlyAdmin):
    list_display = ("product", "cooperation", "quantity", "status", "ship_by", "due_on")
    list_filter = ("status",)
    list_select_related = ("cooperation__merchant", "cooperation__provider")
    search_fields = ("product", "cooperation__title")
    exclude = ("address", "masked")
    ordering = ("-requested_at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Sample]:
        return super().get_queryset(request).in_scope_of(request.user)
