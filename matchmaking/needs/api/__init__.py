from matchmaking.needs.api.dates import FreeDaysViewSet
from matchmaking.needs.api.drafts import (
    NeedDraftViewSet,
    NeedTemplateViewSet,
    ProposalDraftViewSet,
)
from matchmaking.needs.api.exposures import ExposureViewSet
from matchmaking.needs.api.losses import LossViewSet
from matchmaking.needs.api.messages import BlockViewSet, MessageViewSet
from matchmaking.needs.api.needs import NeedViewSet
from matchmaking.needs.api.packages import ServiceOfferViewSet
from matchmaking.needs.api.proposals import ProposalViewSet
from matchmaking.needs.api.questions import QuestionViewSet
from matchmaking.needs.api.talks import TalkViewSet

__all__ = [
    "BlockViewSet",
    "ExposureViewSet",
    "FreeDaysViewSet",
    "LossViewSet",
    "MessageViewSet",
    "NeedDraftViewSet",
    "NeedTemplateViewSet",
    "NeedViewSet",
    "ProposalDraftViewSet",
    "ProposalViewSet",
    "QuestionViewSet",
    "ServiceOfferViewSet",
    "TalkViewSet",
]
