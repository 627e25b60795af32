from matchmaking.cooperation.fields import Terms
from matchmaking.cooperation.services.amendments import (
    accept_amendment,
    counter_amendment,
    decline_amendment,
    expire_amendments,
    propose_amendment,
    withdraw_amendment,
)
from matchmaking.cooperation.services.beginning import (
    Contact,
    cooperation_row,
    cooperation_snapshot,
    months_later,
    open_cooperation,
    propose_cooperation,
    reveal_contact,
)
from matchmaking.cooperation.services.bulk import Agreed, bring_cooperations
from matchmaking.cooperation.services.changes import lock_cooperation
from matchmaking.cooperation.services.closing import settle_cooperations
from matchmaking.cooperation.services.disputes import (
    appeal_dispute,
    decide_dispute,
    open_dispute,
    speak_in_dispute,
    sweep_disputes,
    withdraw_dispute,
)
from matchmaking.cooperation.services.fees import bill_fees, bill_fees_of
from matchmaking.cooperation.services.holding import CAUSE as DISPUTE
from matchmaking.cooperation.services.holding import job_of
from matchmaking.cooperation.services.life import (
    begin_at_once,
    complete_cooperation,
    end_cooperation,
    end_term,
    finish_cooperation,
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
from matchmaking.cooperation.services.papers import append_papers
from matchmaking.cooperation.services.payments import note_payment, note_payments
from matchmaking.cooperation.services.reminders import (
    remind_of_obligations,
    remind_of_reviews,
    stage_of,
)
from matchmaking.cooperation.services.reviews import (
    answer_review,
    give_review,
    publish_reviews,
    refresh_review,
)
from matchmaking.cooperation.services.templates import (
    apply_template,
    create_template,
    remove_template,
    save_house_template,
    update_template,
)
from matchmaking.cooperation.services.versions import append_first_versions

__all__ = [
    "DISPUTE",
    "Agreed",
    "Contact",
    "Terms",
    "accept_amendment",
    "accept_obligation",
    "add_obligation",
    "answer_review",
    "appeal_dispute",
    "append_first_versions",
    "append_papers",
    "apply_template",
    "begin_at_once",
    "bill_fees",
    "bill_fees_of",
    "bring_cooperations",
    "complete_cooperation",
    "confirm_obligation",
    "cooperation_row",
    "cooperation_snapshot",
    "counter_amendment",
    "create_template",
    "decide_dispute",
    "decline_amendment",
    "decline_obligation",
    "end_cooperation",
    "end_term",
    "expire_amendments",
    "finish_cooperation",
    "finish_obligation",
    "give_review",
    "job_of",
    "lock_cooperation",
    "months_later",
    "note_payment",
    "note_payments",
    "open_cooperation",
    "open_dispute",
    "pause_cooperation",
    "propose_amendment",
    "propose_cooperation",
    "publish_reviews",
    "refresh_review",
    "remind_of_obligations",
    "remind_of_reviews",
    "remove_template",
    "resume_cooperation",
    "return_obligation",
    "reveal_contact",
    "save_house_template",
    "settle_cooperations",
    "speak_in_dispute",
    "stage_of",
    "start_cooperation",
    "sweep_cooperations",
    "sweep_disputes",
    "terminate_due",
    "update_template",
    "waive_obligation",
    "withdraw_amendment",
    "withdraw_completion",
    "withdraw_dispute",
    "withdraw_ending",
]
