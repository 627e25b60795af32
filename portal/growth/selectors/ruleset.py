"""Which rules of growth hold on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from portal.growth.models import GrowthRules
from portal.growth.selectors.words import in_words
from portal.growth.states import MEASURED
from portal.rewards.states import Line


def rules_on(day: date) -> GrowthRules | None:
    return GrowthRules.objects.on(day).whole().first()


def versions() -> QuerySet[GrowthRules]:
    """Everything that was announced, what begins last first."""
    return GrowthRules.objects.approved().order_by("-starts_on")


@dataclass(frozen=True, slots=True)
class Ladder:
    """A line with what each of its levels asks, in words."""

    line: Line
    measured: str
    floors: list[str]


def ladders_of(rules: GrowthRules) -> list[Ladder]:
    told = rules.ladders
    return [
        Ladder(line, str(MEASURED[line]), [in_words(line, floor) for floor in told[line.value]])
        for line in Line
    ]
