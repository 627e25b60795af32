from portal.growth.rules.ruleset import (
    can_propose_rules,
    flaws_of_rules,
    rules_are_sound,
)
from portal.growth.rules.standings import can_count_levels, can_see_all_lines, can_see_own_lines

__all__ = [
    "can_count_levels",
    "can_propose_rules",
    "can_see_all_lines",
    "can_see_own_lines",
    "flaws_of_rules",
    "rules_are_sound",
]
