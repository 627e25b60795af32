from portal.conduct.services.actions import (
    accept_action,
    ask_action,
    extend_action,
    fail_action,
    hand_in_action,
    return_action,
    sweep_actions,
)
from portal.conduct.services.book import save_rule
from portal.conduct.services.cases import (
    answer_case,
    appeal_verdict,
    confirm_case,
    dismiss_case,
    judge_verdict,
    notify_case,
    withdraw_verdict_appeal,
)
from portal.conduct.services.measures import end_measure, impose_measure, sweep_measures
from portal.conduct.services.reports import open_case, report_conduct
from portal.conduct.services.sweeps import sweep_cases

__all__ = [
    "accept_action",
    "answer_case",
    "appeal_verdict",
    "ask_action",
    "confirm_case",
    "dismiss_case",
    "end_measure",
    "extend_action",
    "fail_action",
    "hand_in_action",
    "impose_measure",
    "judge_verdict",
    "notify_case",
    "open_case",
    "report_conduct",
    "return_action",
    "save_rule",
    "sweep_actions",
    "sweep_cases",
    "sweep_measures",
    "withdraw_verdict_appeal",
]
