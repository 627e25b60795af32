"""A programme as operators write it."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form, show_flaws
from portal.parties.models import Belt
from portal.parties.states import PartyKind
from training.courses import rules
from training.courses.fields import ProgrammeFields
from training.courses.models import Course, Programme
from training.courses.states import ProgrammeKind

OPTIONAL = "?"  # behind the code of a course that may be left out
PLAIN = ("code", "kind", "title_zh", "title_en", "summary_zh", "summary_en", "audience", "belt_id")


class ProgrammeForm(Form):
    code = forms.CharField(label=_("code"), max_length=40)
    kind = forms.ChoiceField(label=_("kind"), choices=ProgrammeKind.choices)
    title_zh = forms.CharField(label=_("Chinese title"), max_length=60)
    title_en = forms.CharField(label=_("English title"), max_length=120)
    summary_zh = forms.CharField(
        label=_("Chinese summary"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    summary_en = forms.CharField(
        label=_("English summary"), max_length=1200, widget=forms.Textarea(attrs={"rows": 3})
    )
    audience = forms.MultipleChoiceField(
        label=_("Whom it is for"), choices=PartyKind.choices, widget=forms.CheckboxSelectMultiple
    )
    belt_id = forms.TypedChoiceField(
        label=_("industry belt"), coerce=int, required=False, empty_value=None
    )
    party_id = forms.IntegerField(
        label=_("Number of the party whose path it is"),
        required=False,
        min_value=1,
        max_value=2**31,
    )
    courses = forms.CharField(
        label=_("Courses in their order"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The code of a course in each line; with ? behind it, it may be left out."),
    )

    def __init__(self, *args: Any, programme: Programme | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(programme) if programme else {}
        super().__init__(*args, **kwargs)
        belts = [("", "—"), *((one.pk, one.name) for one in Belt.objects.all())]
        cast(forms.ChoiceField, self.fields["belt_id"]).choices = belts

    def clean_courses(self) -> list[tuple[int, bool]]:
        lines = [line.strip() for line in str(self.cleaned_data["courses"]).splitlines()]
        asked = [(line.removesuffix(OPTIONAL), not line.endswith(OPTIONAL)) for line in lines]
        asked = [(code, required) for code, required in asked if code]
        rows = Course.objects.filter(code__in=[code for code, _required in asked])
        found = dict(rows.values_list("code", "pk"))
        for code, _required in asked:
            if code not in found:
                sentence = _("There is no course with the code %(code)s.")
                raise forms.ValidationError(sentence % {"code": code})
        return [(found[code], required) for code, required in asked]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_programme(self.fields_given()), {})
        return data

    def fields_given(self) -> ProgrammeFields:
        return ProgrammeFields(**self.cleaned_data)


def _initial(programme: Programme) -> dict[str, Any]:
    steps = programme.steps.select_related("course").order_by("position")
    lines = [f"{one.course.code}{'' if one.is_required else OPTIONAL}" for one in steps]
    return {
        **{name: getattr(programme, name) for name in (*PLAIN, "party_id")},
        "courses": "\n".join(lines),
    }
