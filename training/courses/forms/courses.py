"""A course and its lessons as operators write them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.files import UploadField
from portal.core.forms import Form, show_flaws
from portal.parties.states import PartyKind
from training.courses import rules
from training.courses.fields import CourseFields, LessonFields
from training.courses.files import MATERIAL
from training.courses.models import Course
from training.courses.states import CourseKind, Level, Topic

PLAIN = (
    *("code", "kind", "title_zh", "title_en", "summary_zh", "summary_en", "outcomes_zh"),
    *("outcomes_en", "level", "planned_minutes", "needs_lessons", "least_attendance"),
    *("needs_quiz", "needs_assignment", "certificate_months"),
)


def _text(label: Any, most: int, rows: int = 3, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=widget, **more)


class CourseForm(Form):
    """`needs` are chosen by their codes, `indicators` by those of the evaluation."""

    code = forms.CharField(
        label=_("code"), max_length=40, help_text=_("In its address, such as live-basics.")
    )
    kind = forms.ChoiceField(label=_("kind"), choices=CourseKind.choices)
    title_zh = forms.CharField(label=_("Chinese title"), max_length=60)
    title_en = forms.CharField(label=_("English title"), max_length=120)
    summary_zh = _text(_("Chinese summary"), 600)
    summary_en = _text(_("English summary"), 1200)
    outcomes_zh = _text(_("what one can do afterwards (Chinese)"), 600, help_text=_("A line each."))
    outcomes_en = _text(
        _("what one can do afterwards (English)"), 1200, help_text=_("A line each.")
    )
    audience = forms.MultipleChoiceField(
        label=_("Whom it is for"), choices=PartyKind.choices, widget=forms.CheckboxSelectMultiple
    )
    level = forms.ChoiceField(label=_("difficulty"), choices=Level.choices)
    topics = forms.MultipleChoiceField(
        label=_("Topics"), choices=Topic.choices, widget=forms.CheckboxSelectMultiple
    )
    indicators = forms.CharField(
        label=_("Indicators of the evaluation it lifts"),
        required=False,
        max_length=200,
        help_text=_("Their codes, with spaces between, such as I1 T5."),
    )
    needs = forms.CharField(
        label=_("Courses to complete before"),
        required=False,
        max_length=400,
        help_text=_("Their codes, with spaces between."),
    )
    planned_minutes = forms.IntegerField(label=_("planned minutes"), min_value=1)
    needs_lessons = forms.BooleanField(label=_("asks for its lessons"), required=False)
    least_attendance = forms.IntegerField(
        label=_("least attendance (%)"),
        min_value=0,
        max_value=100,
        initial=0,
        help_text=_("Of the planned hours; 0 asks for none."),
    )
    needs_quiz = forms.BooleanField(label=_("asks for a quiz"), required=False)
    needs_assignment = forms.BooleanField(label=_("asks for an assignment"), required=False)
    certificate_months = forms.IntegerField(
        label=_("certificate valid for (months)"),
        required=False,
        min_value=1,
        max_value=120,
        help_text=_("Empty: it gives none."),
    )

    def __init__(self, *args: Any, course: Course | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(course) if course else {"needs_lessons": True}
        super().__init__(*args, **kwargs)
        if course is not None and course.published_at:
            for name in ("code", "kind"):
                self.fields[name].disabled = True

    def clean_indicators(self) -> list[str]:
        return str(self.cleaned_data["indicators"]).split()

    def clean_needs(self) -> list[int]:
        codes = str(self.cleaned_data["needs"]).split()
        found = dict(Course.objects.filter(code__in=codes).values_list("code", "pk"))
        unknown = [code for code in codes if code not in found]
        if unknown:
            sentence = _("There is no course with the code %(code)s.")
            raise forms.ValidationError(sentence % {"code": unknown[0]})
        return [found[code] for code in codes]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_course(self.fields_given()), {})
        return data

    def fields_given(self) -> CourseFields:
        return CourseFields(**self.cleaned_data)


def _initial(course: Course) -> dict[str, Any]:
    needs = course.prerequisites.values_list("needs__code", flat=True)
    return {
        **{name: getattr(course, name) for name in (*PLAIN, "audience", "topics")},
        "indicators": " ".join(course.indicators),
        "needs": " ".join(needs),
    }


class LessonForm(Form):
    title_zh = forms.CharField(label=_("Chinese title"), max_length=60)
    title_en = forms.CharField(label=_("English title"), max_length=120)
    text_zh = _text(_("Chinese text"), 20_000, rows=14, help_text=_("In Markdown."))
    text_en = _text(_("English text"), 40_000, rows=14, help_text=_("In Markdown."))
    minutes = forms.IntegerField(label=_("minutes"), min_value=1, max_value=600)
    is_required = forms.BooleanField(label=_("required"), required=False, initial=True)

    def fields_given(self) -> LessonFields:
        return LessonFields(**self.cleaned_data)


class MaterialForm(Form):
    title = forms.CharField(label=_("title"), max_length=80)
    file = UploadField(label=_("File"), purpose=MATERIAL)
