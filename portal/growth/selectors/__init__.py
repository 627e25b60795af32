from portal.growth.selectors.benefits import (
    BenefitRow,
    Uses,
    benefit_of,
    benefits_of,
    benefits_on,
    register_use,
    table_of,
    where_it_stands,
)
from portal.growth.selectors.lines import LinePath, next_line, paths_of, register_offers, steps_of
from portal.growth.selectors.ruleset import ladders_of, rules_on, versions
from portal.growth.selectors.words import in_words

__all__ = [
    "BenefitRow",
    "LinePath",
    "Uses",
    "benefit_of",
    "benefits_of",
    "benefits_on",
    "in_words",
    "ladders_of",
    "next_line",
    "paths_of",
    "register_offers",
    "register_use",
    "rules_on",
    "steps_of",
    "table_of",
    "versions",
    "where_it_stands",
]
