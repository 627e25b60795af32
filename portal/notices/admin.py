"""What goes out of the site, and the robots of chats: operators look, and stop one. What they
announce they write here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.core.admin import ReadOnlyAdmin, ReferenceAdmin
from portal.core.forms import show_flaws
from portal.notices import rules, services
from portal.notices.fields import AnnouncementFields
from portal.notices.models import Announcement, ChatBot, Delivery
from portal.notices.states import Audience


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


class AnnouncementForm(forms.ModelForm):
    """The same refusals beside the field as the service gives."""

    audience = forms.MultipleChoiceField(
        label=_("audience of it"),
        choices=Audience.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: everybody, visitors too."),
    )

    class Meta:
        model = Announcement
        fields = (
            *("title_zh", "title_en", "text_zh", "text_en", "weight", "audience"),
            *("starts_at", "ends_at", "url"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_announcement(self.announcement_fields()), {})
        return data

    def announcement_fields(self) -> AnnouncementFields:
        return AnnouncementFields(**{name: self.cleaned_data[name] for name in self.Meta.fields})


@admin.register(Announcement)
class AnnouncementAdmin(ReferenceAdmin):
    """A banner on every page of its audience, from one moment until another."""

    form = AnnouncementForm
    list_display = ("title_zh", "title_en", "weight", "audience", "starts_at", "ends_at")
    list_filter = ("weight",)
    ordering = ("-starts_at", "-pk")
    actions = ("end",)

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        assert isinstance(obj, Announcement)  # noqa: S101 - the admin of this model
        fields = form.announcement_fields()
        if change:
            services.change_announcement(request.actor, announcement=obj, fields=fields)
        else:
            obj.pk = services.publish_announcement(request.actor, fields=fields).pk

    @admin.action(description=_("End"), permissions=["change"])
    def end(self, request: HttpRequest, rows: QuerySet[Announcement]) -> None:
        self.run(
            request, rows, lambda row: services.end_announcement(request.actor, announcement=row)
        )
