"""What a creator reports of itself: figures, and how its audience and sales fall into parts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.activity import rules
from portal.activity.fields import FIGURES, DistributionFields, FiguresFields
from portal.core import clock
from portal.core.forms import DateField, Form, MoneyField, PercentField, show_flaws

NAMES = {
    "gpm_fen": "gpm",
    "average_price_fen": "average_price",
    "commission_bp": "commission",
    "deposit_fen": "deposit",
    "live_minutes": "live_hours",
}


class FiguresForm(Form):
    """As the creator says; leave empty what is not known."""

    day = DateField(label=_("As of"))
    videos = forms.IntegerField(
        label=_("Videos in all"), min_value=0, max_value=FIGURES["videos"], required=False
    )
    average_views = forms.IntegerField(
        label=_("Average views of a video"),
        min_value=0,
        max_value=FIGURES["average_views"],
        required=False,
        help_text=_("Of the last 30 days."),
    )
    average_viewers = forms.IntegerField(
        label=_("Average viewers of a live room"),
        min_value=0,
        max_value=FIGURES["average_viewers"],
        required=False,
    )
    live_hours = forms.DecimalField(
        label=_("Hours live in 30 days"),
        min_value=0,
        max_value=720,
        max_digits=4,
        decimal_places=1,
        required=False,
    )
    gpm = MoneyField(label=_("GPM (¥)"), required=False, help_text=_("Sales for a thousand views."))
    average_price = MoneyField(label=_("Average price (¥)"), required=False)
    commission = PercentField(label=_("Average commission"), required=False)
    promised = forms.IntegerField(
        label=_("Agreed on in 90 days"),
        min_value=0,
        max_value=FIGURES["promised"],
        required=False,
        help_text=_("Videos and live sessions agreed with merchants."),
    )
    kept = forms.IntegerField(
        label=_("Of these delivered in time"),
        min_value=0,
        max_value=FIGURES["kept"],
        required=False,
    )
    deposit = MoneyField(label=_("Deposit paid (¥)"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_figures(self.figures_fields(0)), NAMES)
        return data

    def figures_fields(self, party_id: int) -> FiguresFields:
        data = self.cleaned_data
        hours = data["live_hours"]
        names = ("day", "videos", "average_views", "average_viewers", "promised", "kept")
        return FiguresFields(
            party_id=party_id,
            **{name: data[name] for name in names},
            live_minutes=None if hours is None else round(hours * 60),
            gpm_fen=data["gpm"],
            average_price_fen=data["average_price"],
            commission_bp=data["commission"],
            deposit_fen=data["deposit"],
        )


class DistributionForm(Form):
    """A percentage for each part."""

    day = DateField(label=_("As of"))
    # Nobody types into it: what is wrong with the parts together is said beside their grid.
    parts = forms.Field(label=_("Parts"), required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.codes = rules.parts_of(kind)
        for code, name in self.codes.items():
            self.fields[f"part_{code}"] = PercentField(label=str(name), required=False)
        self.fields["day"].initial = clock.today()

    def part_fields(self) -> list[forms.BoundField]:
        return [self[f"part_{code}"] for code in self.codes]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            flaws = rules.flaws_of_distribution(self.distribution_fields(0))
            show_flaws(self, flaws, {})
        return data

    def distribution_fields(self, party_id: int) -> DistributionFields:
        data = self.cleaned_data
        parts = {code: data[f"part_{code}"] for code in self.codes if data[f"part_{code}"]}
        return DistributionFields(party_id, self.kind, data["day"], parts)
