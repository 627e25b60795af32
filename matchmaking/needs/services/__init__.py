"""Every change to a need and its proposals."""

from matchmaking.needs.services.exposures import log_exposures
from matchmaking.needs.services.needs import (
    cancel_need,
    create_need,
    expire_need,
    expire_needs,
    extend_need,
    publish_need,
    reopen_need,
    update_need,
)
from matchmaking.needs.services.proposals import (
    accept_proposal,
    decline_proposal,
    draft_proposal,
    invite_provider,
    shortlist_proposal,
    submit_proposal,
    withdraw_proposal,
)
from matchmaking.needs.services.questions import answer_question, ask_question

__all__ = [
    "accept_proposal",
    "answer_question",
    "ask_question",
    "cancel_need",
    "create_need",
    "decline_proposal",
    "draft_proposal",
    "expire_need",
    "expire_needs",
    "extend_need",
    "invite_provider",
    "log_exposures",
    "publish_need",
    "reopen_need",
    "shortlist_proposal",
    "submit_proposal",
    "update_need",
    "withdraw_proposal",
]
