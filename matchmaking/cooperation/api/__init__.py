from matchmaking.cooperation.api.cooperations import (
    CooperationSerializer,
    CooperationViewSet,
)
from matchmaking.cooperation.api.parts import (
    AmendmentViewSet,
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
    "LadderSerializer",
    "ObligationViewSet",
    "ReviewViewSet",
]
