from portal.revenue.models.agreements import (
    Acceptance,
    Agreement,
    AgreementQuerySet,
    AgreementVersion,
    AgreementVersionQuerySet,
)
from portal.revenue.models.orders import (
    ROLES,
    ControlTotal,
    Feed,
    OrderEvent,
    OrderLine,
    OrderLineQuerySet,
    Terms,
)

__all__ = [
    "ROLES",
    "Acceptance",
    "Agreement",
    "AgreementQuerySet",
    "AgreementVersion",
    "AgreementVersionQuerySet",
    "ControlTotal",
    "Feed",
    "OrderEvent",
    "OrderLine",
    "OrderLineQuerySet",
    "Terms",
]
