from portal.growth.models.ruleset import Benefit, GrowthRules, LevelRung
from portal.growth.models.standings import (
    LevelStep,
    LevelStepQuerySet,
    LineStanding,
    LineStandingQuerySet,
)

__all__ = [
    "Benefit",
    "GrowthRules",
    "LevelRung",
    "LevelStep",
    "LevelStepQuerySet",
    "LineStanding",
    "LineStandingQuerySet",
]
