from portal.growth.services.counting import count_levels
from portal.growth.services.ruleset import (
    approve_growth_rules,
    confirm_growth_rules,
    propose_growth_rules,
    refuse_growth_rules,
    write_rules,
)

__all__ = [
    "approve_growth_rules",
    "confirm_growth_rules",
    "count_levels",
    "propose_growth_rules",
    "refuse_growth_rules",
    "write_rules",
]
