"""The shape of what is said of a shop's opening day."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.core.files import UploadField
from portal.core.forms import DateField, Form, show_flaws
from portal.parties import rules
from portal.parties.files import ACCOUNT_PROOF


class OpeningForm(Form):
    """The day, and the picture that shows it."""

    opened_on = DateField(label=_("Opened on"))
    screenshot = UploadField(
        ACCOUNT_PROOF,
        label=_("Screenshot of the back office"),
        help_text=_("With the number of the shop and the day it was opened."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "opened_on" in data:
            show_flaws(self, rules.flaws_of_opening(data["opened_on"]), {})
        return data
