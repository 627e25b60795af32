"""Starting, trying and replacing snapshots."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.forms import DateField, Form
from portal.evaluation.calendar import last_month_end
from portal.evaluation.models import Method
from portal.evaluation.states import MethodStatus, SnapshotKind

STARTED = (SnapshotKind.PREVIEW, SnapshotKind.OFFICIAL)  # the others come with something


class SnapshotForm(Form):
    method = forms.ModelChoiceField(
        Method.objects.filter(status=MethodStatus.IN_FORCE), label=_("Method")
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(kind.value, kind.label) for kind in STARTED]
    )
    period = forms.CharField(
        label=_("Period"), max_length=10, help_text=_("2026-09, or 2026-Q3 for an official one.")
    )
    ends_on = DateField(label=_("As of the end of"))


class MethodTrialForm(Form):
    ends_on = DateField(label=_("As of the end of"))

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("initial", {"ends_on": last_month_end(clock.today())})
        super().__init__(*args, **options)
