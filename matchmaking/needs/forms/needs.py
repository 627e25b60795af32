"""The shape of a brief."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.needs import rules, selectors
from matchmaking.needs.fields import DIMENSIONS, MOST, NEUTRAL, PRIORITIES, NeedFields
from matchmaking.needs.forms.kinds import KIND_NAMES, KindForm
from matchmaking.needs.models import Need, NeedTemplate
from matchmaking.needs.states import BudgetForm, Seeks
from portal.core import clock
from portal.core.forms import DateField, Form, MoneyField, PercentField, show_flaws
from portal.parties.forms import CityField
from portal.parties.models import Category, Party, ServiceType
from portal.parties.profile_states import FactPart

FORM_NAMES = {  # people type yuan and choose names; the values hold fen and keys
    "service_ids": "services",
    "category_ids": "categories",
    "city_id": "city",
    "only_for_id": "only_for",
    "budget_low_fen": "budget_low",
    "budget_high_fen": "budget_high",
    "share_low_bp": "share_low",
    "share_high_bp": "share_high",
    "gmv_target_fen": "gmv_target",
    "gmv_low_fen": "gmv_low",
    "gmv_high_fen": "gmv_high",
    **KIND_NAMES,
}


class PriorityField(forms.IntegerField):
    """A slider from "hardly" to "most"; left alone, or not sent, it is neutral."""

    widget = forms.NumberInput(attrs={"type": "range", "step": "1"})

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=MOST, required=False, initial=NEUTRAL, **options)
        self.widget.input_type = "range"

    def clean(self, value: Any) -> int:
        number = super().clean(value)
        return NEUTRAL if number is None else int(number)


class NeedForm(KindForm):
    seeks = forms.ChoiceField(
        label=_("Looks for"), choices=Seeks.choices, required=False, initial=Seeks.PROVIDER
    )
    only_for = forms.ModelChoiceField(
        Party.objects.listed(), widget=forms.HiddenInput, required=False
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=60,
        help_text=_(
            "What you need in one line. Everyone can read it: leave names and phone numbers out."
        ),
    )
    brief = forms.CharField(
        label=_("Brief"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The shop today, what should change, and how you will judge it."),
    )
    services = forms.ModelMultipleChoiceField(
        ServiceType.objects.all(),
        label=_("Services"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    facts = forms.MultipleChoiceField(
        label=_("Parts of the business (FACT)"),
        choices=FactPart.choices,
        required=False,
        help_text=_("Bidders read them; a provider that does not name one shows it as a gap."),
        widget=forms.CheckboxSelectMultiple,
    )
    categories = forms.ModelMultipleChoiceField(
        Category.objects.filter(parent=None),
        label=_("Categories"),
        widget=forms.CheckboxSelectMultiple,
    )
    city = CityField(
        label=_("City of the work"), required=False, help_text=_("Empty means anywhere.")
    )
    accepts_remote = forms.BooleanField(
        label=_("Remote work is fine"), required=False, initial=True
    )
    price_form = forms.ChoiceField(
        label=_("Form of the price"),
        choices=BudgetForm.choices,
        required=False,
        initial=BudgetForm.ANY,
        help_text=_("Proposals come in this form; “any” leaves it to the bidders."),
    )
    budget_low = MoneyField(
        label=_("Budget from (¥ a month)"), help_text=_("0 if you pay a share alone.")
    )
    budget_high = MoneyField(label=_("Budget to (¥ a month)"))
    share_low = PercentField(label=_("Share from (%)"), required=False)
    share_high = PercentField(
        label=_("Share to (%)"), required=False, help_text=_("Of settled net GMV, at the most.")
    )
    gmv_target = MoneyField(
        label=_("GMV target (¥)"),
        required=False,
        help_text=_("Settled, over the whole term. Optional."),
    )
    gmv_low = MoneyField(label=_("GMV if it goes badly (¥)"), required=False)
    gmv_high = MoneyField(label=_("GMV if it goes well (¥)"), required=False)
    starts_on = DateField(label=_("Start"))
    term_months = forms.IntegerField(label=_("Length (months)"), min_value=1, max_value=36)
    closes_on = DateField(label=_("Last day for proposals"))
    priority_price = PriorityField(label=_("Price"))
    priority_experience = PriorityField(label=_("Experience in the category"))
    priority_score = PriorityField(label=_("Evaluation"))
    priority_speed = PriorityField(label=_("Speed of answers"))
    priority_connection = PriorityField(label=_("Connection"))
    priority_growth = PriorityField(label=_("Growth"))
    priority_talent = PriorityField(label=_("Talent"))
    priority_improvement = PriorityField(label=_("Improvement"))
    priority_health = PriorityField(label=_("Health"))

    def __init__(self, merchant: Party, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.merchant = merchant
        self.take_shape()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            flaws = rules.flaws_of_need(self.need_fields(), self.merchant)
            show_flaws(self, flaws, FORM_NAMES)
        return data

    def dimensions(self) -> list[forms.BoundField]:
        """The sliders below that of the evaluation."""
        names = [f"priority_{dimension}" for dimension in DIMENSIONS]
        return [self[name] for name in names if name in self.fields]

    def need_fields(self) -> NeedFields:
        data = self.cleaned_data
        return NeedFields(
            title=data["title"],
            brief=data["brief"],
            service_ids=[s.pk for s in data.get("services", ())],
            category_ids=[c.pk for c in data["categories"]],
            city_id=data["city"].pk if data["city"] else None,
            accepts_remote=data["accepts_remote"],
            seeks=data["seeks"] or Seeks.PROVIDER,
            only_for_id=data["only_for"].pk if data["only_for"] else None,
            facts=data["facts"],
            price_form=data["price_form"] or BudgetForm.ANY,
            share_low_bp=data.get("share_low"),
            share_high_bp=data.get("share_high"),
            budget_low_fen=data.get("budget_low") or 0,
            budget_high_fen=data.get("budget_high") or 0,
            gmv_target_fen=data["gmv_target"],
            gmv_low_fen=data["gmv_low"],
            gmv_high_fen=data["gmv_high"],
            starts_on=data["starts_on"],
            term_months=data["term_months"],
            closes_on=data["closes_on"],
            **self.kind_fields(),
            **{name: data.get(name, NEUTRAL) for name in PRIORITIES},
        )


class ExtensionForm(Form):
    closes_on = DateField(label=_("Last day for proposals"))


class DaysForm(ExtensionForm):
    starts_on = DateField(label=_("Start"))


def initial_of_need(need: Need) -> dict[str, Any]:
    days = {
        "starts_on": need.starts_on,
        "closes_on": need.closes_on,
        "only_for": need.only_for_id,
    }
    return initial_of_values(selectors.values_of_need(need)) | days


def initial_of_values(values: dict[str, Any]) -> dict[str, Any]:
    """A template, or another need without its days, as the form shows it."""
    return {FORM_NAMES.get(name, name): value for name, value in values.items()}


def initial_of_template(template: NeedTemplate) -> dict[str, Any]:
    return initial_dates() | initial_of_values(template.values)


def initial_of_copy(need: Need) -> dict[str, Any]:
    """Another need like this one: everything but its days."""
    return initial_dates() | initial_of_values(selectors.values_of_need(need))


def initial_dates() -> dict[str, Any]:
    """A new brief suggests two weeks of proposals and a start in a month."""
    today = clock.today()
    return {
        "closes_on": today + timedelta(days=14),
        "starts_on": today + timedelta(days=30),
        "term_months": 6,
    }


def days_ahead(need: Need) -> dict[str, Any]:
    """A need that is taken up again suggests the days of a new one, or its own if later."""
    fresh = initial_dates()
    return {name: max(fresh[name], getattr(need, name)) for name in ("closes_on", "starts_on")}
