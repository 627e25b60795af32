"""Rules of growth as one form: five floors of each line, and a row for each size and band."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import DateField, Form, MoneyField, show_flaws
from portal.growth import rules
from portal.growth.engine import MOST_LEVELS
from portal.growth.fields import RulesFields
from portal.growth.models import GrowthRules
from portal.growth.states import BANDS, IN_FEN, Level, ProviderBenefit, Size
from portal.rewards.states import Line

LEVELS = range(1, MOST_LEVELS + 1)


class RulesForm(Form):
    starts_on = DateField(label=_("From"))
    source = forms.CharField(label=_("Where it is from"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in Line:
            for level in LEVELS:
                self._add_floor(line, level)
        for size in Size:
            for band in BANDS:
                for kind in ProviderBenefit:
                    self.fields[f"{kind.value}_{size.value}_{band.value}"] = forms.IntegerField(
                        label=f"{size.label} · {band.label} · {kind.label}",
                        min_value=0,
                        required=False,
                    )

    def _add_floor(self, line: Line, level: int) -> None:
        label = f"{line.label} · {Level(level).label}"
        field: forms.Field = (
            MoneyField(label=f"{label} (¥)")
            if line in IN_FEN
            else forms.IntegerField(label=label, min_value=1)
        )
        self.fields[f"{line.value}_{level}"] = field

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
            ladders={
                line.value: [data[f"{line.value}_{level}"] for level in LEVELS] for line in Line
            },
            benefits={
                (size.value, band.value, kind.value): amount
                for size in Size
                for band in BANDS
                for kind in ProviderBenefit
                if (amount := data[f"{kind.value}_{size.value}_{band.value}"])
            },
        )


def initial_of_rules(held: GrowthRules) -> dict[str, Any]:
    """The rules of today, to start from."""
    found: dict[str, Any] = {f"{r.line}_{r.level}": r.floor for r in held.rungs.all()}
    return found | {f"{b.kind}_{b.size}_{b.band}": b.amount for b in held.benefits.all()}
