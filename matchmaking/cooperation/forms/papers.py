"""What is printed on a paper."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form

DIGEST = re.compile(r"[0-9a-f]{64}")


class DigestForm(Form):
    digest = forms.CharField(
        label=_("SHA-256 on the paper"),
        max_length=200,
        help_text=_("64 digits and letters from a to f; spaces do not matter."),
    )

    def clean_digest(self) -> str:
        found = re.sub(r"\s", "", self.cleaned_data["digest"]).lower()
        if not DIGEST.fullmatch(found):
            raise forms.ValidationError(_("A SHA-256 has 64 digits and letters from a to f."))
        return found
