"""The shape of a plan. Creators are named by the numbers in the addresses of their pages."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue import rules
from matchmaking.catalogue.fields import PlanFields
from matchmaking.catalogue.states import PlanKind
from portal.core.forms import DateField, Form, PercentField, show_flaws
from portal.parties.models import Party

ONE_DAY = timedelta(days=1)
NAMES = {"commission_bp": "commission", "creator_ids": "creators"}


class PlanForm(Form):
    kind = forms.ChoiceField(label=_("For"), choices=PlanKind.choices)
    commission = PercentField(label=_("Commission"))
    starts_on = DateField(label=_("First day"), help_text=_("Tomorrow at the earliest."))
    last_day = DateField(
        label=_("Last day"), required=False, help_text=_("Empty: until it is changed.")
    )
    creators = forms.CharField(
        label=_("Creators"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For chosen creators: their names or numbers, one a line."),
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, merchant: Party, data: Any = None) -> None:
        super().__init__(data)
        self.merchant = merchant

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            self.ids = self._ids(data["creators"])
        if not self.errors:
            show_flaws(self, rules.plan_is_sound(self.plan_fields(), self.merchant).flaws, NAMES)
        return data

    def plan_fields(self) -> PlanFields:
        data = self.cleaned_data
        last = data["last_day"]
        return PlanFields(
            kind=data["kind"],
            commission_bp=data["commission"],
            starts_on=data["starts_on"],
            ends_on=last + ONE_DAY if last else None,
            creator_ids=self.ids,
            note=data["note"],
        )

    def _ids(self, text: str) -> list[int]:
        """The creators somebody named; a name that several have is asked for by its number."""
        words = [word.strip() for word in re.split(r"[\n,，、;；]+", text) if word.strip()]
        nameable = rules.nameable(self.merchant)
        by_name: dict[str, list[int]] = {}
        for pk, name in nameable.filter(name__in=words).values_list("pk", "name"):
            by_name.setdefault(name, []).append(pk)
        found = []
        for word in words:
            if word.isdecimal() and len(word) < 19:
                found.append(int(word))
            elif len(by_name.get(word, ())) == 1:
                found += by_name[word]
            else:
                sentence = _("“%(name)s”: nobody can be named so here, or several have this name.")
                self.add_error("creators", str(sentence) % {"name": word[:40]})
        return found
