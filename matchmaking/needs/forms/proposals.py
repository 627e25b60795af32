"""The shape of a proposal, of other terms for it, and of a no."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.forms import FORM_NAMES, LadderForm, initial_of_ladder
from matchmaking.needs import rules, states
from matchmaking.needs.fields import PROMISES, OfferFields, ProposalFields
from matchmaking.needs.models import Need, Proposal
from matchmaking.needs.states import BudgetForm, Seeks
from portal.core.forms import DateField, Form, show_flaws

COMMISSION: dict[str, Any] = {
    Seeks.AGENCY: _("Commission or service fee (% of settled net GMV)"),
    Seeks.CREATOR: _("Commission (% of settled net GMV)"),
}


class TermsForm(LadderForm):
    """The terms of an answer to a need."""

    starts_on = DateField(label=_("Earliest start"))

    def __init__(self, need: Need, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.need = need
        if need.seeks != Seeks.PROVIDER:
            self.fields["share"].label = COMMISSION[Seeks(need.seeks)]

    @property
    def has_ladder(self) -> bool:
        return self.need.price_form == BudgetForm.LADDER or super().has_ladder

    def price_fields(self) -> dict[str, Any]:
        return self.ladder_fields() | {"starts_on": self.cleaned_data["starts_on"]}


def _number(name: str, label: Any) -> forms.IntegerField:
    most = rules.MOST_PROMISED[name]
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=most)


class ProposalForm(TermsForm):
    plan = forms.CharField(
        label=_("Plan"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What you will do month by month, and what you need from the merchant."),
    )
    team = forms.CharField(
        label=_("Team"), max_length=200, help_text=_("For example: 2 hosts, 1 operator, 1 editor.")
    )
    lives = _number("lives", _("Live sessions"))
    videos = _number("videos", _("Videos"))
    samples_wanted = _number("samples_wanted", _("Samples wanted"))
    delivers_by = DateField(label=_("All delivered by"), required=False)
    creators = _number("creators", _("Creators you bring"))

    def __init__(self, need: Need, *args: Any, **kwargs: Any) -> None:
        super().__init__(need, *args, **kwargs)
        own = rules.PROMISED_BY[Seeks(need.seeks)]
        for name in {"team", *PROMISES} - own:
            del self.fields[name]
        if "creators" in own:
            self.fields["creators"].required = True
        if need.seeks == Seeks.CREATOR:
            self.fields["starts_on"].label = _("First day")
            self.fields["plan"].help_text = _(
                "What you show on which days, and what you need from the merchant."
            )

    @property
    def promises(self) -> list[forms.BoundField]:
        """What this kind says in numbers and days, for the page."""
        return [self[name] for name in PROMISES if name in self.fields]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors:
            flaws = rules.flaws_of_proposal(self.proposal_fields(), self.need)
            show_flaws(self, flaws, FORM_NAMES)
        return data

    def proposal_fields(self) -> ProposalFields:
        data = self.cleaned_data
        promised: dict[str, Any] = {name: data.get(name) for name in PROMISES}
        team = data.get("team", "")
        return ProposalFields(plan=data["plan"], team=team, **promised, **self.price_fields())


class OfferForm(TermsForm):
    """Other terms for what stands: a counter-offer."""

    term_months = forms.IntegerField(label=_("Length (months)"), min_value=1, max_value=36)
    note = forms.CharField(label=_("A word with it"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors:
            show_flaws(self, rules.flaws_of_offer(self.offer_fields(), self.need), FORM_NAMES)
        return data

    def offer_fields(self) -> OfferFields:
        data = self.cleaned_data
        return OfferFields(
            term_months=data["term_months"], note=data["note"], **self.price_fields()
        )


class ReasonForm(Form):
    """Why not: one of the published reasons, and a sentence if one likes."""

    reason = forms.ChoiceField()
    note = forms.CharField(label=_("In words"), max_length=300, required=False)

    def __init__(self, reasons: tuple[states.LossReason, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a reason")), *((r.value, r.label) for r in reasons)]
        self.fields["reason"] = forms.ChoiceField(label=_("Reason"), choices=choices)


def initial_of_proposal(proposal: Proposal | None, need: Need) -> dict[str, Any]:
    if proposal is None or proposal.monthly_fee_fen is None:
        return {
            "starts_on": need.starts_on,
            "is_guarantee": need.price_form == BudgetForm.GUARANTEE,
            "lives": need.lives_wanted,
            "videos": need.videos_wanted,
            "creators": need.creators_wanted,
        }
    names = ("plan", "team", *PROMISES)
    return {name: getattr(proposal, name) for name in names} | _initial_of_terms(proposal)


def initial_of_offer(proposal: Proposal) -> dict[str, Any]:
    """The terms on the table, to be changed."""
    return {
        **_initial_of_terms(proposal),
        "term_months": proposal.months,
        "version": proposal.version,
    }


def _initial_of_terms(proposal: Proposal) -> dict[str, Any]:
    return {"starts_on": proposal.starts_on, **initial_of_ladder(proposal)}
