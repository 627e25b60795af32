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
from portal.tiers.services.framework_counting import (
    begin_frameworks,
    close_unrenewed,
    count_frameworks,
    live_frameworks,
    remind_of_frameworks,
)
from portal.tiers.services.framework_meetings import (
    close_framework,
    end_framework,
    move_framework_meeting,
    plan_framework_meeting,
    record_framework_meeting,
    review_framework,
    settle_framework_decision,
)
from portal.tiers.services.frameworks import (
    accept_framework,
    change_framework,
    counter_framework,
    decline_framework,
    expire_frameworks,
    propose_framework,
    withdraw_framework,
)
from portal.tiers.services.publishing import publish_stars_of
from portal.tiers.services.ruleset import (
    approve_star_rules,
    confirm_star_rules,
    propose_star_rules,
    refuse_star_rules,
)
from portal.tiers.services.windows import open_star_window, update_star_window

__all__ = [
    "accept_framework",
    "announce_due",
    "appeal_review",
    "apply_for_star",
    "approve_star_rules",
    "begin_frameworks",
    "bring_into_effect",
    "change_framework",
    "close_framework",
    "close_unrenewed",
    "compute_quarter",
    "confirm_star_rules",
    "count_frameworks",
    "counter_framework",
    "decide_star_appeal",
    "decline_framework",
    "end_framework",
    "expire_frameworks",
    "grant_star",
    "live_frameworks",
    "move_framework_meeting",
    "open_star_window",
    "plan_framework_meeting",
    "propose_framework",
    "propose_star_rules",
    "publish_stars_of",
    "record_framework_meeting",
    "refresh_stars",
    "refuse_star",
    "refuse_star_rules",
    "remind_of_frameworks",
    "review_framework",
    "settle_framework_decision",
    "update_star_window",
    "withdraw_framework",
    "withdraw_star_appeal",
    "withdraw_star_application",
]
