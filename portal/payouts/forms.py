"""What people fill in about payouts."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form, MoneyField, show_flaws
from portal.payouts import rules
from portal.payouts.fields import BatchFields
from portal.payouts.models import BankTemplate
from portal.payouts.states import TRIAL_FEN


class BatchForm(Form):
    template = forms.ChoiceField(label=_("Bank file"))
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=rules.PURPOSE,
        help_text=_("The bank prints it on each transfer."),
    )
    only_requested = forms.BooleanField(
        label=_("Only those who asked to be paid"),
        required=False,
        help_text=_("Without it everybody who can be paid now is in it."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = BankTemplate.objects.filter(is_offered=True).order_by("-route", "code")
        field: Any = self.fields["template"]
        field.choices = [(one.code, f"{one.get_route_display()} · {one.name}") for one in offered]

    def batch_fields(self) -> BatchFields:
        said = self.cleaned_data
        return BatchFields(said["template"], said["purpose"], said["only_requested"])


class ReasonForm(Form):
    reason = forms.CharField(label=_("Why it is cancelled"), max_length=300)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_reason(data["reason"]), {})
        return data


class TrialForm(Form):
    """What finance sent. An amount is proposed, so that nobody guesses the usual one."""

    amount = MoneyField(label=_("Amount sent"))
    reference = forms.CharField(label=_("Bank's number"), max_length=60)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        least, most = TRIAL_FEN
        self.fields["amount"].initial = least + secrets.randbelow(most - least + 1)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            flaws = rules.flaws_of_trial(data["amount"], data["reference"])
            show_flaws(self, flaws, {"amount_fen": "amount"})
        return data


class SubAccountForm(Form):
    sub_account = forms.CharField(label=_("Sub-account"), max_length=40)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_sub_account(data["sub_account"]), {})
        return data


class AnswerForm(Form):
    amount = MoneyField(
        label=_("What arrived"), help_text=_("As your bank shows it, such as 0.37.")
    )
