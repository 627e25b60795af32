"""The rows of the editor: parts of an order, and what is added once a month."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form, MoneyField, PercentField
from portal.revenue.engine.agreement import GuaranteeMode, LadderMode
from portal.revenue.states import Side

BANDS = 4
MOST_WEIGHT = 1_000_000
ORDER = "0"  # a part of the order itself


class PartForm(Form):
    """One component. Nothing filled in: no component."""

    code = forms.CharField(label=_("Name of the part"), max_length=30, required=False)
    rate = PercentField(label=_("Rate (%)"), required=False)
    fixed = MoneyField(label=_("or fixed (¥ a line)"), required=False)
    cap = MoneyField(label=_("at most (¥ a line)"), required=False)
    parent = forms.ChoiceField(label=_("Taken out of"), required=False)
    payee = forms.IntegerField(
        label=_("Payee's parts"), min_value=0, max_value=MOST_WEIGHT, required=False
    )
    platform = forms.IntegerField(
        label=_("Platform's parts"), min_value=0, max_value=MOST_WEIGHT, required=False
    )
    payer = forms.IntegerField(
        label=_("Payer's parts"), min_value=0, max_value=MOST_WEIGHT, required=False
    )

    def __init__(self, number: int, data: QueryDict | None, initial: dict[str, Any]) -> None:
        """number: from 1; it may be taken out of the order or of a part above it."""
        super().__init__(data, prefix=f"part{number}", initial=initial)
        self.number = number
        above = [(str(one), _("part %(n)s") % {"n": one}) for one in range(1, number)]
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ChoiceField)  # noqa: S101 - declared above
        parent.choices = [(ORDER, _("the order")), *above]

    @property
    def is_empty(self) -> bool:
        data = self.cleaned_data
        return not data.get("code") and all(data.get(key) is None for key in ("rate", "fixed"))

    def component(self) -> dict[str, Any]:
        """Without its own components; with nobody named it is the payee's."""
        data = self.cleaned_data
        weights = {str(side): data[side] for side in _sides() if data[side]} or {"payee": 1}
        found: dict[str, Any] = {"code": data["code"].strip()}
        found |= {"rate_bp": data["rate"]} if data["rate"] is not None else {}
        found |= {"fixed_fen": data["fixed"]} if data["fixed"] is not None else {}
        found |= {"cap_fen": data["cap"]} if data["cap"] is not None else {}
        return found | ({"divide": weights} if len(weights) > 1 else {"party": next(iter(weights))})


def _sides() -> tuple[Side, ...]:
    """In the order in which a paper writes them: ties go to the first."""
    return (Side.PAYEE, Side.PLATFORM, Side.PAYER)


class MonthlyForm(Form):
    """What is added once a month on settled net turnover; empty for nothing."""

    code = forms.CharField(label=_("Name of the part"), max_length=30, required=False)
    mode = forms.ChoiceField(
        label=_("A band's rate counts for"),
        choices=[
            (LadderMode.MARGINAL.value, _("what lies in the band")),
            (LadderMode.WHOLE_BAND.value, _("the whole turnover, once the band is reached")),
        ],
        required=False,
    )
    guarantee = MoneyField(label=_("Guarantee (¥ a month)"), required=False)
    guarantee_mode = forms.ChoiceField(
        label=_("The guarantee"),
        choices=[
            (GuaranteeMode.MAX.value, _("is paid where it is more than the share")),
            (GuaranteeMode.PLUS.value, _("is paid beside the share")),
        ],
        required=False,
    )
    is_less = forms.BooleanField(
        label=_("What the parts above paid the payee in the month is deducted"), required=False
    )

    def __init__(self, data: QueryDict | None, initial: dict[str, Any]) -> None:
        super().__init__(data, prefix="month", initial=initial)
        for number in range(1, BANDS + 1):
            top = MoneyField(label=_("Up to a turnover of (¥)"), required=False)
            if number < BANDS:  # the last band has no end
                self.fields[f"top_{number}"] = top
            self.fields[f"rate_{number}"] = PercentField(label=_("Rate (%)"), required=False)

    @property
    def bands(self) -> list[tuple[forms.BoundField | None, forms.BoundField]]:
        """The rows of the ladder, for the page."""
        tops = [self[f"top_{n}"] if n < BANDS else None for n in range(1, BANDS + 1)]
        return [(top, self[f"rate_{n}"]) for n, top in enumerate(tops, start=1)]

    @property
    def is_open(self) -> bool:
        """Whether the page shows it at once: filled in, or wrong."""
        names = ("code", "guarantee", "rate_1")
        return any(self[name].value() for name in names) or bool(self.is_bound and self.errors)

    @property
    def is_empty(self) -> bool:
        data = self.cleaned_data
        rates = [data.get(f"rate_{n}") for n in range(1, BANDS + 1)]
        return not data.get("code") and data.get("guarantee") is None and set(rates) == {None}

    def component(self, payee_codes: list[str]) -> dict[str, Any]:
        """payee_codes: of the parts that are the payee's alone."""
        data = self.cleaned_data
        rated = [n for n in range(1, BANDS + 1) if data.get(f"rate_{n}") is not None]
        bands = [
            {"up_to_fen": data.get(f"top_{n}"), "rate_bp": data[f"rate_{n}"]} for n in rated
        ] or [{"up_to_fen": None, "rate_bp": 0}]
        found: dict[str, Any] = {"code": data["code"].strip(), "party": "payee", "of": "net_gmv"}
        found["ladder"] = {"mode": data["mode"] or LadderMode.MARGINAL, "bands": bands}
        if data["guarantee"] is not None:
            mode = data["guarantee_mode"] or GuaranteeMode.MAX
            found["guarantee"] = {"fen": data["guarantee"], "mode": str(mode)}
        if data["is_less"] and payee_codes:
            found["less"] = payee_codes
        return found
