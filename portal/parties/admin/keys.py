"""Keys of parties; operators look, and stop one that is misused."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.parties import services
from portal.parties.models import ApiKey, KeyGrant


@admin.register(ApiKey)
class ApiKeyAdmin(ReadOnlyAdmin):
    list_display = ("party", "name", "prefix", "scopes", "used_at", "expires_at", "revoked_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    list_select_related = ("party",)
    search_fields = ("party__name", "prefix")
    ordering = ("-created_at",)
    exclude = ("key_hash",)
    actions = ("revoke",)

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("parties.revoke_apikey")

    @admin.action(description=_("Revoke"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, rows: QuerySet[ApiKey]) -> None:
        keys = rows.select_related("party")
        self.run(request, keys, lambda key: services.revoke_key(request.actor, key=key))


@admin.register(KeyGrant)
class KeyGrantAdmin(ReadOnlyAdmin):
    list_display = ("taker", "giver", "scopes", "used_at", "expires_at", "ended_at")
    list_filter = (("ended_at", admin.EmptyFieldListFilter),)
    list_select_related = ("taker", "giver")
    search_fields = ("taker__name", "giver__name")
    ordering = ("-created_at",)
    actions = ("end",)

    def has_end_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("parties.revoke_apikey")

    @admin.action(description=_("End"), permissions=["end"])
    def end(self, request: HttpRequest, rows: QuerySet[KeyGrant]) -> None:
        self.run(request, rows, lambda grant: services.end_grant(request.actor, grant=grant))
