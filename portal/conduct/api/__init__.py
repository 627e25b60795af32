from portal.conduct.api.leading import LedCaseViewSet
from portal.conduct.api.views import (
    ConductCaseViewSet,
    ConductReportViewSet,
    ConductRuleListView,
    CorrectiveActionEvidenceView,
    ViolationListView,
)

__all__ = [
    "ConductCaseViewSet",
    "ConductReportViewSet",
    "ConductRuleListView",
    "CorrectiveActionEvidenceView",
    "LedCaseViewSet",
    "ViolationListView",
]
