"""Budgets for operators and finance: what there is, who changed it, and each row that moved it."""

from __future__ import annotations

from django.contrib import admin

from portal.core.admin import ReadOnlyAdmin
from portal.rewards.models import BudgetChange, Pool, PoolEntry


@admin.register(Pool)
class PoolAdmin(ReadOnlyAdmin):
    list_display = ("programme", "unit", "budget", "reserved", "granted", "used")
    list_filter = ("unit",)
    list_select_related = ("programme",)
    search_fields = ("=programme__code", "programme__name_zh", "programme__name_en")
    ordering = ("-pk",)


@admin.register(PoolEntry)
class PoolEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "pool", "kind", "amount", "claim", "change", "by")
    list_filter = ("kind",)
    list_select_related = (
        *("pool__programme", "claim__task", "claim__party", "change__pool__programme", "by"),
    )
    raw_id_fields = ("pool", "claim", "change", "by")
    search_fields = ("=claim__id", "=pool__programme__code")
    ordering = ("-pk",)


@admin.register(BudgetChange)
class BudgetChangeAdmin(ReadOnlyAdmin):
    list_display = ("pool", "amount", "status", "proposed_by", "proposed_at", "decided_by")
    list_filter = ("status",)
    list_select_related = ("pool__programme", "proposed_by", "decided_by")
    search_fields = ("=pool__programme__code", "reason")
    raw_id_fields = ("pool", "proposed_by", "decided_by")
    ordering = ("-proposed_at",)
