from matchmaking.cooperation.api.cooperations import (
    CooperationSerializer,
    CooperationViewSet,
)
from matchmaking.cooperation.api.parts import (
    AmendmentViewSet,
    ObligationViewSet,
    ReviewViewSet,
)

__all__ = [
    "AmendmentViewSet",
    "CooperationSerializer",
    "CooperationViewSet",
    "ObligationViewSet",
    "ReviewViewSet",
]
