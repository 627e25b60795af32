from portal.conduct.admin.book import RuleAdmin
from portal.conduct.admin.cases import CaseAdmin
from portal.conduct.admin.lists import CorrectiveActionAdmin, MeasureAdmin, ReportAdmin
from portal.conduct.admin.queues import (
    actions_to_check,
    appeals_to_judge,
    cases_to_decide,
    reports_to_look_at,
)

__all__ = [
    "CaseAdmin",
    "CorrectiveActionAdmin",
    "MeasureAdmin",
    "ReportAdmin",
    "RuleAdmin",
    "actions_to_check",
    "appeals_to_judge",
    "cases_to_decide",
    "reports_to_look_at",
]
