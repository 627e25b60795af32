"""A question, a quiz and an assignment as operators write them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form, show_flaws
from training.assessment import rules
from training.assessment.fields import AssignmentFields, QuestionFields, QuizFields
from training.assessment.reading import letters, lines
from training.assessment.selectors import accounts_by_address
from training.assessment.states import QuestionKind
from training.courses.states import Topic


def area(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


class QuestionForm(Form):
    code = forms.CharField(
        label=_("Code of the question"),
        max_length=40,
        help_text=_("Small letters, digits and hyphens."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=QuestionKind.choices)
    topic = forms.ChoiceField(label=_("Topic"), choices=Topic.choices)
    text_zh = area(_("Chinese question"))
    text_en = area(_("English question"))
    options_zh = area(_("Chinese options"), 5, required=False, help_text=_("A line each."))
    options_en = area(
        _("English options"), 5, required=False, help_text=_("In the same order, a line each.")
    )
    right = forms.CharField(
        label=_("Right options"),
        max_length=20,
        help_text=_("Their letters, such as A or A,C. True is A, false is B."),
    )
    explanation_zh = area(_("Chinese explanation"))
    explanation_en = area(_("English explanation"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            try:
                given = self.fields_given()
            except ValueError as error:
                self.add_error("right", str(error))
            else:
                show_flaws(self, rules.flaws_of_question(given), {})
        return data

    def fields_given(self) -> QuestionFields:
        data = dict(self.cleaned_data)
        data["right"] = letters(data["right"])
        for name in ("options_zh", "options_en"):
            data[name] = lines(data[name])
        return QuestionFields(**data)


class QuizForm(Form):
    questions = forms.IntegerField(label=_("Questions asked"), min_value=1, max_value=100)
    pass_mark = forms.IntegerField(label=_("Pass mark"), min_value=1, max_value=100)
    attempts = forms.IntegerField(label=_("Attempts"), min_value=1, max_value=20)
    wait_hours = forms.IntegerField(label=_("Hours between attempts"), min_value=0, max_value=720)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=300)

    def fields_given(self) -> QuizFields:
        return QuizFields(**self.cleaned_data)


class AssignmentForm(Form):
    brief_zh = area(_("Chinese brief"), 10, max_length=6000, help_text=_("Markdown."))
    brief_en = area(_("English brief"), 10, max_length=12_000, help_text=_("Markdown."))
    criteria = area(
        _("Criteria"),
        6,
        help_text=_("A line each: Chinese | English | points"),
    )
    pass_mark = forms.IntegerField(label=_("Pass mark"), min_value=1, max_value=100)
    apart = forms.IntegerField(
        label=_("A third marker from a difference above"), min_value=1, max_value=100
    )
    attempts = forms.IntegerField(label=_("Attempts"), min_value=1, max_value=10)
    days = forms.IntegerField(label=_("Days for marking"), min_value=1, max_value=60)
    markers = area(
        _("Markers"),
        3,
        help_text=_("Their mail addresses, a line each: at least two, better three."),
    )

    def clean_criteria(self) -> tuple[tuple[str, str, int], ...]:
        return tuple(_criterion(line) for line in lines(self.cleaned_data["criteria"]))

    def clean_markers(self) -> tuple[int, ...]:
        from_address = accounts_by_address(lines(self.cleaned_data["markers"]))
        unknown = [address for address, key in from_address.items() if key is None]
        if unknown:
            sentence = _("There is no account with %(address)s.")
            raise forms.ValidationError(sentence % {"address": unknown[0][:80]})
        return tuple(key for key in from_address.values() if key is not None)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_assignment(self.fields_given()), {})
        return data

    def fields_given(self) -> AssignmentFields:
        return AssignmentFields(**self.cleaned_data)


def _criterion(line: str) -> tuple[str, str, int]:
    parts = [part.strip() for part in line.replace("｜", "|").split("|")]
    if len(parts) != 3 or not parts[2].isdecimal() or len(parts[2]) > 4:
        raise forms.ValidationError(
            _("Write each criterion as Chinese | English | points: “%(line)s”.")
            % {"line": line[:60]}
        )
    return parts[0], parts[1], int(parts[2])
