from portal.revenue.models.agreements import (
    Acceptance,
    Agreement,
    AgreementQuerySet,
    AgreementVersion,
    AgreementVersionQuerySet,
    VersionSeal,
)
from portal.revenue.models.bills import BankRow, Bill, BillQuerySet, BillStep, is_late
from portal.revenue.models.holds import LineHold
from portal.revenue.models.orders import (
    ROLES,
    ControlTotal,
    Feed,
    OrderEvent,
    OrderLine,
    OrderLineQuerySet,
    Terms,
)
from portal.revenue.models.signing import SigningPower, SigningPowerQuerySet
from portal.revenue.models.turnovers import ChannelTurnover, Turnover, TurnoverQuerySet

__all__ = [
    "ROLES",
    "Acceptance",
    "Agreement",
    "AgreementQuerySet",
    "AgreementVersion",
    "AgreementVersionQuerySet",
    "BankRow",
    "Bill",
    "BillQuerySet",
    "BillStep",
    "ChannelTurnover",
    "ControlTotal",
    "Feed",
    "LineHold",
    "OrderEvent",
    "OrderLine",
    "OrderLineQuerySet",
    "SigningPower",
    "SigningPowerQuerySet",
    "Terms",
    "Turnover",
    "TurnoverQuerySet",
    "VersionSeal",
    "is_late",
]
