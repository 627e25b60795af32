"""For whom a member works."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form
from portal.parties.models import OwnedAccount, Party
from portal.parties.scopes import scope_choices, shop_choices
from portal.parties.states import PartyKind


class ShopsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.handle}"


class ScopeForm(Form):
    reach = forms.ChoiceField(
        label=_("Responsible for"),
        choices=[("all", _("Everybody")), ("named", _("Only those named below"))],
        widget=forms.RadioSelect,
    )
    parties = forms.ModelMultipleChoiceField(
        Party.objects.none(),
        label=_("Creators or merchants"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    shops = ShopsField(
        OwnedAccount.objects.none(),
        label=_("Shops"),
        required=False,
        help_text=_("Orders of other shops are hidden from them."),
    )

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("parties", scope_choices(party)), ("shops", shop_choices(party))):
            cast("forms.ModelMultipleChoiceField[Any]", self.fields[name]).queryset = rows
        del self.fields["parties" if party.kind == PartyKind.MERCHANT else "shops"]

    def chosen(self) -> Any:
        """Those named, or None for everybody."""
        data = self.cleaned_data
        return list(data.get("parties", [])) if data["reach"] == "named" else None
