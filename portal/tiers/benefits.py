"""What stars bring, and how much of it is used: the parts that give something tell of its use."""

from __future__ import annotations

from dataclasses import dataclass

from portal.core import clock
from portal.growth.selectors.benefits import Use, UseSource
from portal.parties.models import Party
from portal.tiers.selectors import benefits_on
from portal.tiers.states import BenefitKind

_sources: dict[str, UseSource] = {}


def register_use(kind: BenefitKind, source: UseSource) -> None:
    """`source` is asked with an agency and the amount its stars bring."""
    _sources[kind] = source


@dataclass(frozen=True, slots=True)
class Benefit:
    """One kind at one tier; `uses` where the part that gives it counts."""

    kind: BenefitKind
    amount: int
    uses: list[Use]

    @property
    def is_counted(self) -> bool:
        return self.kind in COUNTED


COUNTED = frozenset({BenefitKind.FAIR_SEATS})  # the others one has or has not


def benefits_of(party: Party, stars: int) -> list[Benefit]:
    """What these stars bring the agency now, with what it has used."""
    found = benefits_on(clock.today())
    return [
        Benefit(kind, amount, list(_sources[kind](party, amount)) if kind in _sources else [])
        for kind in BenefitKind
        if (amount := found.get((stars, kind), 0))
    ]
