"""The shape of a report, of what an accused party says, and of what operators decide."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.conduct import rules
from portal.conduct.fields import ActionFields, ReportFields
from portal.conduct.files import ANSWER_EVIDENCE, REPORT_EVIDENCE
from portal.conduct.models import Case, Rule
from portal.conduct.selectors import offered_evidence, rules_for
from portal.conduct.states import MeasureKind, Outcome
from portal.core import clock
from portal.core.files import UploadField
from portal.core.forms import DateField, Form, show_flaws
from portal.core.models import StoredFile
from portal.parties.models import Party

EVIDENCE = ("evidence_1", "evidence_2", "evidence_3")


class EvidenceForm(Form):
    """Words with up to three files."""

    def evidence(self) -> list[UploadedFile]:
        return [self.cleaned_data[name] for name in EVIDENCE if self.cleaned_data.get(name)]


def _uploads(purpose: str) -> dict[str, forms.Field]:
    labels = (_("Evidence"), _("More evidence"), _("More evidence"))
    return {
        name: UploadField(purpose, label=label, required=False)
        for name, label in zip(EVIDENCE, labels, strict=True)
    }


class ReportForm(EvidenceForm):
    """A report; the rules offered are those for this kind of party today."""

    label: str | Promise = _("Describe what happened")
    help_text: str | Promise = _("What was agreed, what happened instead, how it can be checked.")

    def __init__(self, party: Party, place: tuple[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.party, self.place = party, place
        offered = [(rule.code, rule.title) for rule in rules_for(party)]
        own = {
            "rule": forms.ChoiceField(
                label=_("Which rule"), choices=offered, widget=forms.RadioSelect
            ),
            "happened_on": DateField(label=_("When it happened")),
            "text": forms.CharField(
                label=str(self.label),
                help_text=str(self.help_text),
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 6}),
            ),
        }
        self.fields = {**own, **_uploads(REPORT_EVIDENCE)}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            flaws = rules.flaws_of_report(self.party, self.report(), len(self.evidence()))
            show_flaws(self, flaws, {})
        return data

    def report(self) -> ReportFields:
        data = self.cleaned_data
        return ReportFields(data["rule"], data["text"], data["happened_on"], self.place)


class AnswerForm(EvidenceForm):
    """What the party says; each kind of it has its label and its length."""

    label: str | Promise
    most: int

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = forms.CharField(
            label=str(self.label), max_length=self.most, widget=forms.Textarea(attrs={"rows": 6})
        )
        self.fields = {"text": text, **_uploads(ANSWER_EVIDENCE)}


class StatementForm(AnswerForm):
    label, most = _("What you say to this"), 3000


class AppealForm(AnswerForm):
    label, most = _("What is wrong with the decision"), 3000


class ProofForm(AnswerForm):
    label, most = _("What you did"), 2000


# --- operators ------------------------------------------------------------------------------------


class OpenForm(ReportForm):
    """A case without a report; an operator names no place."""

    label = _("What the party is accused of")
    help_text = _("The draft of what the party will be told.")

    def __init__(self, party: Party, *args: Any, **kwargs: Any) -> None:
        super().__init__(party, ("", ""), *args, **kwargs)


class ReasonForm(Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Both sides read this sentence."),
    )


class NotifyForm(Form):
    rule = forms.ModelChoiceField(Rule.objects.none(), label=_("Rule"))
    charge = forms.CharField(
        label=_("What the party is told"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Without who reported it, and nothing only they could know."),
    )
    evidence = forms.ModelMultipleChoiceField(
        StoredFile.objects.none(),
        label=_("Evidence the party may see"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"rule": case.rule_id, "charge": case.charge}
        narrowed = {
            "rule": rules_for(case.party, case.happened_on),
            "evidence": offered_evidence(case),
        }
        for name, rows in narrowed.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a field of rows


class JudgeForm(ReasonForm):
    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[(choice.value, choice.label) for choice in (Outcome.UPHELD, Outcome.OVERTURNED)],
        widget=forms.RadioSelect,
    )
    field_order = ("outcome", "reason")


class ActionForm(Form):
    title = forms.CharField(label=_("Corrective action"), max_length=80)
    text = forms.CharField(
        label=_("What is to be done"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    due_on = DateField(label=_("Due on"))

    def action(self) -> ActionFields:
        data = self.cleaned_data
        return ActionFields(data["title"], data["text"], data["due_on"])


class CheckForm(ReasonForm):
    """What is found of a corrective action."""

    finding = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("done", _("Done")),
            ("return", _("Not yet: the party hands in more")),
            ("fail", _("Not done, for good")),
            ("extend", _("Give more time")),
        ],
        widget=forms.RadioSelect,
    )
    due_on = DateField(label=_("New day"), required=False)
    field_order = ("finding", "due_on", "reason")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("finding") == "extend" and not data.get("due_on"):
            self.add_error("due_on", _("Please choose."))
        return data


class MeasureForm(ReasonForm):
    kind = forms.ChoiceField(
        label=_("Measure"), choices=MeasureKind.choices, widget=forms.RadioSelect
    )
    last_day = DateField(label=_("Last day"))
    field_order = ("kind", "last_day", "reason")

    def until(self) -> datetime:
        """The end of the last day, in Shanghai."""
        return datetime.combine(self.cleaned_data["last_day"], time.max, clock.SHANGHAI)
