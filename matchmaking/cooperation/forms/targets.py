"""A target, what it is computed of, and what of the fees goes back where it is missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.states import SettlementBase
from portal.core.forms import Form, MoneyField, PercentField

ROWS = (1, 2, 3)
WHOLE_BP = 10_000


class TargetForm(Form):
    """`under_1` …: below so much of the target, `back_1` … of the fees goes back."""

    gmv_target = MoneyField(label=_("GMV target (¥, over the whole term)"), required=False)
    settlement_base = forms.ChoiceField(
        label=_("Share and target are computed of"),
        choices=SettlementBase.choices,
        initial=SettlementBase.NET,
        required=False,
    )
    under_1 = PercentField(label=_("Below this much of the target (%)"), required=False)
    back_1 = PercentField(label=_("of the fees goes back (%)"), required=False)
    under_2 = PercentField(label=_("Below this much of the target (%)"), required=False)
    back_2 = PercentField(label=_("of the fees goes back (%)"), required=False)
    under_3 = PercentField(label=_("Below this much of the target (%)"), required=False)
    back_3 = PercentField(label=_("of the fees goes back (%)"), required=False)

    @property
    def refund_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"under_{n}"], self[f"back_{n}"]) for n in ROWS]

    @property
    def has_refunds(self) -> bool:
        """Whether the page opens the ladder: it is filled in, or wrong."""
        return any(bound.value() or bound.errors for row in self.refund_rows for bound in row)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in ROWS:
            pair = (data.get(f"under_{number}"), data.get(f"back_{number}"))
            if (pair[0] is None) != (pair[1] is None):
                self.add_error(
                    f"under_{number}", _("A step has both: how much, and what goes back.")
                )
        return data

    def target_fields(self) -> dict[str, Any]:
        data = self.cleaned_data
        rows = [(data.get(f"under_{n}"), data.get(f"back_{n}")) for n in ROWS]
        return {
            "gmv_target_fen": data.get("gmv_target"),
            "settlement_base": data.get("settlement_base") or SettlementBase.NET.value,
            "refund_ladder": ladder_of([row for row in rows if row[0] is not None]),
        }


def ladder_of(rows: Sequence[tuple[Any, Any]]) -> list[list[int]]:
    """[below, back] as [from, back] of each step, the last giving nothing back."""
    starts = [0, *(under for under, _back in rows)]
    backs = [*(back for _under, back in rows), 0]
    return [list(step) for step in zip(starts, backs, strict=True)] if rows else []


def initial_of_target(terms: Mapping[str, Any]) -> dict[str, Any]:
    ladder = terms.get("refund_ladder") or []
    found = {"gmv_target": terms["gmv_target_fen"], "settlement_base": terms["settlement_base"]}
    for number, (step, after) in enumerate(pairwise(ladder), start=1):
        found |= {f"under_{number}": after[0], f"back_{number}": step[1]}
    return found
