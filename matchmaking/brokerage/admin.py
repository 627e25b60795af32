"""Introductions and represented creators, as operators look them up."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from matchmaking.brokerage.models import Introduction, Nudge, Representation
from portal.core.admin import ReadOnlyAdmin
from portal.core.operators import Queue, register_queue, waiting_since


@admin.register(Introduction)
class IntroductionAdmin(ReadOnlyAdmin):
    list_display = ("link", "asker", "creator", "status", "broker", "changed_at")
    list_display_links = None
    list_filter = ("status",)
    list_select_related = ("asker", "creator", "broker")
    ordering = ("-id",)
    exclude = ("contract",)  # read on its page, by who may

    @admin.display(description=_("Subject"), ordering="subject")
    def link(self, row: Introduction) -> str:
        return format_html('<a href="{}">{}</a>', row.get_absolute_url(), row.subject)


@admin.register(Representation)
class RepresentationAdmin(ReadOnlyAdmin):
    list_display = ("creator", "since", "until", "note")
    list_filter = (("until", admin.EmptyFieldListFilter),)
    list_select_related = ("creator",)
    ordering = ("-id",)


@admin.register(Nudge)
class NudgeAdmin(ReadOnlyAdmin):
    list_display = ("need", "stage", "day", "by")
    list_filter = ("stage",)
    list_select_related = ("need", "by")
    ordering = ("-id",)


@register_queue
def waiting_introductions(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("brokerage.broker_introduction"):
        return None
    waiting = Introduction.objects.waiting()
    return Queue(
        title=_("Introductions to broker"),
        url=reverse("broker_list"),
        **waiting_since(waiting, "changed_at", due="wanted_by"),
    )
