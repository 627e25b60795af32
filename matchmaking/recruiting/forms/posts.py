"""The shape of a recruiting post."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.recruiting import rules, selectors
from matchmaking.recruiting.fields import PostFields
from matchmaking.recruiting.models import Post, PostTemplate
from matchmaking.recruiting.states import Carrier
from portal.core import clock
from portal.core.forms import DateField, Form, MoneyField, PercentField, show_flaws
from portal.parties.models import Category
from portal.policies.states import ProductSource

FORM_NAMES = {  # people type yuan and choose names; the values hold fen and keys
    "category_ids": "categories",
    "price_low_fen": "price_low",
    "price_high_fen": "price_high",
    "commission_least_bp": "commission_least",
}


class PostForm(Form):
    title = forms.CharField(
        label=_("Title"), max_length=60, help_text=_("For example: snacks for the New Year fair.")
    )
    brief = forms.CharField(
        label=_("What is wanted"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Who watches, how you show it, and what the product must be able to do."),
    )
    categories = forms.ModelMultipleChoiceField(
        Category.objects.filter(parent=None),
        label=_("Categories"),
        widget=forms.CheckboxSelectMultiple,
    )
    price_low = MoneyField(label=_("Price from (¥)"))
    price_high = MoneyField(label=_("Price to (¥)"))
    commission_least = PercentField(label=_("Least commission (%)"))
    carrier = forms.ChoiceField(
        label=_("Shown in"), choices=Carrier.choices, required=False, initial=Carrier.LIVE
    )
    sources = forms.MultipleChoiceField(
        label=_("Product sources"),
        choices=ProductSource.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[ProductSource.SHOP.value],
        help_text=_("Those that may be shown there on the day are checked at once."),
    )
    samples_wanted = forms.IntegerField(
        label=_("Samples"), min_value=0, max_value=rules.MOST_SAMPLES, required=False, initial=1
    )
    is_exclusive = forms.BooleanField(label=_("Nobody else sells it meanwhile"), required=False)
    closes_on = DateField(label=_("Last day for applications"))
    live_on = DateField(label=_("First shown on"))
    term_months = forms.IntegerField(
        label=_("Length (months)"), min_value=1, max_value=rules.MOST_MONTHS
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_post(self.post_fields()), FORM_NAMES)
        return data

    def post_fields(self) -> PostFields:
        data = self.cleaned_data
        return PostFields(
            title=data["title"],
            brief=data["brief"],
            category_ids=[category.pk for category in data["categories"]],
            price_low_fen=data["price_low"] or 0,
            price_high_fen=data["price_high"] or 0,
            commission_least_bp=data["commission_least"] or 0,
            carrier=data["carrier"] or Carrier.LIVE,
            sources=data["sources"],
            samples_wanted=data["samples_wanted"] or 0,
            is_exclusive=data["is_exclusive"],
            closes_on=data["closes_on"],
            live_on=data["live_on"],
            term_months=data["term_months"],
        )


class ExtensionForm(Form):
    closes_on = DateField(label=_("Last day for applications"))
    live_on = DateField(label=_("First shown on"))


def initial_of_post(post: Post) -> dict[str, Any]:
    days = {"closes_on": post.closes_on, "live_on": post.live_on}
    return initial_of_values(selectors.values_of_post(post)) | days


def initial_of_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """A template, or another post without its days, as the form shows it."""
    return {FORM_NAMES.get(name, name): value for name, value in values.items()}


def initial_of_template(template: PostTemplate) -> dict[str, Any]:
    return initial_days() | initial_of_values(template.values)


def initial_of_copy(post: Post) -> dict[str, Any]:
    return initial_days() | initial_of_values(selectors.values_of_post(post))


def initial_days() -> dict[str, Any]:
    """A new post suggests ten days of applications and a first showing a week later."""
    today = clock.today()
    return {
        "closes_on": today + timedelta(days=10),
        "live_on": today + timedelta(days=17),
        "term_months": 3,
    }


def days_ahead(post: Post) -> dict[str, Any]:
    """More time suggests the days of a new post, or its own if later."""
    fresh = initial_days()
    return {name: max(fresh[name], getattr(post, name)) for name in ("closes_on", "live_on")}
