"""A price in any of its forms, as people type it."""

from __future__ import annotations

from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form, MoneyField, PercentField

FORM_NAMES = {  # people type yuan and percent; the values hold fen and basis points
    "monthly_fee_fen": "monthly_fee",
    "share_bp": "share",
    "ladder": "from_2",
}


STEPS = (2, 3, 4, 5)  # of a ladder, beside the first: as many as a price may have


class LadderForm(Form):
    """A price in any form: the share climbs where steps are filled in."""

    monthly_fee = MoneyField(
        label=_("Fixed fee (¥ a month)"),
        required=False,
        help_text=_("Empty for a share alone."),
    )
    share = PercentField(
        label=_("Share of settled net GMV (%)"),
        required=False,
        help_text=_("Empty for a fixed fee alone."),
    )
    is_guarantee = forms.BooleanField(
        label=_("The fee is a guarantee: the greater of it and the share is paid, not both"),
        required=False,
    )
    from_2 = MoneyField(label=_("Step 2: above a GMV of (¥)"), required=False)
    share_2 = PercentField(label=_("share of what is above (%)"), required=False)
    from_3 = MoneyField(label=_("Step 3: above a GMV of (¥)"), required=False)
    share_3 = PercentField(label=_("share of what is above (%)"), required=False)
    from_4 = MoneyField(label=_("Step 4: above a GMV of (¥)"), required=False)
    share_4 = PercentField(label=_("share of what is above (%)"), required=False)
    from_5 = MoneyField(label=_("Step 5: above a GMV of (¥)"), required=False)
    share_5 = PercentField(label=_("share of what is above (%)"), required=False)

    @property
    def steps(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows of the ladder, for the page."""
        return [(self[f"from_{n}"], self[f"share_{n}"]) for n in STEPS]

    @property
    def has_ladder(self) -> bool:
        """Whether the page opens the ladder: it is filled in, or wrong."""
        return any(bound.value() or bound.errors for row in self.steps for bound in row)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in STEPS:
            pair = (data.get(f"from_{number}"), data.get(f"share_{number}"))
            if (pair[0] is None) != (pair[1] is None):
                self.add_error(f"from_{number}", _("A step has a GMV and a share."))
        return data

    def ladder_fields(self) -> dict[str, Any]:
        data = self.cleaned_data
        rows = [(data.get(f"from_{n}"), data.get(f"share_{n}")) for n in STEPS]
        share, steps = data["share"] or 0, [row for row in rows if row[0] is not None]
        return {
            "monthly_fee_fen": data["monthly_fee"] or 0,
            "share_bp": share,
            "is_guarantee": data["is_guarantee"],
            "ladder": [(0, share), *steps] if steps else [],
        }


class Priced(Protocol):
    """What has a price: an offer, a package, a cooperation."""

    @property
    def monthly_fee_fen(self) -> Any: ...

    @property
    def share_bp(self) -> Any: ...

    @property
    def ladder(self) -> Any: ...

    @property
    def is_guarantee(self) -> Any: ...


def initial_of_ladder(priced: Priced) -> dict[str, Any]:
    steps = zip(STEPS, priced.ladder[1:], strict=False)
    climb = {
        f"{name}_{n}": step[i] for n, step in steps for i, name in enumerate(("from", "share"))
    }
    return {
        "monthly_fee": priced.monthly_fee_fen,
        "share": priced.share_bp,
        "is_guarantee": priced.is_guarantee,
        **climb,
    }
