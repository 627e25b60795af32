from matchmaking.fairs.services.bulk import Seated, bring_sign_ups, lived_through
from matchmaking.fairs.services.day import (
    check_in,
    tell_outcome,
)
from matchmaking.fairs.services.fairs import (
    cancel_fair,
    change_fair,
    create_fair,
    make_code,
    publish_fair,
    sweep_fairs,
)
from matchmaking.fairs.services.planning import (
    KIND,
    bring_wishes,
    fix_meeting,
    make_wishes,
    plan_now,
    publish_plan,
    start_plan,
)
from matchmaking.fairs.services.signups import (
    accept_sign_up,
    reject_sign_up,
    sign_up,
    take_up_offer,
    withdraw_sign_up,
)

__all__ = [
    "KIND",
    "Seated",
    "accept_sign_up",
    "bring_sign_ups",
    "bring_wishes",
    "cancel_fair",
    "change_fair",
    "check_in",
    "create_fair",
    "fix_meeting",
    "lived_through",
    "make_code",
    "make_wishes",
    "plan_now",
    "publish_fair",
    "publish_plan",
    "reject_sign_up",
    "sign_up",
    "start_plan",
    "sweep_fairs",
    "take_up_offer",
    "tell_outcome",
    "withdraw_sign_up",
]
