"""The shape of an application, of other terms for it, and of a no."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models import Product
from matchmaking.recruiting import rules
from matchmaking.recruiting.fields import ApplicationFields, OfferFields
from matchmaking.recruiting.models import Application, Post
from matchmaking.recruiting.states import REJECT_REASONS, Decision, WithdrawReason
from portal.core.forms import Form, PercentField, show_flaws

NAMES = {"commission_bp": "commission"}


class TermsForm(Form):
    commission = PercentField(label=_("Commission (%)"))
    samples = forms.IntegerField(
        label=_("Samples"), min_value=0, max_value=rules.MOST_SAMPLES, required=False
    )
    note = forms.CharField(label=_("A word with it"), max_length=300, required=False)


class ApplicationForm(TermsForm):
    product = forms.ModelChoiceField(Product.objects.none(), label=_("Product"))
    is_exclusive = forms.BooleanField(
        label=_("We promise that nobody else sells it meanwhile"), required=False
    )

    def __init__(self, products: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["product"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - declared above
        choice.queryset = products

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_offer(self.application_fields()), NAMES)
        return data

    def application_fields(self) -> ApplicationFields:
        data = self.cleaned_data
        return ApplicationFields(
            commission_bp=data["commission"] or 0,
            samples=data["samples"] or 0,
            is_exclusive=data["is_exclusive"],
            note=data["note"],
        )


class OfferForm(TermsForm):
    """Other terms for what stands."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def offer_fields(self) -> OfferFields:
        data = self.cleaned_data
        return OfferFields(
            commission_bp=data["commission"] or 0,
            samples=data["samples"] or 0,
            note=data["note"],
        )


class ReasonForm(Form):
    """Why not: one of the published reasons, and a sentence if one likes."""

    reason = forms.ChoiceField(label=_("Reason"))
    note = forms.CharField(label=_("In words"), max_length=300, required=False)

    def __init__(self, reasons: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a reason")), *((r.value, r.label) for r in reasons)]
        self.fields["reason"] = forms.ChoiceField(label=_("Reason"), choices=choices)


class DecisionForm(Form):
    """What is done with all that were picked; a no carries its reason."""

    decision = forms.ChoiceField(choices=Decision.choices)
    reason = forms.ChoiceField(
        label=_("Reason"),
        required=False,
        choices=[("", _("Choose a reason")), *((r.value, r.label) for r in REJECT_REASONS)],
    )
    note = forms.CharField(label=_("In words"), max_length=300, required=False)


def initial_of_application(post: Post, product: Product) -> dict[str, Any]:
    """What the post asks for, where the product's public plan has less."""
    return {
        "product": product.pk,
        "commission": max(product.commission_bp, post.commission_least_bp),
        "samples": post.samples_wanted if product.sends_samples else 0,
    }


def initial_of_offer(application: Application) -> dict[str, Any]:
    return {
        "commission": application.commission_bp,
        "samples": application.samples,
        "version": application.version,
    }


def rejection_form(data: Any = None) -> ReasonForm:
    return ReasonForm(REJECT_REASONS, data)


def withdrawal_form(data: Any = None) -> ReasonForm:
    return ReasonForm(list(WithdrawReason), data)
