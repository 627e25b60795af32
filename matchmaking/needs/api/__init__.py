from matchmaking.needs.api.exposures import ExposureViewSet
from matchmaking.needs.api.needs import NeedViewSet, ProposalViewSet

__all__ = ["ExposureViewSet", "NeedViewSet", "ProposalViewSet"]
