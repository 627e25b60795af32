"""What operators see of products, their plans and papers, and their reputation."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.db import models

from matchmaking.catalogue.admin.acting import Scoped
from matchmaking.catalogue.models import Certificate, Plan, Product, ProductDay, Reputation
from portal.core.admin import ReadOnlyAdmin


@admin.register(Product)
class ProductAdmin(Scoped):
    region = "merchant__city__region"
    list_display = ("number", "name", "merchant", "category", "status", "score", "gate")
    list_filter = ("status", "source", "category", ("gate", admin.EmptyFieldListFilter))
    list_select_related = ("merchant", "category", "gate")
    search_fields = ("name", "upstream_id", "merchant__name")
    exclude = ("text", "readings", "sort_key", "tokens")
    formfield_overrides: ClassVar = {models.URLField: {"assume_scheme": "https"}}
    ordering = ("-pk",)


@admin.register(Certificate)
class CertificateAdmin(Scoped):
    region = "product__merchant__city__region"
    list_display = ("product", "kind", "issuer", "expires_on", "created_at", "removed_at")
    list_filter = ("kind",)
    list_select_related = ("product",)
    exclude = ("file",)
    ordering = ("expires_on",)


@admin.register(Plan)
class PlanAdmin(Scoped):
    region = "product__merchant__city__region"
    list_display = ("product", "kind", "commission_bp", "period", "created_at", "ended_at")
    list_filter = ("kind",)
    list_select_related = ("product",)
    ordering = ("-created_at",)


@admin.register(ProductDay)
class ProductDayAdmin(Scoped):
    region = "product__merchant__city__region"
    list_display = ("day", "product", "delivered", "good_reviews", "bad_reviews", "late")
    list_select_related = ("product",)
    search_fields = ("product__name", "product__upstream_id")
    ordering = ("-pk",)


@admin.register(Reputation)
class ReputationAdmin(ReadOnlyAdmin):
    list_display = ("day", "product", "creator", "score", "delivered")
    list_select_related = ("product", "creator")
    search_fields = ("product__name", "creator__name")
    ordering = ("-pk",)
