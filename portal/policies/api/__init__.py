from portal.policies.api.figures import (
    ConsentViewSet,
    DatedRuleListView,
    DocumentListView,
    FeeListView,
)
from portal.policies.api.proposals import FeeProposalViewSet

__all__ = [
    "ConsentViewSet",
    "DatedRuleListView",
    "DocumentListView",
    "FeeListView",
    "FeeProposalViewSet",
]
