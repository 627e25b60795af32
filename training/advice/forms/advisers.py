"""An adviser, and hours as somebody plans them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form, show_flaws
from portal.parties.models import Party, User
from portal.parties.states import PartyKind
from training.advice import rules, states
from training.advice.fields import AdviserFields, SlotFields
from training.advice.models import Adviser
from training.advice.states import AdviceTopic


class AdviserForm(Form):
    """Login and party are found by what people know of them: mail, and number."""

    name = forms.CharField(label=_("Name"), max_length=40)
    title_zh = forms.CharField(label=_("Who they are, in Chinese"), max_length=60)
    title_en = forms.CharField(label=_("Who they are, in English"), max_length=90)
    bio_zh = forms.CharField(
        label=_("Chinese text"), max_length=1500, widget=forms.Textarea(attrs={"rows": 5})
    )
    bio_en = forms.CharField(
        label=_("English text"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5})
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"), choices=AdviceTopic.choices, widget=forms.CheckboxSelectMultiple
    )
    audience = forms.MultipleChoiceField(
        label=_("Advises"),
        choices=PartyKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen is everybody."),
    )
    login = forms.EmailField(
        label=_("Mail of their login"),
        required=False,
        help_text=_("With it they see their bookings and write notes themselves."),
    )
    party = forms.IntegerField(
        label=_("Number of the party they work at"),
        required=False,
        min_value=1,
        max_value=2**31,
        help_text=_("Nobody of that party can book them."),
    )

    def __init__(self, *args: Any, adviser: Adviser | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.adviser = adviser

    def clean_login(self) -> int | None:
        mail = self.cleaned_data["login"]
        if not mail:
            return None
        found = User.objects.filter(email__iexact=mail, is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("Nobody signs in with this."))
        return found.pk

    def clean_party(self) -> int | None:
        key: int | None = self.cleaned_data["party"]
        if key is not None and not Party.objects.filter(pk=key).exists():
            raise forms.ValidationError(_("There is no such party."))
        return key

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            flaws = rules.flaws_of_adviser(self.fields_given(), self.adviser)
            show_flaws(self, flaws, {"user": "login"})
        return data

    def fields_given(self) -> AdviserFields:
        data = dict(self.cleaned_data)
        user, party = data.pop("login"), data.pop("party")
        for name in ("topics", "audience"):
            data[name] = tuple(data[name])
        return AdviserFields(**data, user_id=user, party_id=party)


class SlotForm(Form):
    starts_on = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    starts_at = forms.TimeField(label=_("Begins"), widget=forms.TimeInput(attrs={"type": "time"}))
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=states.MINUTES[0], max_value=states.MINUTES[1], initial=45
    )
    weeks = forms.IntegerField(
        label=_("Weeks"),
        min_value=1,
        max_value=states.MOST_WEEKS,
        initial=1,
        help_text=_("1 is a single hour; more is the same hour of each week."),
    )
    place = forms.CharField(
        label=_("Link or room"),
        max_length=200,
        help_text=_("Shown to who booked the hour, and to nobody else."),
    )
    skips_holidays = forms.BooleanField(
        label=_("Leave out days that are free of work"), required=False, initial=True
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_slots(self.fields_given()), {})
        return data

    def fields_given(self) -> SlotFields:
        return SlotFields(**self.cleaned_data)


class ReasonForm(Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)
