"""Every change to a need and its proposals."""

from matchmaking.needs.services.drafts import (
    discard_draft,
    keep_draft,
    prune_drafts,
)
from matchmaking.needs.services.exposures import (
    log_exposures,
)
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
from matchmaking.needs.services.questions import (
    answer_question,
    ask_question,
)
from matchmaking.needs.services.templates import (
    remove_template,
    save_template,
)

__all__ = [
    "accept_proposal",
    "answer_question",
    "ask_question",
    "cancel_need",
    "create_need",
    "decline_proposal",
    "discard_draft",
    "draft_proposal",
    "expire_need",
    "expire_needs",
    "extend_need",
    "invite_provider",
    "keep_draft",
    "log_exposures",
    "prune_drafts",
    "publish_need",
    "remove_template",
    "reopen_need",
    "save_template",
    "shortlist_proposal",
    "submit_proposal",
    "update_need",
    "withdraw_proposal",
]
