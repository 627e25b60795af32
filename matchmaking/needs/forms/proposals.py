"""The shape of a proposal, of other terms for it, and of a no."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.needs import rules, states
from matchmaking.needs.fields import OfferFields, ProposalFields
from matchmaking.needs.models import Need, Proposal, ServiceOffer
from matchmaking.needs.states import BudgetForm
from portal.core.forms import DateField, Form, MoneyField, PercentField, show_flaws

FORM_NAMES = {  # people type yuan and percent; the values hold fen and basis points
    "monthly_fee_fen": "monthly_fee",
    "share_bp": "share",
    "ladder": "from_2",
}


STEPS = (2, 3, 4)  # of a ladder, beside the first


class LadderForm(Form):
    """A price in any form: the share climbs where steps are filled in."""

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
    from_2 = MoneyField(label=_("Step 2: above a GMV of (¥)"), required=False)
    share_2 = PercentField(label=_("share of what is above (%)"), required=False)
    from_3 = MoneyField(label=_("Step 3: above a GMV of (¥)"), required=False)
    share_3 = PercentField(label=_("share of what is above (%)"), required=False)
    from_4 = MoneyField(label=_("Step 4: above a GMV of (¥)"), required=False)
    share_4 = PercentField(label=_("share of what is above (%)"), required=False)

    @property
    def steps(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows of the ladder, for the page."""
        return [(self[f"from_{n}"], self[f"share_{n}"]) for n in STEPS]

    @property
    def has_ladder(self) -> bool:
        """Whether the page opens the ladder: it is filled in, or wrong."""
        return any(bound.value() or bound.errors for row in self.steps for bound in row)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in STEPS:
            pair = (data.get(f"from_{number}"), data.get(f"share_{number}"))
            if (pair[0] is None) != (pair[1] is None):
                self.add_error(f"from_{number}", _("A step has a GMV and a share."))
        return data

    def ladder_fields(self) -> dict[str, Any]:
        data = self.cleaned_data
        rows = [(data.get(f"from_{n}"), data.get(f"share_{n}")) for n in STEPS]
        share, steps = data["share"] or 0, [row for row in rows if row[0] is not None]
        return {
            "monthly_fee_fen": data["monthly_fee"] or 0,
            "share_bp": share,
            "ladder": [(0, share), *steps] if steps else [],
        }


class TermsForm(LadderForm):
    """The terms of an answer to a need."""

    starts_on = DateField(label=_("Earliest start"))

    def __init__(self, need: Need, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.need = need

    @property
    def has_ladder(self) -> bool:
        return self.need.price_form == BudgetForm.LADDER or super().has_ladder

    def price_fields(self) -> dict[str, Any]:
        return self.ladder_fields() | {"starts_on": self.cleaned_data["starts_on"]}


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

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors:
            flaws = rules.flaws_of_proposal(self.proposal_fields(), self.need)
            show_flaws(self, flaws, FORM_NAMES)
        return data

    def proposal_fields(self) -> ProposalFields:
        data = self.cleaned_data
        return ProposalFields(plan=data["plan"], team=data["team"], **self.price_fields())


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
        return {"starts_on": need.starts_on}
    return {"plan": proposal.plan, "team": proposal.team, **_initial_of_terms(proposal)}


def initial_of_offer(proposal: Proposal) -> dict[str, Any]:
    """The terms on the table, to be changed."""
    return {
        **_initial_of_terms(proposal),
        "term_months": proposal.months,
        "version": proposal.version,
    }


def _initial_of_terms(proposal: Proposal) -> dict[str, Any]:
    return {"starts_on": proposal.starts_on, **initial_of_ladder(proposal)}


def initial_of_ladder(priced: Proposal | ServiceOffer) -> dict[str, Any]:
    steps = zip(STEPS, priced.ladder[1:], strict=False)
    climb = {
        f"{name}_{n}": step[i] for n, step in steps for i, name in enumerate(("from", "share"))
    }
    return {"monthly_fee": priced.monthly_fee_fen, "share": priced.share_bp, **climb}
