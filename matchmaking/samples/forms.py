"""What people fill in about a sample."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.forms import ProductField, offer_products
from matchmaking.catalogue.models import ProductQuerySet
from matchmaking.samples import rules
from matchmaking.samples.fields import AddressFields, ParcelFields, SampleFields
from portal.core.forms import Form, show_flaws


class SampleForm(Form):
    product = ProductField()
    quantity = forms.IntegerField(label=_("Pieces"), initial=1)
    post_days = forms.IntegerField(
        label=_("Shown within (days after they arrive)"),
        initial=14,
        help_text=_("You are held to it: your on-time rate is shown to merchants."),
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    name = forms.CharField(label=_("Receiver"), max_length=40)
    phone = forms.CharField(label=_("Phone"), max_length=20)
    region = forms.CharField(label=_("Province and city"), max_length=40)
    street = forms.CharField(
        label=_("Street and number"),
        max_length=120,
        help_text=_("Encrypted; shown to the merchant from its approval until the parcel arrives."),
    )

    def __init__(self, *args: Any, products: ProductQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_products(self, "product", products)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_sample(self.sample_fields()), {})
        return data

    def sample_fields(self) -> SampleFields:
        data = self.cleaned_data
        return SampleFields(
            product_id=data["product"].pk,
            quantity=data["quantity"],
            post_days=data["post_days"],
            note=data["note"],
            address=AddressFields(
                **{name: data[name] for name in ("name", "phone", "region", "street")}
            ),
        )


class ParcelForm(Form):
    carrier = forms.CharField(label=_("Parcel service"), max_length=40)
    tracking = forms.CharField(label=_("Tracking number"), max_length=40)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_parcel(self.parcel_fields()), {})
        return data

    def parcel_fields(self) -> ParcelFields:
        return ParcelFields(self.cleaned_data["carrier"], self.cleaned_data["tracking"])


class ReasonForm(Form):
    reason = forms.CharField(label=_("Why, for the other side"), max_length=300)


class PostForm(Form):
    post_url = forms.CharField(label=_("Address of the post"), max_length=300)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_post(data["post_url"]), {})
        return data
