"""Which part of this site makes the facts of each measure today, so that nothing is weighed that
nobody observes. A part that begins to make a measure says so here, and a test holds it to that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.evaluation.gathering import Gathering
from portal.evaluation.measures import MEASURES

# Measure → the module whose facts count. What is missing is made by no part yet.
PRODUCERS: Mapping[str, str] = {
    "merchant_served": "matchmaking.cooperation.facts",
    "lead_response": "matchmaking.needs.facts",
    "lead_signed": "matchmaking.needs.facts",
    "meeting_followed": "matchmaking.fairs.facts",
    "renewal": "matchmaking.cooperation.facts",
    "disputes": "matchmaking.cooperation.facts",
    "target": "matchmaking.cooperation.facts",
    "satisfaction": "matchmaking.cooperation.facts",
    **dict.fromkeys(
        ("creator_gmv", "net_gmv", "merchant_growth", "category_growth"), "portal.revenue.facts"
    ),
    "cold_start": "portal.revenue.cold_starts",
    **dict.fromkeys(("refund_gap", "suspicious_orders"), "portal.revenue.facts"),
    "statement_on_time": "portal.settlement.facts",
    "sample_on_time": "matchmaking.samples.facts",
    "delivery": "matchmaking.content.facts",
    "assessment": "training.assessment.facts",
    **dict.fromkeys(("course_completion", "training_hours"), "training.learning.facts"),
    "task_on_time": "portal.rewards.facts",
    "weakest_change": "portal.evaluation.services.weakest",
    "violation_points": "portal.conduct.services.facts",
    "plan_item": "portal.conduct.services.facts",
}
# Made here, but as the party's own word: they count once an operator has confirmed them.
OWN_WORD: Mapping[str, str] = {
    "staff_certified": "portal.evaluation.services.roster",
    "roles_filled": "portal.evaluation.services.roster",
    "staff_retention": "portal.evaluation.services.roster",
    "merchants_per_operator": "portal.evaluation.services.roster",
}


@dataclass(frozen=True, slots=True)
class Covered:
    """Who makes an indicator's facts. `is_watched`: no fact means the value said for none."""

    indicator: str
    measure: str
    producer: str | None
    is_own_word: bool
    is_watched: bool

    @property
    def is_made(self) -> bool:
        """Whether a clean party gets a value without anybody bringing in a file."""
        return self.producer is not None and not self.is_own_word


def coverage_of(gathering: Gathering) -> list[Covered]:
    """Each indicator of a method in its order."""
    return [
        Covered(
            indicator=code,
            measure=one.measure,
            producer=PRODUCERS.get(one.measure, OWN_WORD.get(one.measure)),
            is_own_word=one.measure in OWN_WORD,
            is_watched=one.none is not None,
        )
        for code, one in gathering.gatherers.items()
    ]


def unmade_of(gathering: Gathering) -> list[str]:
    """Indicators whose facts no part makes: nobody's rating may rest on them."""
    return [one.indicator for one in coverage_of(gathering) if one.producer is None]


def unproduced() -> list[str]:
    """Measures that no part makes, in their order."""
    return [name for name in MEASURES if name not in PRODUCERS and name not in OWN_WORD]
