"""What is typed about settlements: a month, parties, a reason, a correction."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from portal.core.forms import DateField, Form, MoneyField, PercentField
from portal.ledger.forms import MonthField
from portal.settlement.fields import AdjustmentFields, Decision, DisputeFields
from portal.settlement.models import Statement
from portal.settlement.rules.adjustments import MOST_TEXT
from portal.settlement.rules.disputes import MOST_REASON

MORE, LESS = "more", "less"


MOST_KEY = 10**18


class NumbersField(forms.CharField):
    """Whole numbers, one a line or with commas between; the clean value is a sorted list."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> Any:
        words = (super().to_python(value) or "").replace(",", " ").replace("，", " ").split()
        if not all(word.isascii() and word.isdecimal() and len(word) <= 18 for word in words):
            raise forms.ValidationError(_("Numbers, please: one a line, or with commas between."))
        return sorted(set(map(int, words)))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value


class RunForm(Form):
    """A month that is over; or with parties, what these have in months that are open."""

    month = MonthField(label=_("Month"), required=False)
    parties = NumbersField(
        label=_("Numbers of the parties"),
        required=False,
        help_text=_("Only for a run in between; leave it empty for the month's end."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not said.get("month") and not said.get("parties"):
            self.add_error("month", _t("Name the month, such as 2026-03."))
        return said


class ReasonForm(Form):
    why = forms.CharField(label=_("Why"), max_length=MOST_REASON, widget=forms.Textarea)


class ChosenField(forms.TypedMultipleChoiceField):
    """Order lines that were ticked: whole numbers, whichever a page showed."""

    widget = forms.MultipleHiddenInput

    def valid_value(self, value: Any) -> bool:
        return str(value).isascii() and str(value).isdecimal() and len(str(value)) <= 18


class DisputeForm(Form):
    """Ticked lines of a statement, and what is wrong with them."""

    lines = ChosenField(
        label=_("Order lines"),
        coerce=int,
        error_messages={"required": _("Tick at least one order line.")},
    )
    reason = forms.CharField(
        label=_("What is wrong with them"),
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def fields_said(self) -> DisputeFields:
        chosen = sorted(set(self.cleaned_data["lines"]))
        return DisputeFields(chosen, self.cleaned_data["reason"])


class DecisionForm(Form):
    is_upheld = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("no", _("Dismissed: it is paid as it was")), ("yes", _("Upheld"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    returned = PercentField(
        label=_("Goes back to the merchant (%)"),
        required=False,
        help_text=_("Of what is held. Leave it empty where a correction says what is right."),
    )
    why = forms.CharField(label=_("Why"), max_length=MOST_REASON, widget=forms.Textarea)

    @property
    def decision(self) -> Decision:
        said = self.cleaned_data
        return Decision(said["is_upheld"], said["why"], said["returned"] or 0)


class AdjustmentForm(Form):
    party = forms.IntegerField(label=_("Number of the party"), min_value=1, max_value=MOST_KEY)
    way = forms.ChoiceField(
        label=_("The party gets"),
        choices=[(MORE, _("more")), (LESS, _("less"))],
        widget=forms.RadioSelect,
        initial=MORE,
    )
    amount = MoneyField(label=_("Amount (¥)"))
    counter_party = forms.IntegerField(
        label=_("Number of the other party"),
        required=False,
        min_value=1,
        max_value=MOST_KEY,
        help_text=_("Leave it empty where the platform gives or takes it."),
    )
    effective_on = DateField(label=_("Takes effect on"))
    reason = forms.CharField(label=_("Why"), max_length=MOST_TEXT)
    statement = forms.CharField(
        label=_("Corrects the statement"), max_length=20, required=False, empty_value=""
    )
    journal = forms.IntegerField(
        label=_("Corrects the journal"), required=False, min_value=1, max_value=MOST_KEY
    )

    def clean_statement(self) -> int | None:
        number = self.cleaned_data["statement"].strip()
        if not number:
            return None
        key = Statement.objects.filter(number=number).values_list("pk", flat=True).first()
        if key is None:
            raise forms.ValidationError(_t("There is no such statement."))
        return key

    @property
    def said(self) -> AdjustmentFields:
        data: dict[str, Any] = self.cleaned_data
        return AdjustmentFields(
            party_id=data["party"],
            amount_fen=data["amount"] if data["way"] == MORE else -data["amount"],
            effective_on=data["effective_on"],
            reason=data["reason"],
            counter_party_id=data["counter_party"],
            statement_id=data["statement"],
            journal_id=data["journal"],
        )
