"""Documents and consents; rules with the day each begins."""

from portal.policies.models.documents import Consent, Draft, Version, VersionQuerySet, Withdrawal
from portal.policies.models.rules import CartRule, FeeRate, FeeRateQuerySet

__all__ = [
    "CartRule",
    "Consent",
    "Draft",
    "FeeRate",
    "FeeRateQuerySet",
    "Version",
    "VersionQuerySet",
    "Withdrawal",
]
