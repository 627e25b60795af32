from portal.growth.models.ruleset import Benefit, GrowthRules, GrowthRulesQuerySet, LevelRung
from portal.growth.models.standings import (
    LevelStep,
    LevelStepQuerySet,
    LineStanding,
    LineStandingQuerySet,
)

__all__ = [
    "Benefit",
    "GrowthRules",
    "GrowthRulesQuerySet",
    "LevelRung",
    "LevelStep",
    "LevelStepQuerySet",
    "LineStanding",
    "LineStandingQuerySet",
]
