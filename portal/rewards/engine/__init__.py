"""What is reckoned of tasks: plain Python, each formula published in words beside it."""

from portal.rewards.engine.forecast import Forecast, Paces, forecast
from portal.rewards.engine.fraud import (
    THRESHOLDS,
    Evidence,
    Mark,
    Order,
    Sign,
    marks_of,
)
from portal.rewards.engine.funnel import (
    LEAST_CHANGES,
    Change,
    Funnel,
    Stage,
    UnitCost,
    funnel_of,
    unit_cost,
)
from portal.rewards.engine.progress import Counts, Done, Event, Step, progress_of

__all__ = [
    "LEAST_CHANGES",
    "THRESHOLDS",
    "Change",
    "Counts",
    "Done",
    "Event",
    "Evidence",
    "Forecast",
    "Funnel",
    "Mark",
    "Order",
    "Paces",
    "Sign",
    "Stage",
    "Step",
    "UnitCost",
    "forecast",
    "funnel_of",
    "marks_of",
    "progress_of",
    "unit_cost",
]
