from portal.tiers.services.announcing import announce_due, bring_into_effect
from portal.tiers.services.appeals import (
    appeal_review,
    decide_star_appeal,
    withdraw_star_appeal,
)
from portal.tiers.services.applications import (
    apply_for_star,
    grant_star,
    refuse_star,
    withdraw_star_application,
)
from portal.tiers.services.computing import compute_quarter, refresh_stars
from portal.tiers.services.publishing import publish_stars_of
from portal.tiers.services.ruleset import (
    approve_star_rules,
    confirm_star_rules,
    propose_star_rules,
    refuse_star_rules,
)
from portal.tiers.services.windows import open_star_window, update_star_window

__all__ = [
    "announce_due",
    "appeal_review",
    "apply_for_star",
    "approve_star_rules",
    "bring_into_effect",
    "compute_quarter",
    "confirm_star_rules",
    "decide_star_appeal",
    "grant_star",
    "open_star_window",
    "propose_star_rules",
    "publish_stars_of",
    "refresh_stars",
    "refuse_star",
    "refuse_star_rules",
    "update_star_window",
    "withdraw_star_appeal",
    "withdraw_star_application",
]
