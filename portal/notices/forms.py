"""How somebody wants to be told, and the robots of their chats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.forms import Form, show_flaws
from portal.notices import rules, sms
from portal.notices.fields import BotFields, Wish
from portal.notices.models import ChatBot, NoticeChoice
from portal.notices.services import default_wish
from portal.notices.states import BotKind, Mail
from portal.notices.topics import Topic, topics


class ChoicesForm(Form):
    """A row a topic, a column a way."""

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = NoticeChoice.objects.filter(user=actor.user)
        self.before = {row.topic: Wish(row.topic, row.mail, row.sms, row.bot) for row in rows}
        self.has_phone = bool(actor.user and actor.user.phone) and sms.is_open()
        self.has_bot = ChatBot.objects.live().filter(user=actor.user).exists()
        for topic in topics():
            self._add(topic, self._standing(topic))

    def _add(self, topic: Topic, wish: Wish) -> None:
        name = topic.name
        if not topic.is_required:
            self.fields[f"mail-{name}"] = forms.ChoiceField(
                label=_("Mail"),
                choices=Mail.choices,
                initial=wish.mail,
                widget=forms.Select({"class": "form-select"}),
            )
        if topic.is_urgent:
            label = _("Text message")
            self.fields[f"sms-{name}"] = _tick(label, wish.sms, is_open=self.has_phone)
        self.fields[f"bot-{name}"] = _tick(_("My chat bot"), wish.bot, is_open=self.has_bot)

    def rows(
        self,
    ) -> Iterator[tuple[Topic, BoundField | None, BoundField | None, BoundField | None]]:
        for topic in topics():
            name = topic.name
            mail, sms_, bot = (self._bound(f"{way}-{name}") for way in ("mail", "sms", "bot"))
            yield topic, mail, sms_, bot

    def _bound(self, name: str) -> BoundField | None:
        return self[name] if name in self.fields else None

    def wishes(self) -> list[Wish]:
        return [self._wish(topic) for topic in topics()]

    def _wish(self, topic: Topic) -> Wish:
        """What the form does not ask stays as it was."""
        standing = self._standing(topic)
        said = {
            way: self.cleaned_data.get(f"{way}-{topic.name}", getattr(standing, way))
            for way in ("mail", "sms", "bot")
        }
        return Wish(topic.name, said["mail"], sms=said["sms"], bot=said["bot"])

    def _standing(self, topic: Topic) -> Wish:
        return self.before.get(topic.name, default_wish(topic))


def _tick(label: Any, is_on: bool, *, is_open: bool) -> forms.BooleanField:
    """A way that leads nowhere yet is shown, and stays as it was."""
    box = forms.CheckboxInput({"class": "form-check-input"})
    return forms.BooleanField(
        label=label, required=False, initial=is_on, widget=box, disabled=not is_open
    )


class BotForm(Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=BotKind.choices)
    name = forms.CharField(
        label=_("Name of the chat"), max_length=60, help_text=_("How you call it.")
    )
    url = forms.CharField(
        label=_("Address of the robot"),
        max_length=500,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        help_text=_("Copied from the settings of the group chat. It is kept sealed."),
    )
    secret = forms.CharField(
        label=_("Signing secret"),
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Feishu and DingTalk: if the robot checks signatures."),
    )
    for_party = forms.ChoiceField(
        label=_("Who is told"), required=False, widget=forms.RadioSelect, initial=""
    )
    topics = forms.MultipleChoiceField(
        label=_("What the party's chat is told"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Your own chat follows your choices instead."),
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not rules.can_manage_bots(actor, for_party=True):
            del self.fields["for_party"], self.fields["topics"]
            return
        named = [(topic.name, topic.title) for topic in topics()]
        owners = [("", _("Me")), ("1", actor.party.name if actor.party else "")]
        self.fields["for_party"].choices = owners  # type: ignore[attr-defined]  # a choice field
        self.fields["topics"].choices = named  # type: ignore[attr-defined]  # a choice field
        self.fields["topics"].initial = [name for name, _title in named]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_bot(self.bot_fields()), {})
        return data

    def bot_fields(self) -> BotFields:
        data = self.cleaned_data
        return BotFields(
            kind=data["kind"],
            name=data["name"],
            url=data["url"].strip(),
            secret=data["secret"].strip(),
            for_party=bool(data.get("for_party")),
            topics=data.get("topics", []),
        )
