"""Whom a party names to sign for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.forms import DateField, Form, MoneyField, PercentField, show_flaws
from portal.parties.models import Membership, Party
from portal.parties.states import Role
from portal.revenue import rules
from portal.revenue.fields import PowerFields
from portal.revenue.states import PaperRole

NAMES = {"person_id": "person", "ends_on": "last_day"}


class PowerForm(Form):
    person = forms.TypedChoiceField(label=_("Who"), coerce=int)
    papers = forms.MultipleChoiceField(
        label=_("Agreements about"),
        choices=PaperRole.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked: all of them."),
    )
    most_bp = PercentField(
        label=_("At most of an order (%)"),
        required=False,
        help_text=_("All shares of a paper together; empty for no limit."),
    )
    most_fen = MoneyField(
        label=_("Fixed sums at most (¥)"),
        required=False,
        help_text=_("Bills, guarantees and sums of a line together; empty for no limit."),
    )
    may_seal = forms.BooleanField(label=_("May seal, too"), required=False)
    starts_on = DateField(label=_("First day"))
    last_day = DateField(label=_("Last day"), required=False, help_text=_("Empty for an open end."))
    letter = forms.CharField(
        label=_("Number of the letter of authority"), max_length=rules.MOST_LETTER, required=False
    )

    def __init__(self, party: Party, data: Any = None) -> None:
        super().__init__(data, initial={"starts_on": clock.today()})
        self.party = party
        person = self.fields["person"]
        assert isinstance(person, forms.ChoiceField)  # noqa: S101 - declared above
        members = Membership.objects.filter(party=party).exclude(role=Role.OWNER)
        person.choices = [
            (one.user_id, f"{one.user} · {one.get_role_display()}")
            for one in members.select_related("user").order_by("pk")
        ]

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            show_flaws(self, rules.flaws_of_power(self.party, self.power()), NAMES)
        return self.cleaned_data

    def power(self) -> PowerFields:
        said = self.cleaned_data
        last = said["last_day"]
        return PowerFields(
            person_id=said["person"],
            papers=said["papers"],
            most_bp=said["most_bp"],
            most_fen=said["most_fen"],
            may_seal=said["may_seal"],
            starts_on=said["starts_on"],
            ends_on=last + timedelta(days=1) if last else None,
            letter=said["letter"],
        )
