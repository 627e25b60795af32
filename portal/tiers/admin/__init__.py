from portal.tiers.admin import (
    answers,
    certification,
    frameworks,
    quarters,
    ruleset,
    windows,
)

__all__ = [
    "answers",
    "certification",
    "frameworks",
    "quarters",
    "ruleset",
    "windows",
]
