"""Who was asked to speak for whom; operators look, the parties decide."""

from __future__ import annotations

from django.contrib import admin

from portal.core.admin import ReadOnlyAdmin
from portal.parties.models import Invitation, OwnershipOffer


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ("party", "role", "address", "status", "sendings", "created_at", "expires_at")
    list_filter = ("status", "role")
    list_select_related = ("party",)
    search_fields = ("party__name",)
    ordering = ("-created_at",)
    exclude = ("email", "phone", "token_hash")  # personal data, and the key to the link


@admin.register(OwnershipOffer)
class OwnershipOfferAdmin(ReadOnlyAdmin):
    list_display = ("party", "giver", "taker", "status", "created_at", "expires_at")
    list_filter = ("status",)
    list_select_related = ("party", "giver", "taker")
    search_fields = ("party__name",)
    ordering = ("-pk",)
