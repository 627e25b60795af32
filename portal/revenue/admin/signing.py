"""Powers to sign, for operators who look into an agreement. The parties give them."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from portal.core.admin import ReadOnlyAdmin
from portal.revenue.models import SigningPower


@admin.register(SigningPower)
class SigningPowerAdmin(ReadOnlyAdmin):
    list_display = (
        *("party", "person", "papers", "most_bp", "most_fen", "may_seal", "starts_on", "ends_on"),
        *("letter", "given_at", "ended_at"),
    )
    list_filter = ("may_seal", ("ended_at", admin.EmptyFieldListFilter))
    list_select_related = ("party", "person")
    search_fields = ("party__name", "letter")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[SigningPower]:
        return super().get_queryset(request).in_scope_of(request.user)
