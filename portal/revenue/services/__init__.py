from portal.revenue.services.agreements import (
    accept_version,
    counter_version,
    decline_version,
    expire_versions,
    propose_agreement,
    propose_version,
    withdraw_version,
)

__all__ = [
    "accept_version",
    "counter_version",
    "decline_version",
    "expire_versions",
    "propose_agreement",
    "propose_version",
    "withdraw_version",
]
