"""What operators write: gates, prizes handed over, and moves of deposits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue import rules
from matchmaking.catalogue.fields import GateFields, MoveFields
from matchmaking.catalogue.models import Product
from matchmaking.catalogue.states import GateEffect, MoveKind
from portal.conduct.models import Case
from portal.core.forms import DateField, Form, MoneyField, show_flaws
from portal.parties.models import Party
from portal.parties.states import PartyKind

OUT = [(kind.value, kind.label) for kind in (MoveKind.REFUND, MoveKind.PENALTY)]


class GateForm(Form):
    effect = forms.ChoiceField(label=_("May not"), choices=GateEffect.choices)
    least_score = forms.DecimalField(
        label=_("Least score"),
        min_value=0,
        max_value=5,
        decimal_places=2,
        required=False,
        help_text=_("From 0.01 to 5. Not rated yet is never below it."),
    )
    product = forms.ModelChoiceField(
        Product.objects.all(), label=_("Or one product"), required=False, widget=forms.NumberInput
    )
    starts_on = DateField(label=_("From"))
    reason = forms.CharField(label=_("Reason, shown to the merchant"), max_length=300)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_gate(self.gate_fields()), {})
        return data

    def gate_fields(self) -> GateFields:
        data = self.cleaned_data
        score, product = data["least_score"], data["product"]
        return GateFields(
            effect=data["effect"],
            reason=data["reason"],
            starts_on=data["starts_on"],
            least_score=None if score is None else int(score * 100),
            product_id=product.pk if product else None,
        )


class MoveForm(Form):
    creator = forms.ModelChoiceField(
        Party.objects.filter(kind=PartyKind.CREATOR),
        label=_("Number of the creator"),
        widget=forms.NumberInput,
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=OUT)
    amount = MoneyField(label=_("Amount (¥)"))
    case = forms.ModelChoiceField(
        Case.objects.all(),
        label=_("Number of the case of conduct"),
        required=False,
        widget=forms.NumberInput,
        help_text=_("A penalty follows a case, where the creator is heard and appeals."),
    )
    why = forms.CharField(label=_("Why; the creator reads it"), max_length=300)

    def move_fields(self) -> MoveFields:
        data = self.cleaned_data
        case = data["case"]
        return MoveFields(data["kind"], data["amount"], data["why"], case.pk if case else None)


class NoteForm(Form):
    note = forms.CharField(label=_("In words; the other side reads it"), max_length=200)
