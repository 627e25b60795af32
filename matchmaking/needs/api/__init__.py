from matchmaking.needs.api.exposures import ExposureViewSet
from matchmaking.needs.api.needs import NeedViewSet
from matchmaking.needs.api.proposals import ProposalViewSet
from matchmaking.needs.api.questions import QuestionViewSet

__all__ = ["ExposureViewSet", "NeedViewSet", "ProposalViewSet", "QuestionViewSet"]
