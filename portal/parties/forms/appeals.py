"""The shape of an appeal."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from portal.core.files import UploadField
from portal.core.forms import Form
from portal.parties.files import APPEAL_EVIDENCE

EVIDENCE = ("evidence_1", "evidence_2", "evidence_3")


class AppealForm(Form):
    text = forms.CharField(
        label=_("What is wrong with the decision"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    evidence_1 = UploadField(APPEAL_EVIDENCE, label=_("Evidence"), required=False)
    evidence_2 = UploadField(APPEAL_EVIDENCE, label=_("More evidence"), required=False)
    evidence_3 = UploadField(APPEAL_EVIDENCE, label=_("More evidence"), required=False)

    def evidence(self) -> list[UploadedFile]:
        return [self.cleaned_data[name] for name in EVIDENCE if self.cleaned_data.get(name)]
