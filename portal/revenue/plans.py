"""Commissions that no paper says: what a merchant opened a product to creators at.

Products and their plans stand above this app; who keeps them says here how they are read:

    register_plans(read_plan_book)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from portal.revenue.order_fields import LineFacts


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """`key` finds the plan again; `rate_bp` is what the creator gets of the order."""

    key: str
    rate_bp: int

    @property
    def document(self) -> Mapping[str, Any]:
        """As a paper between merchant and creator would say it."""
        commission = {"code": "commission", "rate_bp": self.rate_bp, "party": "payee"}
        return {"components": [commission]}


class PlanBook(Protocol):
    """The plans that may hold for some lines, read at once."""

    def plan_for(self, line: LineFacts, day: date) -> PlanTerms | None: ...


class NoPlans:
    def plan_for(self, line: LineFacts, day: date) -> PlanTerms | None:
        return None


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """A plan in words, and where it is shown."""

    title: str
    url: str
    note: str


Reader = Callable[[Iterable[LineFacts]], PlanBook]
Shower = Callable[[str], ShownPlan | None]
_readers: list[tuple[Reader, Shower]] = []


def register_plans(reader: Reader, shower: Shower) -> None:
    _readers.append((reader, shower))


def read_plans(lines: Iterable[LineFacts]) -> PlanBook:
    return _readers[-1][0](lines) if _readers else NoPlans()


def show_plan(key: str) -> ShownPlan | None:
    return _readers[-1][1](key) if _readers else None
