"""For whom a member works."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form
from portal.parties.models import Party


class ScopeForm(Form):
    reach = forms.ChoiceField(
        label=_("Works for"),
        choices=[("all", _("Everybody")), ("named", _("Only those named below"))],
        widget=forms.RadioSelect,
    )
    parties = forms.ModelMultipleChoiceField(
        Party.objects.none(),
        label=_("Creators or merchants"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # It is a ModelMultipleChoiceField, which the stubs do not follow by name.
        self.fields["parties"].queryset = choices  # type: ignore[attr-defined]

    def chosen(self) -> Any:
        """Those named, or None for everybody."""
        data = self.cleaned_data
        return list(data["parties"]) if data["reach"] == "named" else None
