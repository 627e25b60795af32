from matchmaking.needs.api.drafts import NeedDraftViewSet, NeedTemplateViewSet
from matchmaking.needs.api.exposures import ExposureViewSet
from matchmaking.needs.api.needs import NeedViewSet
from matchmaking.needs.api.proposals import ProposalViewSet
from matchmaking.needs.api.questions import QuestionViewSet

__all__ = [
    "ExposureViewSet",
    "NeedDraftViewSet",
    "NeedTemplateViewSet",
    "NeedViewSet",
    "ProposalViewSet",
    "QuestionViewSet",
]
