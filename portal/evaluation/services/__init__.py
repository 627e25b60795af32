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
    "already_said",
    "announce_method",
    "bring_methods_into_force",
    "confirm_fact",
    "correct_fact",
    "draft_method",
    "edit_method",
    "fail_snapshot",
    "flaws_of_parties",
    "is_said_otherwise",
    "publish_snapshot",
    "record_fact",
    "record_facts",
    "record_roster_facts",
    "replace_snapshot",
    "retry_snapshot",
    "start_due_snapshots",
    "start_snapshot",
    "try_method",
    "withdraw_method",
    "write_snapshot",
]
