from portal.tiers.selectors.inputs import quarter_figures
from portal.tiers.selectors.pages import (
    Bar,
    bars_of,
    bars_to_next,
    counted_in,
    counts_by_star,
    holders,
    latest_review,
    near_window,
    open_review,
    reasons_of,
    standing_of,
    table_of,
    versions,
)
from portal.tiers.selectors.ruleset import benefit_of, benefits_on, rules_of, rules_on

__all__ = [
    "Bar",
    "bars_of",
    "bars_to_next",
    "benefit_of",
    "benefits_on",
    "counted_in",
    "counts_by_star",
    "holders",
    "latest_review",
    "near_window",
    "open_review",
    "quarter_figures",
    "reasons_of",
    "rules_of",
    "rules_on",
    "standing_of",
    "table_of",
    "versions",
]
