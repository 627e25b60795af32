from matchmaking.needs.models.exposure import Exposure
from matchmaking.needs.models.needs import (
    KNOWN_TO_MERCHANT,
    TELLS_MERCHANT,
    Need,
    NeedQuerySet,
    Proposal,
    ProposalQuerySet,
)

__all__ = [
    "KNOWN_TO_MERCHANT",
    "TELLS_MERCHANT",
    "Exposure",
    "Need",
    "NeedQuerySet",
    "Proposal",
    "ProposalQuerySet",
]
