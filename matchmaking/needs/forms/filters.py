"""What narrows and orders the open needs: the same words in a page's address and over the API."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.needs.states import NeedSort, Seeks
from portal.parties.models import Category, City, ServiceType
from portal.parties.profile_states import FactPart

ANY = ("", _("Any"))


class NeedFilterForm(forms.Form):
    """All optional. `budget`: whole yuan a month that the merchant may pay at least."""

    q = forms.CharField(label=_("Words"), max_length=40, required=False)
    seeks = forms.ChoiceField(label=_("Looks for"), choices=[ANY, *Seeks.choices], required=False)
    category = forms.ModelChoiceField(
        Category.objects.filter(parent=None),
        to_field_name="code",
        label=_("Category"),
        empty_label=ANY[1],
        required=False,
    )
    service = forms.ModelChoiceField(
        ServiceType.objects.all(),
        to_field_name="code",
        label=_("Service"),
        empty_label=ANY[1],
        required=False,
    )
    fact = forms.ChoiceField(label=_("FACT part"), choices=[ANY, *FactPart.choices], required=False)
    city = forms.ModelChoiceField(
        City.objects.all(),
        to_field_name="code",
        label=_("City of the work"),
        empty_label=ANY[1],
        required=False,
    )
    remote = forms.BooleanField(label=_("May be done remotely"), required=False)
    budget = forms.IntegerField(
        label=_("Pays at least (yuan a month)"), min_value=0, max_value=10**9, required=False
    )
    sort = forms.ChoiceField(label=_("Order"), choices=NeedSort.choices, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            kind = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            is_box = isinstance(field.widget, forms.CheckboxInput)
            field.widget.attrs["class"] = "form-check-input" if is_box else kind

    @property
    def asked(self) -> dict[str, Any]:
        """What is sound of it: a page shows the rest of the list beside the fault."""
        return {name: value for name, value in self.cleaned_data.items() if value}
