"""Tickets by deadline, ready answers, articles."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin, ReferenceAdmin
from portal.core.operators import Queue, register_queue, waiting_since
from portal.help.models import Article, CannedAnswer, Ticket


@admin.register(Ticket)
class TicketAdmin(ReadOnlyAdmin):
    list_display = ("link", "topic", "status", "priority", "due_at", "assignee", "rating")
    list_display_links = None
    list_filter = ("status", "topic", "priority", "rating")
    list_select_related = ("assignee",)
    ordering = ("due_at", "pk")
    exclude = ("name", "email", "phone")  # read at the desk, by who answers

    @admin.display(description=_("Number"), ordering="pk")
    def link(self, ticket: Ticket) -> str:
        url = reverse("desk_ticket", args=[ticket.public_id])
        return format_html('<a href="{}">{}</a>', url, ticket.number)


@admin.register(CannedAnswer)
class CannedAnswerAdmin(ReferenceAdmin):
    list_display = ("title", "topic")
    list_filter = ("topic",)


@admin.register(Article)
class ArticleAdmin(ReferenceAdmin):
    list_display = ("code", "topic", "position", "title_zh", "title_en", "is_shown")
    list_filter = ("topic",)


@register_queue
def waiting_tickets(request: HttpRequest) -> Queue | None:
    if not request.user.has_perm("help.answer_ticket"):
        return None
    waiting = Ticket.objects.waiting()
    return Queue(
        title=_("Questions to answer"),
        url=reverse("desk_list"),
        **waiting_since(waiting, "changed_at", due="due_at"),
    )
