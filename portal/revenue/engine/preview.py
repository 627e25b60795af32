"""What an order would give, before the agreement is signed."""

from __future__ import annotations

from dataclasses import dataclass

from .agreement import Agreement
from .explain import Explanation, explain


@dataclass(frozen=True, slots=True)
class Preview:
    """parties: what each gets in all, in the order they first appear, the residual last."""

    explanation: Explanation
    parties: tuple[tuple[str, int], ...]


def preview(agreement: Agreement, gross_fen: int) -> Preview:
    explanation = explain(agreement, gross_fen)
    totals: dict[str, int] = {}
    for one in explanation.legs:
        totals[one.leg.party] = totals.get(one.leg.party, 0) + one.amount
    totals[agreement.residual] = totals.pop(agreement.residual)  # to the end
    return Preview(explanation, tuple(totals.items()))
