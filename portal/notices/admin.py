"""What goes out of the site, and the robots of chats; operators look, and stop one."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin
from portal.notices import services
from portal.notices.models import ChatBot, Delivery


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """That a message was sent, not what it said."""

    list_display = ("created_at", "channel", "user", "bot", "outcome", "ended_at", "problem")
    list_filter = ("channel", "outcome")
    list_select_related = ("user", "bot")
    exclude = ("notice", "digest", "once")
    ordering = ("-id",)


@admin.register(ChatBot)
class ChatBotAdmin(ReadOnlyAdmin):
    list_display = ("name", "kind", "host", "party_id", "user", "sent_at", "ended_at")
    list_filter = ("kind", ("ended_at", admin.EmptyFieldListFilter))
    list_select_related = ("user",)
    exclude = ("url_sealed", "secret_sealed")
    ordering = ("-created_at",)
    actions = ("end",)

    def has_end_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("notices.end_chatbot")

    @admin.action(description=_("End"), permissions=["end"])
    def end(self, request: HttpRequest, rows: QuerySet[ChatBot]) -> None:
        self.run(request, rows, lambda bot: services.end_bot(request.actor, bot=bot))
