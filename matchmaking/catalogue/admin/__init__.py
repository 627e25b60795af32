from matchmaking.catalogue.admin.boards import BoardAdmin, BoardPlaceAdmin, GateAdmin, PrizeAdmin
from matchmaking.catalogue.admin.creators import (
    CartPermissionAdmin,
    DepositMoveAdmin,
    waiting_deposits,
)
from matchmaking.catalogue.admin.products import (
    CertificateAdmin,
    PlanAdmin,
    ProductAdmin,
    ProductDayAdmin,
    ReputationAdmin,
)

__all__ = [
    "BoardAdmin",
    "BoardPlaceAdmin",
    "CartPermissionAdmin",
    "CertificateAdmin",
    "DepositMoveAdmin",
    "GateAdmin",
    "PlanAdmin",
    "PrizeAdmin",
    "ProductAdmin",
    "ProductDayAdmin",
    "ReputationAdmin",
    "waiting_deposits",
]
