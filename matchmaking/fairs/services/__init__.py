from matchmaking.fairs.services.bulk import Seated, bring_sign_ups, lived_through
from matchmaking.fairs.services.by_hand import fix_meeting, move_meeting
from matchmaking.fairs.services.day import (
    check_in,
    tell_outcome,
)
from matchmaking.fairs.services.drafts import PREPARING, forget_prepared
from matchmaking.fairs.services.fairs import (
    cancel_fair,
    change_fair,
    create_fair,
    make_code,
    publish_fair,
    sweep_fairs,
)
from matchmaking.fairs.services.following import bring_follow_ups, follow_up_fairs
from matchmaking.fairs.services.planning import (
    KIND,
    bring_outcomes,
    bring_plan,
    bring_wishes,
    make_wishes,
    plan_now,
    publish_plan,
    start_plan,
)
from matchmaking.fairs.services.signups import (
    accept_sign_up,
    answer_sign_up,
    ask_sign_up,
    change_feed,
    reject_sign_up,
    sign_up,
    take_up_offer,
    withdraw_sign_up,
)

__all__ = [
    "KIND",
    "PREPARING",
    "Seated",
    "accept_sign_up",
    "answer_sign_up",
    "ask_sign_up",
    "bring_follow_ups",
    "bring_outcomes",
    "bring_plan",
    "bring_sign_ups",
    "bring_wishes",
    "cancel_fair",
    "change_fair",
    "change_feed",
    "check_in",
    "create_fair",
    "fix_meeting",
    "follow_up_fairs",
    "forget_prepared",
    "lived_through",
    "make_code",
    "make_wishes",
    "move_meeting",
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
