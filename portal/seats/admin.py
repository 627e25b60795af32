"""Seats for operators: how full each pool is, and what became of each claim."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from portal.core.admin import ReadOnlyAdmin
from portal.seats.models import Claim, Occasion, Pool, Step


@admin.register(Occasion)
class OccasionAdmin(ReadOnlyAdmin):
    list_display = ("title", "kind", "admission", "opens_at", "closes_at", "closed_at")
    list_filter = ("kind", "admission")
    search_fields = ("title",)
    ordering = ("-opens_at",)


@admin.register(Pool)
class PoolAdmin(ReadOnlyAdmin):
    list_display = ("occasion", "code", "capacity", "taken", "held", "is_closed")
    list_filter = ("is_closed",)
    list_select_related = ("occasion",)
    search_fields = ("occasion__title", "code")
    ordering = ("-pk",)


class StepInline(admin.TabularInline):
    model = Step
    extra = 0
    can_delete = False
    fields = ("at", "status", "by", "via", "why")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    list_display = ("submitted_at", "occasion", "party", "status", "due_at", "reason")
    list_filter = ("status",)
    list_select_related = ("occasion", "party")
    search_fields = ("party__name", "occasion__title")
    inlines = (StepInline,)
    ordering = ("-submitted_at",)
