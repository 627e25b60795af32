"""Quarters and stars of agencies, to look at."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.parties.models import Party
from portal.tiers.models import StarReview, StarStanding


@admin.register(StarReview)
class StarReviewAdmin(ReadOnlyAdmin):
    list_display = (
        *("look", "year", "quarter", "status", "before", "reached", "result", "movement"),
        *("creators", "net_fen", "health", "has_violation", "as_of"),
    )
    list_display_links = None
    list_filter = ("year", "quarter", "status", "movement", "result")
    list_select_related = ("party",)
    search_fields = ("party__name",)
    ordering = ("-year", "-quarter", "-result", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[StarReview]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(party__in=mine)

    @admin.display(description=_("agency"), ordering="party__name")
    def look(self, review: StarReview) -> str:
        return format_html('<a href="{}">{}</a>', review.get_absolute_url(), review.party.name)


@admin.register(StarStanding)
class StarStandingAdmin(ReadOnlyAdmin):
    list_display = ("party", "stars", "since", "in_grace_until", "number")
    list_filter = ("stars", ("in_grace_until", admin.EmptyFieldListFilter))
    list_select_related = ("party",)
    search_fields = ("party__name", "number")
    ordering = ("-stars", "party")

    def get_queryset(self, request: HttpRequest) -> QuerySet[StarStanding]:
        mine = Party.objects.in_scope_of(request.user)
        return super().get_queryset(request).filter(party__in=mine)
