"""A chapter as operators write it, and what they say of a new version."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form, show_flaws
from portal.parties.states import PartyKind
from training.advice import rules
from training.advice.fields import ChapterFields

MARKDOWN = _("Markdown: ## heading, - point, **bold**, [words](/address/), tables.")


class ChapterForm(Form):
    """`with_code`: of a new chapter; later its address stays."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("The last part of its address: small letters, digits and hyphens."),
    )
    title_zh = forms.CharField(label=_("Chinese title"), max_length=60)
    title_en = forms.CharField(label=_("English title"), max_length=90)
    summary_zh = forms.CharField(label=_("Chinese summary"), max_length=160)
    summary_en = forms.CharField(label=_("English summary"), max_length=240)
    text_zh = forms.CharField(
        label=_("Chinese text"), widget=forms.Textarea(attrs={"rows": 18}), help_text=MARKDOWN
    )
    text_en = forms.CharField(
        label=_("English text"), widget=forms.Textarea(attrs={"rows": 18}), help_text=MARKDOWN
    )
    audience = forms.MultipleChoiceField(
        label=_("Written for"),
        choices=PartyKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen is everybody."),
    )

    def __init__(self, *args: Any, with_code: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_code:
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_chapter(self.fields_given()), {})
            if "code" in self.fields:
                show_flaws(self, rules.flaws_of_code(data["code"]), {})
        return data

    def fields_given(self) -> ChapterFields:
        data = {name: value for name, value in self.cleaned_data.items() if name != "code"}
        return ChapterFields(**(data | {"audience": tuple(data["audience"])}))


class ChangesForm(Form):
    """What readers of the version before are told; the first version needs none."""

    changes_zh = forms.CharField(label=_("What is new, in Chinese"), max_length=200, required=False)
    changes_en = forms.CharField(label=_("What is new, in English"), max_length=300, required=False)
