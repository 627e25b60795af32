from matchmaking.catalogue.api.boards import BoardsView
from matchmaking.catalogue.api.creators import (
    DepositMoveView,
    GateMovesView,
    GatePaymentView,
    GatePermissionView,
    GateRefundView,
    GateView,
)
from matchmaking.catalogue.api.facts import ProductDaysView
from matchmaking.catalogue.api.papers import (
    ProductCertificateView,
    ProductPictureView,
    ProductPlanEndView,
)
from matchmaking.catalogue.api.products import ProductViewSet

__all__ = [
    "BoardsView",
    "DepositMoveView",
    "GateMovesView",
    "GatePaymentView",
    "GatePermissionView",
    "GateRefundView",
    "GateView",
    "ProductCertificateView",
    "ProductDaysView",
    "ProductPictureView",
    "ProductPlanEndView",
    "ProductViewSet",
]
