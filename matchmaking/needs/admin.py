"""What operators see of needs and proposals."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest

from matchmaking.needs.models import (
    Exposure,
    Need,
    NeedTemplate,
    Proposal,
    Question,
)
from portal.core import clock
from portal.core.admin import ReadOnlyAdmin, ReferenceAdmin

OFFER = ("plan", "team", "monthly_fee_fen", "share_bp", "starts_on")


@admin.register(Need)
class NeedAdmin(ReadOnlyAdmin):
    list_display = ("number", "title", "merchant", "status", "closes_on", "published_at")
    list_filter = ("status", "seeks", "price_form", "services", "categories")
    list_select_related = ("merchant",)
    search_fields = ("title", "merchant__name")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Need]:
        return super().get_queryset(request).in_scope_of(request.user)


@admin.register(NeedTemplate)
class NeedTemplateAdmin(ReferenceAdmin):
    """The house's templates are edited here; a merchant's own are its own."""

    list_display = ("name", "is_shown", "changed_at")
    fields = ("name", "values", "is_shown")

    def get_queryset(self, request: HttpRequest) -> QuerySet[NeedTemplate]:
        return super().get_queryset(request).filter(merchant=None)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.changed_at = clock.now()
        super().save_model(request, obj, form, change)


@admin.register(Exposure)
class ExposureAdmin(ReadOnlyAdmin):
    list_display = ("day", "need", "provider", "place", "is_newcomer_place", "viewer")
    list_filter = ("is_newcomer_place",)
    list_select_related = ("need", "provider", "viewer")
    search_fields = ("provider__name", "need__title")
    ordering = ("-pk",)


@admin.register(Question)
class QuestionAdmin(ReadOnlyAdmin):
    list_display = ("need", "text", "asker", "asked_at", "answered_at")
    list_filter = (("answered_at", admin.EmptyFieldListFilter),)
    list_select_related = ("need", "asker")
    search_fields = ("text", "answer", "need__title")
    ordering = ("-pk",)


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = ("need", "provider", "status", "reason", "invited_at", "submitted_at")
    list_filter = ("status", "reason")
    list_select_related = ("need", "provider")
    search_fields = ("need__title", "provider__name")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Proposal]:
        return super().get_queryset(request).in_scope_of(request.user)

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Until it is submitted, what a provider has written is its own."""
        is_submitted = obj is not None and obj.submitted_at is not None
        return () if is_submitted else OFFER

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Nor can it be found out by filtering on it."""
        field = lookup.partition(LOOKUP_SEP)[0]
        return field not in OFFER and super().lookup_allowed(lookup, value, request)
