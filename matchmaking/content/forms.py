"""What people fill in about content orders."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.forms import ProductField, offer_products
from matchmaking.catalogue.models import ProductQuerySet
from matchmaking.content import rules
from matchmaking.content.fields import BriefFields, QuoteFields
from matchmaking.content.files import PROOF
from matchmaking.content.models import CARRIERS
from portal.core.files.forms import UploadField
from portal.core.forms import DateField, Form, MoneyField, PercentField, show_flaws
from portal.policies.states import ProductSource


class BriefForm(Form):
    title = forms.CharField(label=_("Title"), max_length=80)
    brief = forms.CharField(
        label=_("Brief"),
        max_length=3_000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("What is shown, said and left out, and how long the piece is."),
    )
    product = ProductField()
    source = forms.ChoiceField(label=_("Sold from"), choices=ProductSource.choices)
    carrier = forms.ChoiceField(label=_("Shown in"), choices=CARRIERS)
    wanted_on = DateField(label=_("Wanted on"))

    def __init__(self, *args: Any, products: ProductQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_products(self, "product", products)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_brief(self.brief_fields()), {})
        return data

    def brief_fields(self) -> BriefFields:
        said = dict(self.cleaned_data)
        return BriefFields(product_id=said.pop("product").pk, **said)


class QuoteForm(Form):
    fee = MoneyField(label=_("Fee (¥)"), required=False)
    share = PercentField(label=_("Share of its orders (%)"), required=False)
    revisions = forms.IntegerField(label=_("Revisions included"), initial=1)
    note = forms.CharField(label=_("With the quote"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            names = {"fee_fen": "fee", "share_bp": "share"}
            show_flaws(self, rules.flaws_of_quote(self.quote_fields()), names)
        return data

    def quote_fields(self) -> QuoteFields:
        data = self.cleaned_data
        return QuoteFields(data["fee"] or 0, data["share"] or 0, data["revisions"], data["note"])


class ReasonForm(Form):
    reason = forms.CharField(label=_("Why, for the other side"), max_length=300)


class RevisionForm(Form):
    note = forms.CharField(label=_("What is to change"), max_length=300)


class PieceForm(Form):
    draft_url = forms.CharField(label=_("Address of the piece"), max_length=300)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_piece(data["draft_url"]), {})
        return data


class PaymentForm(Form):
    paid_on = DateField(label=_("Paid on"))
    proof = UploadField(PROOF, label=_("What shows it"))
