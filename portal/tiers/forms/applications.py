"""The shape of an application, an objection, and of their answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.files import UploadField
from portal.core.forms import Form, MoneyField, show_flaws
from portal.tiers import rules
from portal.tiers.fields import Accepted, AppealFields, ApplicationFields
from portal.tiers.files import EVIDENCE

PAPERS = ("paper_1", "paper_2", "paper_3")
NAMES = {"evidence": "paper_1", "more_net_fen": "more_net"}


class PapersForm(Form):
    """Up to three files."""

    paper_1 = UploadField(EVIDENCE, label=_("Evidence"), required=False)
    paper_2 = UploadField(EVIDENCE, label=_("More evidence"), required=False)
    paper_3 = UploadField(EVIDENCE, label=_("More evidence"), required=False)

    def papers(self) -> list[UploadedFile]:
        return [self.cleaned_data[name] for name in PAPERS if self.cleaned_data.get(name)]

    def paper_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in PAPERS]


class ApplicationForm(PapersForm):
    """What the feed lacks, if anything; the known numbers go with it."""

    more_creators = forms.IntegerField(
        label=_("Active creators that are not counted"), min_value=0, required=False
    )
    more_net = MoneyField(label=_("Settled net GMV that is not counted (¥)"), required=False)
    note = forms.CharField(
        label=_("What the feed lacks"),
        max_length=rules.MOST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Which creators or orders, of which days, and why they are missing."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_application(self.application_fields()), NAMES)
        return data

    def application_fields(self) -> ApplicationFields:
        data = self.cleaned_data
        return ApplicationFields(
            note=data["note"],
            more_creators=data["more_creators"] or 0,
            more_net_fen=data["more_net"] or 0,
            evidence=self.papers(),
        )


class AppealForm(PapersForm):
    text = forms.CharField(
        label=pgettext_lazy("objection", "What is wrong"),
        max_length=rules.MOST_NOTE,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Name the number, what it says, and what it should say."),
    )

    field_order = ("text", *PAPERS)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_appeal(self.appeal_fields()), NAMES)
        return data

    def appeal_fields(self) -> AppealFields:
        return AppealFields(text=self.cleaned_data["text"], evidence=self.papers())


class AcceptedForm(forms.Form):
    """How much of the evidence counts, and the sentence that the agency reads."""

    creators = forms.IntegerField(
        label=_("Creators that count by the evidence"), min_value=0, required=False
    )
    net = MoneyField(label=_("GMV that counts by the evidence (¥)"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=rules.MOST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The agency reads this sentence."),
    )

    def accepted(self) -> Accepted:
        data = self.cleaned_data
        return Accepted(creators=data["creators"] or 0, net_fen=data["net"] or 0)


class AnswerForm(AcceptedForm):
    """To an application."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("grant", _("Grant the star")), ("refuse", _("Refuse"))],
        widget=forms.RadioSelect,
    )
    field_order = ("decision", "creators", "net", "reason")


class DecisionForm(AcceptedForm):
    """On an objection."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("grant", _("The agency is right")), ("uphold", _("The result stands"))],
        widget=forms.RadioSelect,
    )
    field_order = ("decision", "creators", "net", "reason")
