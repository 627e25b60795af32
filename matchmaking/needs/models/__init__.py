from matchmaking.needs.models.exposure import Exposure
from matchmaking.needs.models.needs import (
    KNOWN_TO_MERCHANT,
    TELLS_MERCHANT,
    Need,
    NeedQuerySet,
    Proposal,
    ProposalQuerySet,
)
from matchmaking.needs.models.questions import Question, QuestionQuerySet

__all__ = [
    "KNOWN_TO_MERCHANT",
    "TELLS_MERCHANT",
    "Exposure",
    "Need",
    "NeedQuerySet",
    "Proposal",
    "ProposalQuerySet",
    "Question",
    "QuestionQuerySet",
]
