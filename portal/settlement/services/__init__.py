from portal.settlement.services.adjustments import (
    approve_adjustment,
    decline_adjustment,
    prepare_adjustment,
)
from portal.settlement.services.agreeing import agree_silent, agree_statement
from portal.settlement.services.approving import approve_statement, approve_statements
from portal.settlement.services.disputes import decide_dispute, dispute_lines, withdraw_dispute
from portal.settlement.services.paying import (
    close_statement,
    mark_failed,
    mark_paid,
    mark_reconciled,
    unmark_reconciled,
)
from portal.settlement.services.runs import (
    job_of,
    prepare_in_between,
    prepare_run,
    resume_run,
    run_now,
    start_approving,
    start_sending,
    stop_run,
)
from portal.settlement.services.sending import send_statements

__all__ = [
    "agree_silent",
    "agree_statement",
    "approve_adjustment",
    "approve_statement",
    "approve_statements",
    "close_statement",
    "decide_dispute",
    "decline_adjustment",
    "dispute_lines",
    "job_of",
    "mark_failed",
    "mark_paid",
    "mark_reconciled",
    "prepare_adjustment",
    "prepare_in_between",
    "prepare_run",
    "resume_run",
    "run_now",
    "send_statements",
    "start_approving",
    "start_sending",
    "stop_run",
    "unmark_reconciled",
    "withdraw_dispute",
]
