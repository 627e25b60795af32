"""Traffic coupons for operators: their kinds, and where each one went."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from portal.core.admin import ReadOnlyAdmin, ReferenceAdmin
from portal.rewards.models import Coupon, CouponKind, CouponUse


@admin.register(CouponKind)
class CouponKindAdmin(ReferenceAdmin):
    list_display = ("code", "name", "face", "scope", "valid_days", "is_offered")
    list_filter = ("scope", "is_offered")


class UseInline(admin.TabularInline):
    model = CouponUse
    extra = 0
    can_delete = False
    fields = ("at", "amount", "ref", "text")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Coupon)
class CouponAdmin(ReadOnlyAdmin):
    list_display = ("number", "kind", "party", "face", "used", "status", "expires_at")
    list_filter = ("status", "kind")
    list_select_related = ("kind", "party")
    search_fields = ("=number", "party__name")
    raw_id_fields = ("claim", "party")
    inlines = (UseInline,)
    ordering = ("-granted_at",)
