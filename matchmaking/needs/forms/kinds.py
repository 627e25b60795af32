"""What a brief asks by whom it looks for, and by how it would pay."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.needs import rules
from matchmaking.needs.fields import DIMENSIONS, OF_AGENCIES, OF_CREATORS
from matchmaking.needs.states import BudgetForm, CreatorLevel, Seeks
from portal.core.forms import Form, MoneyField
from portal.parties.profile_states import FactPart

KIND_NAMES = {"goods_low_fen": "goods_low", "goods_high_fen": "goods_high"}
FEE, SHARE = ("budget_low", "budget_high"), ("share_low", "share_high")
UNUSED = {BudgetForm.FIXED: SHARE, BudgetForm.SHARE: FEE}  # what a form of price has no bounds of
LABELS: dict[str, dict[str, Any]] = {
    Seeks.CREATOR: {
        "categories": _("Categories of content and goods"),
        "share_low": _("Commission from (%)"),
        "share_high": _("Commission to (%)"),
        "priority_price": _("Price of the goods"),
    },
    Seeks.AGENCY: {
        "followers_least": _("Followers of its creators together, at least"),
        "share_low": _("Commission or service fee from (%)"),
        "share_high": _("Commission or service fee to (%)"),
    },
}


def _number(name: str, label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=1,
        max_value=rules.MOST_OF[name],
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class KindForm(Form):
    """The fields of every kind; once it knows whom a need looks for, those of that kind alone."""

    followers_least = _number("followers_least", _("Followers at least"))
    shopping_least = _number(
        "shopping_least",
        _("Shopping followers at least"),
        _("Those who have bought from the creator."),
    )
    goods_low = MoneyField(label=_("Price of the goods from (¥)"), required=False)
    goods_high = MoneyField(
        label=_("Price of the goods to (¥)"),
        required=False,
        help_text=_("Creators whose sales lie in this band stand higher."),
    )
    lives_wanted = _number("lives_wanted", _("Live sessions"))
    videos_wanted = _number("videos_wanted", _("Videos"))
    gives_samples = forms.BooleanField(label=_("We give samples"), required=False)
    roster_least = _number("roster_least", _("Creators under contract, at least"))
    creators_wanted = _number("creators_wanted", _("Creators to bring"))
    creator_level = forms.ChoiceField(
        label=_("Level of these creators"), choices=CreatorLevel.choices, required=False, initial=""
    )

    @property
    def kind(self) -> str:
        """Whom it looks for, as it stands in the page."""
        value = self["seeks"].value()
        return str(value) if value in Seeks.values else Seeks.PROVIDER

    @property
    def asked_price_form(self) -> str:
        value = self["price_form"].value()
        return str(value) if value in BudgetForm.values else BudgetForm.ANY

    def take_shape(self) -> None:
        """Leave the fields that mean something, with the words of the kind."""
        kind, price_form = self.kind, self.asked_price_form
        unused = {*UNUSED.get(BudgetForm(price_form), ())}
        unused |= {KIND_NAMES.get(name, name) for name in rules.asked_of_others(kind)}
        if kind != Seeks.PROVIDER:  # the others are not rated by dimension
            unused |= {"services", *(f"priority_{dimension}" for dimension in DIMENSIONS)}
        if kind == Seeks.AGENCY:
            unused.add("priority_price")  # neither prices nor goods of theirs are known
        for name in unused:
            del self.fields[name]
        for name, label in LABELS.get(kind, {}).items():
            if name in self.fields:
                self.fields[name].label = label
        self._take_choices(kind, price_form)

    def _take_choices(self, kind: str, price_form: str) -> None:
        parts = [(part.value, part.label) for part in FactPart if part in rules.facts_of(kind)]
        self.fields["facts"].choices = parts  # type: ignore[attr-defined]  # a choice field
        if services := self.fields.get("services"):
            services.required = True
            services.error_messages["required"] = _("Choose at least one service.")
        for name in {*FEE} & self.fields.keys():
            self.fields[name].required = price_form != BudgetForm.LADDER
        for name in {*SHARE} & self.fields.keys():
            self.fields[name].required = price_form != BudgetForm.ANY

    def kind_fields(self) -> dict[str, Any]:
        """What is asked of the kind; of others nothing."""
        names = {*OF_CREATORS, *OF_AGENCIES} - {*rules.asked_of_others(self.kind)}
        return {name: self.cleaned_data[KIND_NAMES.get(name, name)] for name in names}
