"""Agreement templates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import rules
from matchmaking.cooperation.fields import DutyFields, TemplateFields
from matchmaking.cooperation.forms.words import lines
from matchmaking.cooperation.models import AgreementTemplate
from portal.core.forms import Form, show_flaws

BY = [("provider", _("The provider")), ("merchant", _("The merchant"))]


class TemplateForm(Form):
    """Terms for later; obligations are rows of what, who and when, empty ones are left out."""

    name = forms.CharField(label=_("Name of the template"), max_length=40)
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
            scope=lines(data["scope"]),
            service_level=lines(data["service_level"]),
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
