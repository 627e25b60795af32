from matchmaking.catalogue.models.boards import Board, BoardPlace, Prize, PrizeGiven
from matchmaking.catalogue.models.certificates import Certificate, CertificateReminder
from matchmaking.catalogue.models.creators import (
    CartPermission,
    DepositMove,
    DepositMoveQuerySet,
)
from matchmaking.catalogue.models.pictures import ProductPicture, ProductPictureQuerySet
from matchmaking.catalogue.models.plans import Plan, PlanCreator, PlanQuerySet
from matchmaking.catalogue.models.products import Product, ProductQuerySet
from matchmaking.catalogue.models.reputation import Gate, GateQuerySet, ProductDay, Reputation

__all__ = [
    "Board",
    "BoardPlace",
    "CartPermission",
    "Certificate",
    "CertificateReminder",
    "DepositMove",
    "DepositMoveQuerySet",
    "Gate",
    "GateQuerySet",
    "Plan",
    "PlanCreator",
    "PlanQuerySet",
    "Prize",
    "PrizeGiven",
    "Product",
    "ProductDay",
    "ProductPicture",
    "ProductPictureQuerySet",
    "ProductQuerySet",
    "Reputation",
]
