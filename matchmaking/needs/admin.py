"""What operators see of needs and proposals."""

from __future__ import annotations

from django.contrib import admin

from matchmaking.needs.models import Need, Proposal
from portal.core.admin import ReadOnlyAdmin


@admin.register(Need)
class NeedAdmin(ReadOnlyAdmin):
    list_display = ("number", "title", "merchant", "status", "closes_on", "published_at")
    list_filter = ("status", "services", "categories")
    list_select_related = ("merchant",)
    search_fields = ("title", "merchant__name")
    ordering = ("-pk",)


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = ("need", "provider", "status", "reason", "invited_at", "submitted_at")
    list_filter = ("status", "reason")
    list_select_related = ("need", "provider")
    search_fields = ("need__title", "provider__name")
    ordering = ("-pk",)
