"""The table of stars as one form: a row of fields for each star."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import DateField, Form, MoneyField, show_flaws
from portal.tiers import rules
from portal.tiers.engine import MOST_STARS
from portal.tiers.fields import RulesFields, RungFields
from portal.tiers.models import StarRuleSet
from portal.tiers.services.ruleset import PLAIN
from portal.tiers.states import BenefitKind, Stars

COUNTS = ("least_days", "selling_days", "within_days", "least_orders", "freeze_days")
LABELS = {
    "least_days": _("Days since verified, at least"),
    "selling_days": _("Selling days of an active creator"),
    "within_days": _("In so many days"),
    "least_orders": _("Settled orders of an active creator"),
    "freeze_days": _("Numbers frozen, days after the quarter"),
}

ASKED = {
    "creators": _("Active creators"),
    "net_fen": _("Settled net GMV a quarter (¥)"),
    "health": _("Health"),
}


class RulesForm(Form):
    """The benefits of the starter have no floors beside them."""

    starts_on = DateField(label=_("For quarters from"))
    source = forms.CharField(label=_("Where it is from"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in COUNTS:
            self.fields[name] = forms.IntegerField(label=LABELS[name], min_value=0, max_value=1_000)
        for stars in range(MOST_STARS + 1):
            self._add_star(stars)

    def _add_star(self, stars: int) -> None:
        label = Stars(stars).label
        if stars:
            self.fields[f"creators_{stars}"] = forms.IntegerField(
                label=f"{label} · {ASKED['creators']}", min_value=0
            )
            self.fields[f"net_fen_{stars}"] = MoneyField(label=f"{label} · {ASKED['net_fen']}")
            self.fields[f"health_{stars}"] = forms.DecimalField(
                label=f"{label} · {ASKED['health']}", min_value=0, max_value=100, decimal_places=2
            )
        for kind in BenefitKind:
            self.fields[f"{kind.value}_{stars}"] = forms.IntegerField(
                label=f"{label} · {kind.label}", min_value=0, required=False
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_rules(self.rules_fields()), {})
        return data

    def rules_fields(self) -> RulesFields:
        data = self.cleaned_data
        return RulesFields(
            starts_on=data["starts_on"],
            source=data["source"],
            **{name: data[name] for name in COUNTS},
            rungs=[
                RungFields(
                    data[f"creators_{stars}"],
                    data[f"net_fen_{stars}"],
                    int(data[f"health_{stars}"] * 100),
                )
                for stars in range(1, MOST_STARS + 1)
            ],
            benefits={
                (stars, kind.value): amount
                for stars in range(MOST_STARS + 1)
                for kind in BenefitKind
                if (amount := data[f"{kind.value}_{stars}"])
            },
        )


def initial_of_rules(held: StarRuleSet) -> dict[str, Any]:
    """The rules of today, to start from."""
    found: dict[str, Any] = {name: getattr(held, name) for name in PLAIN if name in COUNTS}
    for rung in held.rungs.all():
        found[f"creators_{rung.stars}"] = rung.creators
        found[f"net_fen_{rung.stars}"] = rung.net_fen
        found[f"health_{rung.stars}"] = Decimal(rung.health) / 100
    for benefit in held.benefits.all():
        found[f"{benefit.kind}_{benefit.stars}"] = benefit.amount
    return found
