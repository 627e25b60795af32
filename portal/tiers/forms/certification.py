"""The shapes of an application for the mark, of what is said about it, and of its rounds."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.files import UploadField
from portal.core.forms import DateField, Form, MoneyField, show_flaws
from portal.policies.states import DatedStatus
from portal.tiers import rules
from portal.tiers.certification_fields import (
    ApplyingFields,
    CheckFields,
    MethodFields,
    ObjectionFields,
    PaperFields,
    ReviewFields,
    RoundFields,
)
from portal.tiers.certification_states import (
    MOST_PLACES,
    CertificationStatus,
    PaperKind,
    PapersAnswer,
    ReviewVerdict,
)
from portal.tiers.files import CERTIFICATION
from portal.tiers.models import CertificationApplication, CertificationMethod, CertificationRound
from portal.tiers.states import Stars

PAPERS = ("paper_1", "paper_2", "paper_3")


class ApplyingForm(Form):
    """May stay empty while it is a draft."""

    strengths = forms.CharField(
        label=_("What you do for your creators"),
        max_length=rules.MOST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "How you pick, train and look after them; who brings newcomers up, and how. "
            "A draft may leave it empty."
        ),
    )
    cases = forms.CharField(
        label=_("Cases of the year"),
        max_length=rules.MOST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Two or three with brand, creator and result."),
    )

    def applying_fields(self) -> ApplyingFields:
        return ApplyingFields(**self.cleaned_data)


class PaperForm(Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=PaperKind.choices)
    file = UploadField(CERTIFICATION, label=_("File"))
    expires_on = DateField(label=_("Last day it holds"), required=False)

    def __init__(self, *args: Any, of: CertificationApplication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_paper(self.of, self.paper_fields()), {})
        return data

    def paper_fields(self) -> PaperFields:
        return PaperFields(**self.cleaned_data)


class CheckForm(Form):
    """What a look at the documents comes to."""

    answer = forms.ChoiceField(
        label=_("The documents"), choices=PapersAnswer.choices, widget=forms.RadioSelect
    )
    sentence = forms.CharField(
        label=_("To the agency"),
        max_length=rules.MOST_SENTENCE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What is missing, or why it is refused; the agency reads this sentence."),
    )

    def __init__(self, *args: Any, of: CertificationApplication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of.status == CertificationStatus.NEED_INFO:
            answer: Any = self.fields["answer"]
            answer.choices = [(PapersAnswer.REFUSE.value, PapersAnswer.REFUSE.label)]

    def check_fields(self) -> CheckFields:
        data = self.cleaned_data
        return CheckFields(PapersAnswer(data["answer"]), data["sentence"])


class ReviewForm(Form):
    verdict = forms.ChoiceField(
        label=_("Your verdict"), choices=ReviewVerdict.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=rules.MOST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("If it is refused, the agency reads this. No other reviewer does before."),
    )

    def review_fields(self) -> ReviewFields:
        data = self.cleaned_data
        return ReviewFields(ReviewVerdict(data["verdict"]), data["reason"])


class ObjectionForm(Form):
    text = forms.CharField(
        label=pgettext_lazy("objection", "What is wrong"),
        max_length=rules.MOST_NOTE,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Name the reason you object to, and what is right."),
    )
    paper_1 = UploadField(CERTIFICATION, label=_("Evidence"), required=False)
    paper_2 = UploadField(CERTIFICATION, label=_("More evidence"), required=False)
    paper_3 = UploadField(CERTIFICATION, label=_("More evidence"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            flaws = rules.flaws_of_objection(self.objection_fields())
            show_flaws(self, flaws, {"evidence": "paper_1"})
        return data

    def objection_fields(self) -> ObjectionFields:
        data = self.cleaned_data
        return ObjectionFields(data["text"], [data[name] for name in PAPERS if data.get(name)])

    def paper_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in PAPERS]


class ObjectionAnswerForm(Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("grant", _("The agency is right")), ("uphold", _("The refusal stands"))],
        widget=forms.RadioSelect,
    )
    sentence = forms.CharField(
        label=_("Reason"),
        max_length=rules.MOST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The agency reads this sentence."),
    )


class MarkEndForm(Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=rules.MOST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The agency reads this sentence."),
    )


class RoundForm(Form):
    year = forms.IntegerField(label=_("Year of the mark"), min_value=2000, max_value=2200)
    opens_on = DateField(label=_("Opens on"))
    closes_on = DateField(label=_("Last day to apply"))
    publishes_on = DateField(label=_("Results published on"))
    valid_until = DateField(label=_("The mark holds until the end of"))
    last_year = forms.IntegerField(label=_("Judged by four quarters up to: year"), min_value=2000)
    last_quarter = forms.TypedChoiceField(
        label=_("Judged by four quarters up to: quarter"),
        choices=[(n, f"Q{n}") for n in range(1, 5)],
        coerce=int,
    )
    method = forms.ModelChoiceField(label=_("Method"), queryset=CertificationMethod.objects.none())
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=MOST_PLACES)
    least_stars = forms.TypedChoiceField(
        label=_("Stars, at least"), choices=Stars.choices, coerce=int
    )
    least_days = forms.IntegerField(label=_("Days since verified, at least"), min_value=0)
    newcomer_fen = MoneyField(label=_("A newcomer is brought up from a net GMV of (¥)"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        methods: Any = self.fields["method"]
        methods.queryset = CertificationMethod.objects.filter(status=DatedStatus.APPROVED)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            flaws = rules.flaws_of_certification_round(self.round_fields(), data["method"])
            show_flaws(self, flaws, {})
        return data

    def round_fields(self) -> RoundFields:
        data = self.cleaned_data
        return RoundFields(**(data | {"method": data["method"].pk}))


def initial_of_round(round_: CertificationRound | None) -> dict[str, Any]:
    if round_ is None:
        return {"places": MOST_PLACES, "least_stars": 4, "least_days": 365}
    return {name: getattr(round_, name) for name in RoundForm.base_fields}


class MethodForm(Form):
    document = forms.CharField(
        label=_("Document (JSON)"), widget=forms.Textarea(attrs={"rows": 30, "class": "mono"})
    )
    source = forms.CharField(label=_("Where it is from"), max_length=200)

    def clean_document(self) -> dict[str, Any]:
        try:
            document = json.loads(self.cleaned_data["document"])
        except ValueError as error:
            raise forms.ValidationError(_("This is no JSON: %s") % error) from error
        if not isinstance(document, dict):
            raise forms.ValidationError(_("An object is asked for: { … }."))
        return document

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            for flaw in rules.flaws_of_certification_method(self.method_fields()):
                place = "" if flaw.field in self.fields else f"{flaw.field}: "
                name = flaw.field if flaw.field in self.fields else "document"
                self.add_error(name, f"{place}{flaw.sentence}")
        return data

    def method_fields(self) -> MethodFields:
        return MethodFields(**self.cleaned_data)
