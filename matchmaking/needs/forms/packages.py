"""The shape of a package, and of ordering one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.forms import FORM_NAMES, LadderForm, initial_of_ladder
from matchmaking.needs import rules
from matchmaking.needs.fields import ServiceOfferFields
from matchmaking.needs.models import ServiceOffer
from portal.core.forms import Form, show_flaws
from portal.parties.models import Party, ServiceType
from portal.parties.states import PartyKind

PLAIN = (
    *("title", "scope", "service_level"),
    *("term_months", "lead_days", "answer_hours", "most_open"),
)


class ServiceOfferForm(LadderForm):
    title = forms.CharField(label=_("Title"), max_length=60)
    scope = forms.CharField(
        label=_("Scope"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What is done, what is not, and what the merchant brings."),
    )
    service_level = forms.CharField(
        label=_("Service level"),
        max_length=rules.MOST_LEVEL,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "What you answer for: how soon, how often, how well. It becomes a term of the"
            " cooperation."
        ),
    )
    services = forms.ModelMultipleChoiceField(
        ServiceType.objects.all(),
        label=_("Services"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    term_months = forms.IntegerField(label=_("Length (months)"), min_value=1, max_value=36)
    lead_days = forms.IntegerField(
        label=_("Starts after (days)"), min_value=0, max_value=rules.MOST_LEAD, initial=7
    )
    answer_hours = forms.IntegerField(
        label=_("Answers an order within (working hours)"),
        min_value=1,
        max_value=rules.MOST_HOURS,
        initial=9,
        help_text=_("Nine to six, Monday to Friday. An order nobody answers ends."),
    )
    most_open = forms.IntegerField(
        label=_("Orders at once"), min_value=1, max_value=rules.MOST_AT_ONCE, initial=5
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, provider: Party, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.provider = provider
        if provider.kind != PartyKind.PROVIDER:
            del self.fields["services"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors:
            flaws = rules.flaws_of_service_offer(self.service_offer_fields(), self.provider.kind)
            show_flaws(self, flaws, FORM_NAMES | {"service_ids": "services"})
        return data

    def service_offer_fields(self) -> ServiceOfferFields:
        data = self.cleaned_data
        return ServiceOfferFields(
            service_ids=[service.pk for service in data.get("services", ())],
            **{name: data[name] for name in PLAIN},
            **self.ladder_fields(),
        )


class OrderForm(Form):
    note = forms.CharField(
        label=_("What the provider should know"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your shop and the goods, for example. Empty: the scope as it stands."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


def initial_of_service_offer(offer: ServiceOffer) -> dict[str, Any]:
    return {
        **{name: getattr(offer, name) for name in (*PLAIN, "version")},
        "services": offer.services.all(),
        **initial_of_ladder(offer),
    }
