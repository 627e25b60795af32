"""What is typed about certificates: a number, a course, a reason."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form
from training.certificates import rules, selectors
from training.certificates.states import normal_number
from training.courses.models import Course


class NumberForm(Form):
    number = forms.CharField(
        label=_("Number of the certificate"),
        max_length=60,
        help_text=_(
            "Sixteen letters and digits, as ABCD-EFGH-JKLM-NPQR; the code leads here, too."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_number(self) -> str:
        number = normal_number(self.cleaned_data["number"])
        if not number:
            raise forms.ValidationError(
                _("A number has sixteen letters and digits, without 0, 1, I and O.")
            )
        return number


class IssueForm(Form):
    course = forms.ModelChoiceField(Course.objects.none(), label=_("Course"), to_field_name="code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        course = cast("forms.ModelChoiceField[Course]", self.fields["course"])
        course.queryset = selectors.courses_to_issue()


class ReasonForm(Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=rules.MOST_REASON,
        help_text=_("The holder reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
