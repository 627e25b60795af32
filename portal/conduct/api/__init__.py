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
    "ViolationListView",
]
