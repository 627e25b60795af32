"""The field for an upload. It says what is taken and checks the file before the form is accepted.

    licence = UploadField("party.licence", label=_("Business licence"))

The clean value is the upload; the service hands it to `store_file`, which checks it again.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy

from portal.core.files.checks import check_upload
from portal.core.files.purposes import Purpose, purpose_named
from portal.core.verdict import Refused


class UploadField(forms.FileField):
    widget = forms.FileInput

    def __init__(self, purpose: str, **options: Any) -> None:
        self.purpose_name = purpose
        # Purposes are registered after some forms are read.
        options.setdefault("help_text", lazy(lambda: purpose_named(purpose).hint, str)())
        super().__init__(**options)

    @property
    def purpose(self) -> Purpose:
        return purpose_named(self.purpose_name)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {
            "accept": lazy(lambda: purpose_named(self.purpose_name).accept, str)()
        }

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if data:
            try:
                check_upload(data, self.purpose)
            except Refused as refused:
                raise forms.ValidationError(str(refused.verdict.reason)) from refused
        return upload
