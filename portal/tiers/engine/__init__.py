"""Stars by their rules: plain Python, no Django."""

from .outlook import Expected, Outlook, Planned, look_out
from .quarters import Quarter, parse_quarter, quarter_of
from .stars import (
    MOST_STARS,
    STARTER,
    Before,
    Faulty,
    Inputs,
    Judgement,
    Measure,
    Movement,
    Need,
    Rung,
    StarRules,
    judge,
    needs_for,
    reach,
)

__all__ = [
    "MOST_STARS",
    "STARTER",
    "Before",
    "Expected",
    "Faulty",
    "Inputs",
    "Judgement",
    "Measure",
    "Movement",
    "Need",
    "Outlook",
    "Planned",
    "Quarter",
    "Rung",
    "StarRules",
    "judge",
    "look_out",
    "needs_for",
    "parse_quarter",
    "quarter_of",
    "reach",
]
