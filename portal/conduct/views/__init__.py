from portal.conduct.views.cases import (
    conduct_appeal_withdrawal,
    conduct_case_appeal,
    conduct_case_detail,
    conduct_case_statement,
    corrective_action_evidence,
)
from portal.conduct.views.reports import (
    conduct_list,
    conduct_report_create,
    conduct_report_detail,
    conduct_rule_list,
)

__all__ = [
    "conduct_appeal_withdrawal",
    "conduct_case_appeal",
    "conduct_case_detail",
    "conduct_case_statement",
    "conduct_list",
    "conduct_report_create",
    "conduct_report_detail",
    "conduct_rule_list",
    "corrective_action_evidence",
]
