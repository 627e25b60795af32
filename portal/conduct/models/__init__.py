from portal.conduct.models.actions import (
    ActionStep,
    CorrectiveAction,
    CorrectiveActionQuerySet,
    Measure,
    MeasureQuerySet,
)
from portal.conduct.models.book import Rule, RuleQuerySet
from portal.conduct.models.cases import Case, CaseQuerySet, Report, ReportQuerySet
from portal.conduct.models.decisions import Appeal, Decision, Hearing

__all__ = [
    "ActionStep",
    "Appeal",
    "Case",
    "CaseQuerySet",
    "CorrectiveAction",
    "CorrectiveActionQuerySet",
    "Decision",
    "Hearing",
    "Measure",
    "MeasureQuerySet",
    "Report",
    "ReportQuerySet",
    "Rule",
    "RuleQuerySet",
]
