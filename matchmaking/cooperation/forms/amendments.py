"""Changes of what was agreed, and what is to be agreed at all."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.forms import ProductsField, offer_products
from matchmaking.catalogue.models import ProductQuerySet
from matchmaking.cooperation import rules
from matchmaking.cooperation.fields import AmendmentFields, PriceFields, Terms
from matchmaking.cooperation.forms.prices import FORM_NAMES, LadderForm, initial_of_ladder
from matchmaking.cooperation.forms.targets import TargetForm, initial_of_target
from matchmaking.cooperation.forms.words import lines
from matchmaking.cooperation.models import PRICE, Amendment, Cooperation, terms_of
from portal.core import clock
from portal.core.forms import DateField, show_flaws
from portal.parties.models import Category, ServiceType

ONE = timedelta(days=1)
KEPT = ("scope", "service_level", "notice_days", "payment_day")
NAMES = FORM_NAMES | {
    "ends_on": "last_day",
    "gmv_target_fen": "gmv_target",
    "refund_ladder": "under_1",
}


class AmendmentForm(LadderForm, TargetForm):
    """All that was agreed, to be changed: what is left as it is stays. `version` is the one it
    began from; `answers`, the change on the table that it is an answer to. Title and first day are
    there until the first version is agreed on."""

    title = forms.CharField(label=_("Title"), max_length=80)
    starts_on = DateField(label=_("First day"))
    last_day = DateField(label=_("Last day"))
    notice_days = forms.IntegerField(label=_("Days of notice"))
    payment_day = forms.IntegerField(
        label=_("Fee is paid until this day of the month"), required=False
    )
    scope = forms.CharField(label=_("Scope"), max_length=5_000, widget=forms.Textarea({"rows": 8}))
    service_level = forms.CharField(
        label=_("Service level"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    note = forms.CharField(label=_("Why"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, cooperation: Cooperation, *args: Any, answers: Amendment | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cooperation, self.answers = cooperation, answers
        self.base = answers.after if answers else None
        if cooperation.is_agreed:
            del self.fields["title"], self.fields["starts_on"]
        if cooperation.is_once:
            self.fields["monthly_fee"].label = _("Fixed fee (¥, once)")
            del self.fields["payment_day"]  # ten days after the approval
        self.initial = _initial(terms_of(cooperation) | (self.base or {}))
        self.initial["version"] = cooperation.version

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors:
            flaws = rules.flaws_of_amendment(self.cooperation, self.amendment_fields(), self.base)
            show_flaws(self, flaws, NAMES)
        return data

    def amendment_fields(self) -> AmendmentFields:
        data = self.cleaned_data
        return AmendmentFields(
            ends_on=data["last_day"] + ONE,
            scope=lines(data["scope"]),
            note=data["note"],
            service_level=lines(data["service_level"]),
            notice_days=data["notice_days"],
            payment_day=data.get("payment_day"),
            price=PriceFields(**self.ladder_fields()),
            title=data.get("title"),
            starts_on=data.get("starts_on"),
            **self.target_fields(),
        )


def _initial(terms: dict[str, Any]) -> dict[str, Any]:
    found = {name: terms[name] for name in KEPT}
    found |= initial_of_ladder(PriceFields(**{name: terms[name] for name in PRICE}))
    found["last_day"] = date.fromisoformat(terms["ends_on"]) - ONE
    first = {name: terms[name] for name in ("title", "starts_on") if name in terms}
    return found | initial_of_target(terms) | first


class CooperationForm(LadderForm, TargetForm):
    """A cooperation that is proposed without a need or a post."""

    title = forms.CharField(label=_("Title"), max_length=80)
    scope = forms.CharField(
        label=_("What each side does"),
        max_length=5_000,
        widget=forms.Textarea({"rows": 6}),
    )
    starts_on = DateField(label=_("First day"))
    term_months = forms.IntegerField(label=_("Length (months)"), initial=3)
    notice_days = forms.IntegerField(label=_("Days of notice"), initial=30)
    services = forms.ModelMultipleChoiceField(
        ServiceType.objects.all(),
        label=_("Services"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    categories = forms.ModelMultipleChoiceField(
        Category.objects.filter(parent=None),
        label=_("Categories"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    products = ProductsField(help_text=_("What its orders are counted by. None: everything."))
    note = forms.CharField(label=_("A word with it"), max_length=300, required=False)

    def __init__(self, *args: Any, products: ProductQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_products(self, "products", products)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors:
            flaws = rules.flaws_of_proposed_terms(self.terms(), data["note"])
            show_flaws(self, flaws, NAMES)
        return data

    def terms(self) -> Terms:
        data = self.cleaned_data
        return Terms(
            title=data["title"],
            scope=lines(data["scope"]),
            starts_on=data["starts_on"] or clock.today(),
            term_months=data["term_months"],
            notice_days=data["notice_days"],
            service_ids=[one.pk for one in data["services"]],
            category_ids=[one.pk for one in data["categories"]],
            **self.ladder_fields(),
            **self.target_fields(),
        )
