"""The shape of a product, its pictures and certificates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue import rules
from matchmaking.catalogue.fields import CertificateFields, ProductFields
from matchmaking.catalogue.models import Product
from matchmaking.catalogue.places import CERTIFICATE, PICTURE
from matchmaking.catalogue.states import CertificateKind, Channel
from portal.core.files import UploadField
from portal.core.forms import DateField, Form, MoneyField, PercentField, show_flaws
from portal.parties.models import Belt, Category
from portal.policies.states import ProductSource

NAMES = {"category_id": "category", "price_fen": "price", "commission_bp": "commission"}
NAMES |= {"belt_ids": "belts"}


class ProductForm(Form):
    name = forms.CharField(label=_("Name of the product"), max_length=60)
    category = forms.ModelChoiceField(
        Category.objects.select_related("parent"),
        label=_("Category"),
        empty_label=_("Choose a category"),
    )
    price = MoneyField(label=_("Price"))
    commission = PercentField(
        label=_("Commission"),
        help_text=_("What a creator gets of each sale; on offer it changes from tomorrow on."),
    )
    stock = forms.IntegerField(label=_("Stock"), min_value=0, max_value=99_999_999, initial=0)
    source = forms.ChoiceField(label=_("Product source"), choices=ProductSource.choices)
    channel = forms.ChoiceField(label=_("Merchant's channel"), choices=Channel.choices)
    upstream_id = forms.CharField(
        label=_("Number in the order file"),
        max_length=60,
        required=False,
        help_text=_("The product's number at the shop: by it orders, ratings and boards find it."),
    )
    intro = forms.CharField(
        label=_("What speaks for it"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    link = forms.URLField(
        label=_("Page of the product"), max_length=300, required=False, assume_scheme="https"
    )
    belts = forms.ModelMultipleChoiceField(
        Belt.objects.all(), label=_("Industry belts"), required=False
    )
    sends_samples = forms.BooleanField(label=_("We send samples on request"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            verdict = rules.product_is_sound(self.product_fields())
            show_flaws(self, verdict.flaws, NAMES)
        return data

    def product_fields(self) -> ProductFields:
        data = self.cleaned_data
        return ProductFields(
            name=data["name"],
            category_id=data["category"].pk,
            price_fen=data["price"],
            commission_bp=data["commission"],
            stock=data["stock"],
            source=data["source"],
            channel=data["channel"],
            upstream_id=data["upstream_id"],
            intro=data["intro"],
            link=data["link"],
            belt_ids=[belt.pk for belt in data["belts"]],
            sends_samples=data["sends_samples"],
        )


def initial_of_product(product: Product, commission_bp: int) -> dict[str, Any]:
    """`commission_bp`: what holds from tomorrow on."""
    names = ("name", "category", "stock", "source", "channel", "upstream_id", "intro", "link")
    return {
        **{name: getattr(product, name) for name in (*names, "sends_samples")},
        "price": product.price_fen,
        "commission": commission_bp,
        "belts": product.belts.all(),
    }


class PictureForm(Form):
    file = UploadField(PICTURE, label=_("Picture"))


class CertificateForm(Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=CertificateKind.choices)
    number = forms.CharField(label=_("Certificate number"), max_length=60, required=False)
    issuer = forms.CharField(label=_("Issued by"), max_length=60, required=False)
    expires_on = DateField(
        label=_("Valid until"), required=False, help_text=_("We remind you 30 and 7 days before.")
    )
    file = UploadField(CERTIFICATE, label=_("File"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_certificate(self.certificate_fields()), {})
        return data

    def certificate_fields(self) -> CertificateFields:
        data = self.cleaned_data
        return CertificateFields(data["kind"], data["number"], data["issuer"], data["expires_on"])
