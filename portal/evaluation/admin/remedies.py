"""Which course or task lifts an indicator: filled by the parts above, read here."""

from __future__ import annotations

from django.contrib import admin

from portal.core.admin import ReadOnlyAdmin
from portal.evaluation.models import Remedy


@admin.register(Remedy)
class RemedyAdmin(ReadOnlyAdmin):
    list_display = ("indicator", "kind", "title_zh", "origin", "is_open")
    list_filter = ("is_open", "kind", "indicator")
    search_fields = ("title_zh", "title_en", "origin")
    ordering = ("indicator", "pk")
