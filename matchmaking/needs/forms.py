"""The shape of a brief, of a proposal, and of a no."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.needs import rules, states
from matchmaking.needs.fields import MOST, NEUTRAL, PRIORITIES, NeedFields, ProposalFields
from matchmaking.needs.models import Need, Proposal
from portal.core import clock
from portal.core.forms import DateField, Form, MoneyField, PercentField, show_flaws
from portal.parties.models import Category, City, Party, ServiceType

FORM_NAMES = {  # people type yuan and choose names; the values hold fen and keys
    "service_ids": "services",
    "category_ids": "categories",
    "city_id": "city",
    "budget_high_fen": "budget_high",
    "gmv_target_fen": "gmv_target",
    "gmv_low_fen": "gmv_low",
    "gmv_high_fen": "gmv_high",
    "monthly_fee_fen": "monthly_fee",
    "share_bp": "share",
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


class NeedForm(Form):
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
        ServiceType.objects.all(), label=_("Services"), widget=forms.CheckboxSelectMultiple
    )
    categories = forms.ModelMultipleChoiceField(
        Category.objects.filter(parent=None),
        label=_("Categories"),
        widget=forms.CheckboxSelectMultiple,
    )
    city = forms.ModelChoiceField(
        City.objects.all(), label=_("City of the work"), required=False, empty_label=_("Anywhere")
    )
    accepts_remote = forms.BooleanField(
        label=_("Remote work is fine"), required=False, initial=True
    )
    budget_low = MoneyField(label=_("Budget from (¥ a month)"))
    budget_high = MoneyField(label=_("Budget to (¥ a month)"))
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

    def __init__(self, merchant: Party, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.merchant = merchant

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            flaws = rules.flaws_of_need(self.need_fields(), self.merchant)
            show_flaws(self, flaws, FORM_NAMES)
        return data

    def need_fields(self) -> NeedFields:
        data = self.cleaned_data
        return NeedFields(
            title=data["title"],
            brief=data["brief"],
            service_ids=[s.pk for s in data["services"]],
            category_ids=[c.pk for c in data["categories"]],
            city_id=data["city"].pk if data["city"] else None,
            accepts_remote=data["accepts_remote"],
            budget_low_fen=data["budget_low"],
            budget_high_fen=data["budget_high"],
            gmv_target_fen=data["gmv_target"],
            gmv_low_fen=data["gmv_low"],
            gmv_high_fen=data["gmv_high"],
            starts_on=data["starts_on"],
            term_months=data["term_months"],
            closes_on=data["closes_on"],
            **{name: data[name] for name in PRIORITIES},
        )


class ProposalForm(Form):
    plan = forms.CharField(
        label=_("Plan"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What you will do month by month, and what you need from the merchant."),
    )
    team = forms.CharField(
        label=_("Team"), max_length=200, help_text=_("For example: 2 hosts, 1 operator, 1 editor.")
    )
    monthly_fee = MoneyField(
        label=_("Fixed fee (¥ a month)"),
        required=False,
        help_text=_("Empty for a share alone."),
    )
    share = PercentField(
        label=_("Share of settled net GMV (%)"),
        required=False,
        help_text=_("Empty for a fixed fee alone."),
    )
    starts_on = DateField(label=_("Earliest start"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_proposal(self.proposal_fields()), FORM_NAMES)
        return data

    def proposal_fields(self) -> ProposalFields:
        data = self.cleaned_data
        return ProposalFields(
            plan=data["plan"],
            team=data["team"],
            monthly_fee_fen=data["monthly_fee"] or 0,
            share_bp=data["share"] or 0,
            starts_on=data["starts_on"],
        )


class QuestionForm(Form):
    text = forms.CharField(
        label=_("Your question"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everyone who may bid reads it, and the answer. Nobody learns who asked."),
    )


class AnswerForm(Form):
    answer = forms.CharField(
        label=_("Your answer"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class ExtensionForm(Form):
    closes_on = DateField(label=_("Last day for proposals"))


class DaysForm(ExtensionForm):
    starts_on = DateField(label=_("Start"))


class ReasonForm(Form):
    """Why not: one of the published reasons, and a sentence if one likes."""

    reason = forms.ChoiceField()
    note = forms.CharField(label=_("In words"), max_length=300, required=False)

    def __init__(self, reasons: tuple[states.LossReason, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a reason")), *((r.value, r.label) for r in reasons)]
        self.fields["reason"] = forms.ChoiceField(label=_("Reason"), choices=choices)


def initial_of_need(need: Need) -> dict[str, Any]:
    return {
        "title": need.title,
        "brief": need.brief,
        "services": need.services.all(),
        "categories": need.categories.all(),
        "city": need.city_id,
        "accepts_remote": need.accepts_remote,
        "budget_low": need.budget_low_fen,
        "budget_high": need.budget_high_fen,
        "gmv_target": need.gmv_target_fen,
        "gmv_low": need.gmv_low_fen,
        "gmv_high": need.gmv_high_fen,
        **{name: getattr(need, name) for name in PRIORITIES},
        "starts_on": need.starts_on,
        "term_months": need.term_months,
        "closes_on": need.closes_on,
    }


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


def initial_of_proposal(proposal: Proposal | None, need: Need) -> dict[str, Any]:
    if proposal is None or proposal.monthly_fee_fen is None:
        return {"starts_on": need.starts_on}
    return {
        "plan": proposal.plan,
        "team": proposal.team,
        "monthly_fee": proposal.monthly_fee_fen,
        "share": proposal.share_bp,
        "starts_on": proposal.starts_on,
    }
