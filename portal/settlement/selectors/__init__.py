from portal.settlement.selectors.coverage import Uncovered, held_since, uncovered_of
from portal.settlement.selectors.lines import lines_covered
from portal.settlement.selectors.pages import (
    Paper,
    ShownRow,
    figures,
    month_to_settle,
    rows_of,
    steps_of_run,
    steps_of_statement,
    sums_of,
    sums_of_statement,
)
from portal.settlement.selectors.verification import Check, verification

__all__ = [
    "Check",
    "Paper",
    "ShownRow",
    "Uncovered",
    "figures",
    "held_since",
    "lines_covered",
    "month_to_settle",
    "rows_of",
    "steps_of_run",
    "steps_of_statement",
    "sums_of",
    "sums_of_statement",
    "uncovered_of",
    "verification",
]
