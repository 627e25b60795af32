from matchmaking.cooperation.api.amendments import AmendmentViewSet, PaperCheckView, PaperView
from matchmaking.cooperation.api.cooperations import (
    CooperationSerializer,
    CooperationViewSet,
    ProposedTermsSerializer,
)
from matchmaking.cooperation.api.disputes import DisputeViewSet, DoorReturnsView
from matchmaking.cooperation.api.parts import (
    ObligationViewSet,
    ReviewViewSet,
)
from matchmaking.cooperation.api.prices import LadderSerializer
from matchmaking.cooperation.api.templates import AgreementTemplateViewSet

__all__ = [
    "AgreementTemplateViewSet",
    "AmendmentViewSet",
    "CooperationSerializer",
    "CooperationViewSet",
    "DisputeViewSet",
    "DoorReturnsView",
    "LadderSerializer",
    "ObligationViewSet",
    "PaperCheckView",
    "PaperView",
    "ProposedTermsSerializer",
    "ReviewViewSet",
]
