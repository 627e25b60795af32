"""The shape of a wish, of its steps and of its outcome."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.brokerage import rules
from matchmaking.brokerage.fields import IntroductionFields, Outcome, SignedTerms
from matchmaking.brokerage.files import CONTRACT
from portal.core import clock
from portal.core.files import UploadField
from portal.core.forms import DateField, Form, MoneyField, PercentField, show_flaws

BUDGET = {"budget_fen": "budget"}


class IntroductionForm(Form):
    subject = forms.CharField(
        label=_("Subject"),
        max_length=60,
        help_text=_("One line, as the creator reads it first."),
    )
    brief = forms.CharField(
        label=_("What do you offer?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Product, form of the cooperation, dates. Leave contacts out."),
    )
    budget = MoneyField(label=_("Budget in all"))
    wanted_by = DateField(label=_("Answer wanted by"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_introduction(self.fields_given()), BUDGET)
        return data

    def fields_given(self) -> IntroductionFields:
        data = self.cleaned_data
        return IntroductionFields(
            subject=data["subject"],
            brief=data["brief"],
            budget_fen=data["budget"],
            wanted_by=data["wanted_by"],
        )


class ReasonForm(Form):
    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The other side reads this."),
    )


class ContractForm(Form):
    contract = UploadField(CONTRACT, label=_("Signed contract"))
    signed_on = DateField(label=_("Signed on"), initial=clock.today)
    starts_on = DateField(
        label=_("Work begins on"),
        required=False,
        help_text=_("With it, a merchant's contract becomes a cooperation at once."),
    )
    term_months = forms.IntegerField(label=_("For how many months"), required=False)
    monthly_fee = MoneyField(label=_("Fixed fee (¥ a month)"), required=False)
    share = PercentField(label=_("Share of settled net GMV (%)"), required=False)

    def signed(self) -> dict[str, Any]:
        """As the service takes it. Without a first day, the contract is kept and no more."""
        data = self.cleaned_data
        terms = None
        if data["starts_on"] is not None:
            terms = SignedTerms(
                data["monthly_fee"] or 0,
                data["share"] or 0,
                data["starts_on"],
                data["term_months"] or 0,
            )
        return {"contract": data["contract"], "signed_on": data["signed_on"], "terms": terms}


class OutcomeForm(Form):
    succeeded = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[("yes", _("Carried out")), ("no", _("Came to nothing"))],
    )
    note = forms.CharField(
        label=_("In words"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    gmv = MoneyField(label=_("GMV both sides reported"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_outcome(self.outcome()), {"gmv_fen": "gmv"})
        return data

    def outcome(self) -> Outcome:
        data = self.cleaned_data
        return Outcome(
            succeeded=data["succeeded"] == "yes", note=data["note"], gmv_fen=data.get("gmv")
        )


class RepresentationForm(Form):
    note = forms.CharField(label=_("Agreed how"), max_length=200)
