from __future__ import annotations

from django.contrib import admin

from portal.core.admin import ReadOnlyAdmin
from portal.ledger.models import Account, Closing, Entry, Journal


@admin.register(Account)
class AccountAdmin(ReadOnlyAdmin):
    list_display = ("id", "party", "kind", "track", "currency", "opened_at")
    list_filter = ("kind", "track", "currency")
    list_select_related = ("party",)
    search_fields = ("=id", "party__name")
    ordering = ("-id",)


class EntryInline(admin.TabularInline):
    model = Entry
    fields = ("account", "part", "amount")
    readonly_fields = fields
    ordering = ("id",)
    extra = 0
    can_delete = False

    def has_add_permission(self, request: object, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: object, obj: object = None) -> bool:
        return False


@admin.register(Journal)
class JournalAdmin(ReadOnlyAdmin):
    """Every journal with its legs. What was wrong is reversed by the part that posted it."""

    list_display = ("id", "key", "text", "occurred_at", "posted_at", "period", "via")
    list_filter = ("via",)
    search_fields = ("=key", "=cause_id")
    raw_id_fields = ("reverses",)
    ordering = ("-id",)
    inlines = (EntryInline,)


@admin.register(Closing)
class ClosingAdmin(ReadOnlyAdmin):
    list_display = ("month", "closed_at", "closed_by")
    list_select_related = ("closed_by",)
    ordering = ("-month",)
