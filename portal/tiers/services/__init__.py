from portal.tiers.services.announcing import (
    announce_due,
    bring_into_effect,
)
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
from portal.tiers.services.certification_applying import (
    add_certification_paper,
    remove_certification_paper,
    save_certification,
    start_certification,
    submit_certification,
    withdraw_certification,
)
from portal.tiers.services.certification_judging import (
    check_certification,
    lapse_certifications,
    review_certification,
)
from portal.tiers.services.certification_methods import (
    approve_certification_method,
    propose_certification_method,
    refuse_certification_method,
)
from portal.tiers.services.certification_objecting import (
    decide_objection,
    object_to_refusal,
    withdraw_objection,
)
from portal.tiers.services.certification_places import (
    expire_marks,
    give_up_mark,
    take_back_mark,
)
from portal.tiers.services.certification_rounds import (
    open_certification_round,
    publish_certification_round,
    score_certification_round,
    update_certification_round,
)
from portal.tiers.services.computing import (
    compute_quarter,
    refresh_stars,
)
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
from portal.tiers.services.publishing import (
    publish_stars_of,
)
from portal.tiers.services.ruleset import (
    approve_star_rules,
    confirm_star_rules,
    propose_star_rules,
    refuse_star_rules,
)
from portal.tiers.services.windows import (
    open_star_window,
    update_star_window,
)

__all__ = [
    "accept_framework",
    "add_certification_paper",
    "announce_due",
    "appeal_review",
    "apply_for_star",
    "approve_certification_method",
    "approve_star_rules",
    "begin_frameworks",
    "bring_into_effect",
    "change_framework",
    "check_certification",
    "close_framework",
    "close_unrenewed",
    "compute_quarter",
    "confirm_star_rules",
    "count_frameworks",
    "counter_framework",
    "decide_objection",
    "decide_star_appeal",
    "decline_framework",
    "end_framework",
    "expire_frameworks",
    "expire_marks",
    "give_up_mark",
    "grant_star",
    "lapse_certifications",
    "live_frameworks",
    "move_framework_meeting",
    "object_to_refusal",
    "open_certification_round",
    "open_star_window",
    "plan_framework_meeting",
    "propose_certification_method",
    "propose_framework",
    "propose_star_rules",
    "publish_certification_round",
    "publish_stars_of",
    "record_framework_meeting",
    "refresh_stars",
    "refuse_certification_method",
    "refuse_star",
    "refuse_star_rules",
    "remind_of_frameworks",
    "remove_certification_paper",
    "review_certification",
    "review_framework",
    "save_certification",
    "score_certification_round",
    "settle_framework_decision",
    "start_certification",
    "submit_certification",
    "take_back_mark",
    "update_certification_round",
    "update_star_window",
    "withdraw_certification",
    "withdraw_framework",
    "withdraw_objection",
    "withdraw_star_appeal",
    "withdraw_star_application",
]
