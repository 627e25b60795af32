"""The shape of a proposal, and of a no."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.needs import rules, states
from matchmaking.needs.fields import ProposalFields
from matchmaking.needs.models import Need, Proposal
from portal.core.forms import DateField, Form, MoneyField, PercentField, show_flaws

FORM_NAMES = {  # people type yuan and percent; the values hold fen and basis points
    "monthly_fee_fen": "monthly_fee",
    "share_bp": "share",
}


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
        return {"starts_on": need.starts_on}
    return {
        "plan": proposal.plan,
        "team": proposal.team,
        "monthly_fee": proposal.monthly_fee_fen,
        "share": proposal.share_bp,
        "starts_on": proposal.starts_on,
    }
