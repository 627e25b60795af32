from matchmaking.cooperation.models import price_from
from matchmaking.needs.models.dates import FreeTime, FreeTimeQuerySet
from matchmaking.needs.models.drafts import NeedDraft, NeedTemplate, ProposalDraft
from matchmaking.needs.models.exposure import Exposure
from matchmaking.needs.models.messages import (
    Block,
    Message,
    MessageQuerySet,
    MessageReport,
    conversations_of,
)
from matchmaking.needs.models.needs import Need, NeedQuerySet
from matchmaking.needs.models.offers import Offer
from matchmaking.needs.models.packages import ServiceOffer, ServiceOfferQuerySet
from matchmaking.needs.models.proposals import (
    KNOWN_TO_MERCHANT,
    TELLS_MERCHANT,
    Proposal,
    ProposalQuerySet,
)
from matchmaking.needs.models.questions import Question, QuestionQuerySet
from matchmaking.needs.models.responses import LEAST, ResponseFact, ResponsePace
from matchmaking.needs.models.results import CategoryResult, ResultRun
from matchmaking.needs.models.talks import MINUTES, MOST_TIMES, Talk, TalkQuerySet, TalkStep

__all__ = [
    "KNOWN_TO_MERCHANT",
    "LEAST",
    "MINUTES",
    "MOST_TIMES",
    "TELLS_MERCHANT",
    "Block",
    "CategoryResult",
    "Exposure",
    "FreeTime",
    "FreeTimeQuerySet",
    "Message",
    "MessageQuerySet",
    "MessageReport",
    "Need",
    "NeedDraft",
    "NeedQuerySet",
    "NeedTemplate",
    "Offer",
    "Proposal",
    "ProposalDraft",
    "ProposalQuerySet",
    "Question",
    "QuestionQuerySet",
    "ResponseFact",
    "ResponsePace",
    "ResultRun",
    "ServiceOffer",
    "ServiceOfferQuerySet",
    "Talk",
    "TalkQuerySet",
    "TalkStep",
    "conversations_of",
    "price_from",
]
