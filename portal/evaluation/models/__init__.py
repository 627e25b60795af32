from portal.evaluation.models.appeals import Appeal
from portal.evaluation.models.facts import Fact
from portal.evaluation.models.methods import NOTICE, Method
from portal.evaluation.models.plans import Plan, PlanItem
from portal.evaluation.models.remedies import Remedy, RemedyKind
from portal.evaluation.models.snapshots import (
    COMPOSITE,
    DimensionScore,
    IndicatorValue,
    Rating,
    Snapshot,
)

__all__ = [
    "COMPOSITE",
    "NOTICE",
    "Appeal",
    "DimensionScore",
    "Fact",
    "IndicatorValue",
    "Method",
    "Plan",
    "PlanItem",
    "Rating",
    "Remedy",
    "RemedyKind",
    "Snapshot",
]
