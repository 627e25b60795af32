"""The shape of an improvement plan, of what is handed in, and of a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from portal.core.files import UploadField
from portal.core.forms import DateField, Form, show_flaws
from portal.evaluation import rules
from portal.evaluation.fields import ItemFields, PlanFields
from portal.evaluation.models import Plan
from portal.evaluation.services import RATING_EVIDENCE

ROWS = 6  # shown at once; more are kept when a longer plan is edited
PAPERS = ("paper_1", "paper_2", "paper_3")


class PlanForm(Form):
    """A title and a row an item; empty rows are left out."""

    title = forms.CharField(label=_("Title"), max_length=80)

    def __init__(
        self, *args: Any, choices: list[tuple[str, str]], rows: int = ROWS, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows = range(max(rows, ROWS))
        for row in self.rows:
            self.fields[f"indicator_{row}"] = forms.ChoiceField(
                label=_("Indicator"), choices=[("", _("None")), *choices], required=False
            )
            self.fields[f"text_{row}"] = forms.CharField(
                label=_("What is to be done"), max_length=300, required=False
            )
            self.fields[f"due_{row}"] = DateField(label=_("Due on"), required=False)

    def item_rows(self) -> list[list[forms.BoundField]]:
        names = ("indicator", "text", "due")
        return [[self[f"{name}_{row}"] for name in names] for row in self.rows]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for row in self.rows:
            self._check_row(row, data)
        if not self.errors:
            show_flaws(self, rules.flaws_of_plan(self.plan_fields()), {"items": "due_0"})
        return data

    def _check_row(self, row: int, data: dict[str, Any]) -> None:
        if data.get(f"text_{row}") and not data.get(f"due_{row}"):
            self.add_error(f"due_{row}", _("Please fill this in."))
        if data.get(f"due_{row}") and not data.get(f"text_{row}"):
            self.add_error(f"text_{row}", _("Please fill this in."))

    def plan_fields(self) -> PlanFields:
        data = self.cleaned_data
        items = [
            ItemFields(
                text=data[f"text_{row}"],
                due_on=data[f"due_{row}"],
                indicator=data.get(f"indicator_{row}", ""),
            )
            for row in self.rows
            if data.get(f"text_{row}")
        ]
        return PlanFields(title=data["title"], items=items)


def initial_of_plan(plan: Plan) -> dict[str, Any]:
    initial: dict[str, Any] = {"title": plan.title}
    for row, item in enumerate(plan.items.all()):
        initial |= {f"text_{row}": item.text, f"due_{row}": item.due_on}
        initial[f"indicator_{row}"] = item.indicator
    return initial


class HandInForm(Form):
    """What was done, and up to three files that show it."""

    report = forms.CharField(
        label=_("What was done"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    paper_1 = UploadField(RATING_EVIDENCE, label=_("Evidence"), required=False)
    paper_2 = UploadField(RATING_EVIDENCE, label=_("More evidence"), required=False)
    paper_3 = UploadField(RATING_EVIDENCE, label=_("More evidence"), required=False)

    @property
    def papers(self) -> list[UploadedFile]:
        return [self.cleaned_data[name] for name in PAPERS if self.cleaned_data.get(name)]


class ReturnForm(Form):
    why = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("The other side reads this sentence.")
    )
