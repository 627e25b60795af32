"""Planning the meetings of a fair: who meets whom, in which slot, at which table.

`parse_fair` reads a fair, `plan` makes its plan with a proven bound, `check_plan` holds any plan
against every rule. Formats, rules and what is proved are in docs/meeting-plans.md.
"""

from .checking import BrokenRule, check_plan
from .fair import Fair, Fairness, Fixed, Hall, Meeting, Plan, Side, Unmet
from .faults import Clash, FairFaults, NotFound
from .planning import plan
from .reading import parse_fair

__all__ = [
    "BrokenRule",
    "Clash",
    "Fair",
    "FairFaults",
    "Fairness",
    "Fixed",
    "Hall",
    "Meeting",
    "NotFound",
    "Plan",
    "Side",
    "Unmet",
    "check_plan",
    "parse_fair",
    "plan",
]
