"""Who promised to keep what. The confidential text and opinions are the parties' own."""

from __future__ import annotations

from django.contrib import admin

from matchmaking.choosing.models import Disclosure
from portal.core.admin import ReadOnlyAdmin


@admin.register(Disclosure)
class DisclosureAdmin(ReadOnlyAdmin):
    list_display = ("at", "brief", "party", "person", "version")
    list_select_related = ("brief__need", "party", "person")
    ordering = ("-id",)
