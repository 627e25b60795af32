"""Webhooks of parties; operators look, and pause one that does harm."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.webhooks import services
from portal.webhooks.models import Webhook, WebhookDelivery


@admin.register(Webhook)
class WebhookAdmin(ReadOnlyAdmin):
    list_display = ("party", "host", "created_at", "delivered_at", "failing_since", "pause")
    list_filter = ("pause", ("ended_at", admin.EmptyFieldListFilter))
    list_select_related = ("party",)
    search_fields = ("party__name", "url")
    ordering = ("-created_at",)
    exclude = ("url", "secret_sealed", "old_secret_sealed")  # an address may hold a key
    actions = ("pause",)

    def has_pause_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("webhooks.pause_webhook")

    @admin.action(description=_("Pause"), permissions=["pause"])
    def pause(self, request: HttpRequest, rows: QuerySet[Webhook]) -> None:
        webhooks = rows.select_related("party")
        self.run(
            request,
            webhooks,
            lambda webhook: services.pause_webhook(request.actor, webhook=webhook),
        )


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ReadOnlyAdmin):
    """That something was sent, not what."""

    list_display = ("created_at", "webhook", "state", "tries", "next_at", "ended_at")
    list_filter = ("state",)
    list_select_related = ("webhook",)
    exclude = ("event", "replays")
    ordering = ("-created_at",)
