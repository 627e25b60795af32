from portal.revenue.services.agreements import (
    accept_version,
    counter_version,
    decline_version,
    expire_versions,
    propose_agreement,
    propose_version,
    withdraw_version,
)
from portal.revenue.services.orders import (
    OrderFaults,
    Recorded,
    flaws_of_orders,
    record_orders,
)
from portal.revenue.services.signs import mark_orders
from portal.revenue.services.terms import TermsBook

__all__ = [
    "OrderFaults",
    "Recorded",
    "TermsBook",
    "accept_version",
    "counter_version",
    "decline_version",
    "expire_versions",
    "flaws_of_orders",
    "mark_orders",
    "propose_agreement",
    "propose_version",
    "record_orders",
    "withdraw_version",
]
