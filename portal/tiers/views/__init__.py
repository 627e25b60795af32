from portal.tiers.views.applications import (
    star_appeal_create,
    star_appeal_detail,
    star_appeal_withdrawal,
    star_application_create,
    star_application_detail,
    star_application_withdrawal,
)
from portal.tiers.views.ours import star_home, star_register, star_review_detail
from portal.tiers.views.public import (
    star_badge,
    star_front,
    star_holder_list,
    star_rules_detail,
)

__all__ = [
    "star_appeal_create",
    "star_appeal_detail",
    "star_appeal_withdrawal",
    "star_application_create",
    "star_application_detail",
    "star_application_withdrawal",
    "star_badge",
    "star_front",
    "star_holder_list",
    "star_home",
    "star_register",
    "star_review_detail",
    "star_rules_detail",
]
