from matchmaking.needs.models.drafts import NeedDraft, NeedTemplate
from matchmaking.needs.models.exposure import Exposure
from matchmaking.needs.models.needs import Need, NeedQuerySet
from matchmaking.needs.models.proposals import (
    KNOWN_TO_MERCHANT,
    TELLS_MERCHANT,
    Proposal,
    ProposalQuerySet,
)
from matchmaking.needs.models.questions import Question, QuestionQuerySet

__all__ = [
    "KNOWN_TO_MERCHANT",
    "TELLS_MERCHANT",
    "Exposure",
    "Need",
    "NeedDraft",
    "NeedQuerySet",
    "NeedTemplate",
    "Proposal",
    "ProposalQuerySet",
    "Question",
    "QuestionQuerySet",
]
