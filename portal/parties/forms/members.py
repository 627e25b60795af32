"""Asking a colleague to join."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form, show_flaws
from portal.parties import rules
from portal.parties.states import Role


class InvitationForm(Form):
    """Whom to invite, by mail or by phone, and as what."""

    address = forms.CharField(
        label=_("Mail address or phone number"),
        max_length=254,
        help_text=_("They get a link that works once, for seven days."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(role.value, role.label) for role in roles]
        self.fields["role"] = forms.ChoiceField(
            label=_("Role"), choices=choices, initial=Role.MEMBER
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "address" in data:
            show_flaws(self, rules.flaws_of_address(*self.ways()), {})
        return data

    def ways(self) -> tuple[str, str]:
        """The mail address and the phone number; one of them is empty."""
        address = self.cleaned_data["address"].strip()
        return (address, "") if "@" in address else ("", address)
