"""Documents and consents; rules with the day each begins."""

from portal.policies.models.dated import DatedRule, DatedRuleQuerySet
from portal.policies.models.documents import Consent, Draft, Version, VersionQuerySet, Withdrawal
from portal.policies.models.proposals import FeeProposal, FeeProposalQuerySet
from portal.policies.models.rules import CartRule, FeeRate, FeeRateQuerySet

__all__ = [
    "CartRule",
    "Consent",
    "DatedRule",
    "DatedRuleQuerySet",
    "Draft",
    "FeeProposal",
    "FeeProposalQuerySet",
    "FeeRate",
    "FeeRateQuerySet",
    "Version",
    "VersionQuerySet",
    "Withdrawal",
]
