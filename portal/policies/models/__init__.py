"""Documents and consents; rules with the day each begins; what two people agree on."""

from portal.policies.models.dated import DatedRule
from portal.policies.models.documents import Consent, Draft, Version, VersionQuerySet, Withdrawal
from portal.policies.models.proposals import FeeProposal
from portal.policies.models.proposed import (
    Announced,
    Dated,
    DatedQuerySet,
    Proposed,
    ProposedQuerySet,
    announced_ahead,
    by_second_person,
    decided_with_time,
)
from portal.policies.models.rules import CartRule, FeeRate, FeeRateQuerySet

__all__ = [
    "Announced",
    "CartRule",
    "Consent",
    "Dated",
    "DatedQuerySet",
    "DatedRule",
    "Draft",
    "FeeProposal",
    "FeeRate",
    "FeeRateQuerySet",
    "Proposed",
    "ProposedQuerySet",
    "Version",
    "VersionQuerySet",
    "Withdrawal",
    "announced_ahead",
    "by_second_person",
    "decided_with_time",
]
