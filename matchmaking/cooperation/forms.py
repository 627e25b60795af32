"""What people fill in while they work together."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import rules, states
from matchmaking.cooperation.fields import (
    AmendmentFields,
    AnswerFields,
    DutyFields,
    EndingFields,
    ObligationFields,
    ReviewFields,
    TemplateFields,
)
from matchmaking.cooperation.files import EVIDENCE
from matchmaking.cooperation.models import AgreementTemplate, Cooperation
from portal.core.files.forms import UploadField
from portal.core.forms import DateField, Form, show_flaws

STARS = [(n, "★" * n) for n in range(5, 0, -1)]
ONE = timedelta(days=1)
BY = [("provider", _("The provider")), ("merchant", _("The merchant"))]


class ObligationForm(Form):
    title = forms.CharField(label=_("What is to be done"), max_length=80)
    detail = forms.CharField(
        label=_("Detail"), max_length=1_000, required=False, widget=forms.Textarea({"rows": 3})
    )
    due_on = DateField(label=_("Due on"))
    owed_by = forms.ChoiceField(label=_("Who does it"), widget=forms.RadioSelect)

    def __init__(self, cooperation: Cooperation, ours: int | None, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.cooperation = cooperation
        other = cooperation.other_side(ours)
        self.fields["owed_by"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("us", _("We")),
            ("them", _("%(party)s, who is asked first") % {"party": other.name}),
        ]
        self.fields["owed_by"].initial = "us"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            flaws = rules.flaws_of_obligation(self.cooperation, self.obligation_fields())
            show_flaws(self, flaws, {})
        return data

    def obligation_fields(self) -> ObligationFields:
        data = self.cleaned_data
        return ObligationFields(
            title=data["title"],
            detail=data["detail"],
            due_on=data["due_on"],
            is_ours=data["owed_by"] == "us",
        )


class DoneForm(Form):
    note = forms.CharField(label=_("What was done"), max_length=300, required=False)
    evidence = UploadField(EVIDENCE, label=_("What shows it"), required=False)


class ReturnForm(Form):
    note = forms.CharField(label=_("What is missing"), max_length=300)


class PauseForm(Form):
    reason = forms.CharField(label=_("Why"), max_length=300)
    until = DateField(label=_("Goes on by itself on"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_pause(data["reason"], data["until"]), {})
        return data


class EndingForm(Form):
    reason = forms.ChoiceField(label=_("Why"), choices=states.EndReason.choices)
    note = forms.CharField(
        label=_("In words, for the other side"), max_length=300, widget=forms.Textarea({"rows": 3})
    )
    effective_on = DateField(label=_("Ends on"))

    def __init__(self, cooperation: Cooperation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cooperation = cooperation
        self.fields["effective_on"].initial = rules.first_end(cooperation)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            flaws = rules.flaws_of_ending(self.cooperation, self.ending_fields())
            show_flaws(self, flaws, {})
        return data

    def ending_fields(self) -> EndingFields:
        data = self.cleaned_data
        return EndingFields(data["reason"], data["note"], data["effective_on"])


class AmendmentForm(Form):
    last_day = DateField(label=_("Last day"))
    scope = forms.CharField(label=_("Scope"), max_length=5_000, widget=forms.Textarea({"rows": 8}))
    service_level = forms.CharField(
        label=_("Service level"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    notice_days = forms.IntegerField(label=_("Days of notice"))
    payment_day = forms.IntegerField(
        label=_("Fee is paid until this day of the month"), required=False
    )
    note = forms.CharField(label=_("Why"), max_length=300, required=False)

    def __init__(self, cooperation: Cooperation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = ("scope", "service_level", "notice_days", "payment_day")
        self.initial = {name: getattr(cooperation, name) for name in kept}
        self.initial["last_day"] = cooperation.last_day
        self.cooperation = cooperation

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            flaws = rules.flaws_of_amendment(self.cooperation, self.amendment_fields())
            show_flaws(self, flaws, {"ends_on": "last_day"})
        return data

    def amendment_fields(self) -> AmendmentFields:
        data = self.cleaned_data
        return AmendmentFields(
            data["last_day"] + ONE,
            _lines(data["scope"]),
            data["note"],
            _lines(data["service_level"]),
            data["notice_days"],
            data["payment_day"],
        )


class TemplateForm(Form):
    """Terms for later; obligations are rows of what, who and when, empty ones are left out."""

    name = forms.CharField(label=_("Name"), max_length=40)
    scope = forms.CharField(
        label=_("Scope"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Added to what the proposal says."),
    )
    service_level = forms.CharField(
        label=_("Service level"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("How soon, how often, how good: what both can check."),
    )
    notice_days = forms.IntegerField(label=_("Days of notice"), initial=30)
    payment_day = forms.IntegerField(
        label=_("Fee is paid until this day of the month"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in range(1, rules.MOST_DUTIES + 1):
            self.fields[f"duty_{row}"] = forms.CharField(
                label=_("What is to be done"), max_length=80, required=False
            )
            self.fields[f"by_{row}"] = forms.ChoiceField(
                label=_("Who does it"), choices=BY, required=False
            )
            self.fields[f"days_{row}"] = forms.IntegerField(
                label=_("Days after the begin"), required=False, initial=0
            )

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """The obligations, for the page."""
        numbers = range(1, rules.MOST_DUTIES + 1)
        return [(self[f"duty_{n}"], self[f"by_{n}"], self[f"days_{n}"]) for n in numbers]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_template(self.template_fields()), {"duties": "duty_1"})
        return data

    def template_fields(self) -> TemplateFields:
        data = self.cleaned_data
        numbers = range(1, rules.MOST_DUTIES + 1)
        return TemplateFields(
            name=data["name"],
            scope=_lines(data["scope"]),
            service_level=_lines(data["service_level"]),
            notice_days=data["notice_days"],
            payment_day=data["payment_day"],
            duties=[
                DutyFields(data[f"duty_{n}"], data[f"by_{n}"] or "provider", data[f"days_{n}"] or 0)
                for n in numbers
                if data[f"duty_{n}"]
            ],
        )


def initial_of_agreement(template: AgreementTemplate) -> dict[str, Any]:
    """What the form of a template that is there begins with."""
    names = ("name", "scope", "service_level", "notice_days", "payment_day", "version")
    said: dict[str, Any] = {name: getattr(template, name) for name in names}
    for n, duty in enumerate(template.duties, start=1):
        said |= {f"duty_{n}": duty["title"], f"by_{n}": duty["by"], f"days_{n}": duty["days"]}
    return said


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


class ReviewForm(Form):
    result = forms.TypedChoiceField(label=_("Result"), choices=STARS, coerce=int)
    communication = forms.TypedChoiceField(label=_("Communication"), choices=STARS, coerce=int)
    reliability = forms.TypedChoiceField(label=_("Reliability"), choices=STARS, coerce=int)
    text = forms.CharField(
        label=_("In words"), max_length=600, required=False, widget=forms.Textarea({"rows": 4})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_review(self.review_fields()), {})
        return data

    def review_fields(self) -> ReviewFields:
        return ReviewFields(**self.cleaned_data)


class AnswerForm(Form):
    answer = forms.CharField(
        label=_("Our answer"), max_length=600, widget=forms.Textarea({"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_answer(self.answer_fields()), {})
        return data

    def answer_fields(self) -> AnswerFields:
        return AnswerFields(self.cleaned_data["answer"])
