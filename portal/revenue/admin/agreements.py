"""Papers for operators: who pays whom by which version. They are the two sides' own; nobody here
changes one."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from portal.core.admin import ReadOnlyAdmin
from portal.revenue.models import Agreement, AgreementVersion


class VersionInline(admin.TabularInline):
    model = AgreementVersion
    fields = ("number", "status", "proposed_by", "starts_on", "ends_on", "in_force", "sha256")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm("revenue.view_agreement")


@admin.register(Agreement)
class AgreementAdmin(ReadOnlyAdmin):
    list_display = ("payer", "payee", "role", "scope_kind", "scope_key", "created_at")
    list_filter = ("role", "scope_kind")
    list_select_related = ("payer", "payee")
    search_fields = ("payer__name", "payee__name", "scope_key")
    ordering = ("-created_at",)
    inlines = (VersionInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agreement]:
        return super().get_queryset(request).in_scope_of(request.user)
