"""A method as an operator writes it: two JSON documents, each fault beside its place."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form
from portal.core.verdict import Flaw
from portal.evaluation import rules
from portal.evaluation.documents import LONGEST_CHANGE, MethodFields
from portal.evaluation.models import Method

LONGEST = 200_000  # characters of a document
MOMENT = "%Y-%m-%dT%H:%M"


class DocumentField(forms.CharField):
    """JSON that is one object; its text stays as it was typed until it is right."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(
            attrs={"rows": 24, "class": "vLargeTextField", "spellcheck": "false"}
        )
        super().__init__(max_length=LONGEST, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            found = json.loads(text, parse_constant=_refuse)
        except json.JSONDecodeError as error:
            said = {"line": error.lineno, "column": error.colno}
            sentence = _("No JSON from line %(line)s, column %(column)s on.")
            raise forms.ValidationError(sentence % said) from error
        except (RecursionError, ValueError) as error:
            raise forms.ValidationError(_("This is no JSON.")) from error
        if not isinstance(found, dict):
            raise forms.ValidationError(_("This must be an object."))
        return found


class MethodForm(Form):
    document = DocumentField(
        label=_("Document"), help_text=_("The file of manage.py evaluate, word for word.")
    )
    gathering = DocumentField(
        label=_("How facts are gathered"),
        help_text=_("Measure, fold and window of each indicator; thresholds against gaming."),
    )
    change_zh = forms.CharField(
        label=_("What changes (Chinese)"),
        required=False,
        max_length=LONGEST_CHANGE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    change_en = forms.CharField(
        label=_("What changes (English)"),
        required=False,
        max_length=LONGEST_CHANGE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            for flaw in rules.method_is_sound(self.method_fields()).flaws:
                self._show(flaw)
        return cleaned

    def method_fields(self) -> MethodFields:
        return MethodFields(**self.cleaned_data)

    def _show(self, flaw: Flaw) -> None:
        """`document.dimensions[0].weight` stands beside the document, with its place."""
        name, dot, place = flaw.field.partition(".")
        self.add_error(
            name, f"{dot and '$.'}{place} — {flaw.sentence}" if place else str(flaw.sentence)
        )


class AnnouncementForm(Form):
    comes_into_force_at = forms.DateTimeField(
        label=_("Comes into force at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        input_formats=(MOMENT, "%Y-%m-%d %H:%M"),
        help_text=_("15 days from now, or later."),
    )


class WhyForm(Form):
    why = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("It is written down with the change.")
    )


def initial_of_method(method: Method) -> dict[str, str]:
    return {
        "document": _text(method.document),
        "gathering": _text(method.gathering),
        "change_zh": method.change_zh,
        "change_en": method.change_en,
    }


def initial_of_next(last: MethodFields) -> dict[str, str]:
    """A draft to start from."""
    return {"document": _text(last.document), "gathering": _text(last.gathering)}


def _text(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1)


def _refuse(constant: str) -> float:
    raise ValueError(constant)
