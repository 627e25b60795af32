"""Feeds, order lines and control totals: feeds are edited, the rest is looked at."""

from __future__ import annotations

from django.contrib import admin

from portal.core.admin import ReadOnlyAdmin, ReferenceAdmin
from portal.revenue.models import ControlTotal, Feed, OrderLine


@admin.register(Feed)
class FeedAdmin(ReferenceAdmin):
    list_display = ("code", "name", "platform_coupon_lowers", "freight_counts", "party")
    list_select_related = ("party",)
    raw_id_fields = ("party",)
    exclude = ("headers",)  # on a page of their own


@admin.register(ControlTotal)
class ControlTotalAdmin(ReferenceAdmin):
    list_display = ("feed", "day", "events", "amount_fen", "told_at")
    list_filter = ("feed",)
    exclude = ("told_at",)


@admin.register(OrderLine)
class OrderLineAdmin(ReadOnlyAdmin):
    list_display = (
        *("feed", "order", "line", "merchant", "paid_at", "paid_fen", "settled_fen"),
        *("refunded_fen", "signs"),
    )
    list_filter = ("feed", "product_source", "carrier")
    list_select_related = ("merchant", "feed")
    search_fields = ("=order",)
    ordering = ("-id",)
