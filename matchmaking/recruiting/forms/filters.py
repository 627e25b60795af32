"""What narrows and orders the open posts: the same words in a page's address and over the API."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.recruiting.states import Carrier, PostSort
from portal.parties.models import Category, City
from portal.parties.states import PartyKind
from portal.policies.states import ProductSource

ANY = ("", _("Any"))
KINDS = [(kind.value, kind.label) for kind in (PartyKind.CREATOR, PartyKind.AGENCY)]
PRODUCT_COMMISSION = 50  # percent


class PostFilterForm(forms.Form):
    """All optional. `price`: whole yuan that a product costs; `commission`: percent that is paid at
    most."""

    q = forms.CharField(label=_("Words"), max_length=40, required=False)
    category = forms.ModelChoiceField(
        Category.objects.filter(parent=None),
        to_field_name="code",
        label=_("Category"),
        empty_label=ANY[1],
        required=False,
    )
    kind = forms.ChoiceField(label=_("Poster"), choices=[ANY, *KINDS], required=False)
    carrier = forms.ChoiceField(
        label=_("Shown in"), choices=[ANY, *Carrier.choices], required=False
    )
    source = forms.ChoiceField(
        label=_("Takes goods from"), choices=[ANY, *ProductSource.choices], required=False
    )
    city = forms.ModelChoiceField(
        City.objects.all(),
        to_field_name="code",
        label=_("City"),
        empty_label=ANY[1],
        required=False,
    )
    price = forms.IntegerField(
        label=_("Our price (yuan)"), min_value=1, max_value=10**8, required=False
    )
    commission = forms.IntegerField(
        label=_("Commission up to (%)"),
        min_value=0,
        max_value=PRODUCT_COMMISSION,
        required=False,
    )
    no_samples = forms.BooleanField(label=_("No samples"), required=False)
    shared = forms.BooleanField(label=_("Not exclusive"), required=False)
    sort = forms.ChoiceField(label=_("Order"), choices=PostSort.choices, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            kind = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            is_box = isinstance(field.widget, forms.CheckboxInput)
            field.widget.attrs["class"] = "form-check-input" if is_box else kind

    @property
    def asked(self) -> dict[str, Any]:
        """What is sound of it: a page shows the rest of the list beside the fault."""
        sound = self.cleaned_data.items()
        return {name: value for name, value in sound if value not in ("", None, False)}
