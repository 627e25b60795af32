from portal.evaluation.services.appeals import (
    RATING_EVIDENCE,
    decide_rating_appeal,
    examine_rating_appeal,
    file_rating_appeal,
    remind_of_appeals,
    withdraw_rating_appeal,
)
from portal.evaluation.services.corrections import (
    confirm_fact,
    correct_fact,
)
from portal.evaluation.services.facts import (
    already_said,
    flaws_of_parties,
    is_said_otherwise,
    record_fact,
    record_facts,
)
from portal.evaluation.services.methods import (
    announce_method,
    bring_methods_into_force,
    draft_method,
    edit_method,
    withdraw_method,
)
from portal.evaluation.services.plans import (
    accept_item,
    draft_plan,
    edit_plan,
    hand_back_item,
    hand_in_item,
    return_plan,
    sign_plan,
    sweep_plan_items,
    withdraw_plan,
)
from portal.evaluation.services.remedies import (
    bring_remedies,
    close_remedies,
    register_remedy,
)
from portal.evaluation.services.roster import (
    record_roster_facts,
)
from portal.evaluation.services.snapshots import (
    fail_snapshot,
    publish_snapshot,
    replace_snapshot,
    retry_snapshot,
    start_due_snapshots,
    start_snapshot,
    try_method,
    write_snapshot,
)

__all__ = [
    "RATING_EVIDENCE",
    "accept_item",
    "already_said",
    "announce_method",
    "bring_methods_into_force",
    "bring_remedies",
    "close_remedies",
    "confirm_fact",
    "correct_fact",
    "decide_rating_appeal",
    "draft_method",
    "draft_plan",
    "edit_method",
    "edit_plan",
    "examine_rating_appeal",
    "fail_snapshot",
    "file_rating_appeal",
    "flaws_of_parties",
    "hand_back_item",
    "hand_in_item",
    "is_said_otherwise",
    "publish_snapshot",
    "record_fact",
    "record_facts",
    "record_roster_facts",
    "register_remedy",
    "remind_of_appeals",
    "replace_snapshot",
    "retry_snapshot",
    "return_plan",
    "sign_plan",
    "start_due_snapshots",
    "start_snapshot",
    "sweep_plan_items",
    "try_method",
    "withdraw_method",
    "withdraw_plan",
    "withdraw_rating_appeal",
    "write_snapshot",
]
