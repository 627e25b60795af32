"""Where a party's machines are told, and of what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form, show_flaws
from portal.webhooks import rules
from portal.webhooks.catalogue import events
from portal.webhooks.fields import WebhookFields


class WebhookForm(Form):
    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        widget=forms.URLInput(attrs={"autocomplete": "off", "placeholder": "https://"}),
        help_text=_("A public https address of yours that takes a POST of JSON."),
    )
    events = forms.MultipleChoiceField(label=_("Events"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["events"].choices = [  # type: ignore[attr-defined]  # a choice field
            (event.name, event.title) for event in events()
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_webhook(self.webhook_fields()), {})
        return data

    def webhook_fields(self) -> WebhookFields:
        data = self.cleaned_data
        return WebhookFields(url=data["url"].strip(), events=data["events"])
