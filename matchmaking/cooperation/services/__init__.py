from matchmaking.cooperation.fields import Terms
from matchmaking.cooperation.services.amendments import (
    accept_amendment,
    decline_amendment,
    expire_amendments,
    propose_amendment,
    withdraw_amendment,
)
from matchmaking.cooperation.services.beginning import (
    Contact,
    begin_cooperation,
    months_later,
    reveal_contact,
)
from matchmaking.cooperation.services.life import (
    complete_cooperation,
    end_cooperation,
    end_term,
    pause_cooperation,
    resume_cooperation,
    start_cooperation,
    sweep_cooperations,
    terminate_due,
    withdraw_completion,
    withdraw_ending,
)
from matchmaking.cooperation.services.obligations import (
    accept_obligation,
    add_obligation,
    confirm_obligation,
    decline_obligation,
    finish_obligation,
    return_obligation,
    waive_obligation,
)
from matchmaking.cooperation.services.reminders import (
    remind_of_obligations,
    stage_of,
)
from matchmaking.cooperation.services.reviews import (
    answer_review,
    give_review,
    publish_reviews,
    refresh_review,
)

__all__ = [
    "Contact",
    "Terms",
    "accept_amendment",
    "accept_obligation",
    "add_obligation",
    "answer_review",
    "begin_cooperation",
    "complete_cooperation",
    "confirm_obligation",
    "decline_amendment",
    "decline_obligation",
    "end_cooperation",
    "end_term",
    "expire_amendments",
    "finish_obligation",
    "give_review",
    "months_later",
    "pause_cooperation",
    "propose_amendment",
    "publish_reviews",
    "refresh_review",
    "remind_of_obligations",
    "resume_cooperation",
    "return_obligation",
    "reveal_contact",
    "stage_of",
    "start_cooperation",
    "sweep_cooperations",
    "terminate_due",
    "waive_obligation",
    "withdraw_amendment",
    "withdraw_completion",
    "withdraw_ending",
]
