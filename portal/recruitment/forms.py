"""The shape of a round and of an application."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from portal.core.files import UploadField
from portal.core.forms import Form, MomentField, MoneyField, show_flaws
from portal.parties.models import Category, ServiceType
from portal.recruitment import rules
from portal.recruitment.fields import ApplicationFields, RoundFields
from portal.recruitment.files import PAPER
from portal.recruitment.models import Round

PAPERS = ("paper_1", "paper_2", "paper_3")
PAPER_LABELS = (_("Paper to show"), _("Another one"), _("Another one"))
FORM_NAMES = {"papers": "paper_1"}


class RoundForm(Form):
    title = forms.CharField(label=_("Title"), max_length=60)
    brief = forms.CharField(
        label=_("What it is about"), max_length=3000, widget=forms.Textarea(attrs={"rows": 8})
    )
    opens_at = MomentField(label=_("Opens at"))
    closes_at = MomentField(label=_("Closes at"))
    services = forms.ModelMultipleChoiceField(
        ServiceType.objects.all(),
        label=_("Services sought"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    categories = forms.ModelMultipleChoiceField(
        Category.objects.filter(parent=None),
        label=_("Categories sought"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    least_share = forms.IntegerField(
        label=_("Least share of these categories (%)"), min_value=0, max_value=100, initial=0
    )
    price_most = MoneyField(label=_("Monthly fee from, at most (¥)"), required=False)
    places = forms.IntegerField(label=_("Places"), min_value=1, required=False)
    questions = forms.CharField(
        label=_("Questions"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line, at most five."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_round(self.round_fields()), {})
        return data

    def round_fields(self) -> RoundFields:
        data = self.cleaned_data
        names = ("title", "brief", "opens_at", "closes_at", "least_share", "places")
        return RoundFields(
            **{name: data[name] for name in names},
            price_most_fen=data["price_most"],
            service_ids=[service.pk for service in data["services"]],
            category_ids=[category.pk for category in data["categories"]],
            questions=[line.strip() for line in data["questions"].splitlines() if line.strip()],
        )


def initial_of_round(round_: Round) -> dict[str, Any]:
    names = ("title", "brief", "opens_at", "closes_at", "least_share", "places")
    return {name: getattr(round_, name) for name in names} | {
        "services": round_.services.all(),
        "categories": round_.categories.all(),
        "price_most": round_.price_most_fen,
        "questions": "\n".join(round_.questions),
    }


class ApplicationForm(Form):
    """Why this provider, the round's questions, and up to three papers."""

    pitch = forms.CharField(
        label=_("Why you"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round_
        for number, question in enumerate(round_.questions):
            self.fields[f"answer_{number}"] = forms.CharField(
                label=question, max_length=600, widget=forms.Textarea(attrs={"rows": 3})
            )
        for name, label in zip(PAPERS, PAPER_LABELS, strict=True):
            self.fields[name] = UploadField(PAPER, label=label, required=False)

    def answer_fields(self) -> list[forms.BoundField]:
        return [self[f"answer_{number}"] for number in range(len(self.round.questions))]

    def paper_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in PAPERS]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            flaws = rules.flaws_of_application(self.round, self.application_fields())
            show_flaws(self, flaws, FORM_NAMES)
        return data

    def application_fields(self) -> ApplicationFields:
        data = self.cleaned_data
        papers: list[UploadedFile] = [data[name] for name in PAPERS if data.get(name)]
        answers = [data[f"answer_{number}"] for number in range(len(self.round.questions))]
        return ApplicationFields(pitch=data["pitch"], answers=answers, papers=papers)
