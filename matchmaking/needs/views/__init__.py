from matchmaking.needs.views.drafts import (
    need_autosave,
    need_draft,
    need_draft_removal,
    need_template,
    need_template_removal,
)
from matchmaking.needs.views.needs import (
    need_cancellation,
    need_candidates,
    need_detail,
    need_extension,
    need_invitation,
    need_list,
    need_publication,
    need_reopening,
)
from matchmaking.needs.views.operations import (
    exposure_detail,
)
from matchmaking.needs.views.proposals import (
    proposal_acceptance,
    proposal_detail,
    proposal_edit,
    proposal_refusal,
    proposal_shortlist,
    proposal_withdrawal,
)
from matchmaking.needs.views.questions import (
    need_question,
    question_answer,
)
from matchmaking.needs.views.writing import (
    need_create,
    need_edit,
)

__all__ = [
    "exposure_detail",
    "need_autosave",
    "need_cancellation",
    "need_candidates",
    "need_create",
    "need_detail",
    "need_draft",
    "need_draft_removal",
    "need_edit",
    "need_extension",
    "need_invitation",
    "need_list",
    "need_publication",
    "need_question",
    "need_reopening",
    "need_template",
    "need_template_removal",
    "proposal_acceptance",
    "proposal_detail",
    "proposal_edit",
    "proposal_refusal",
    "proposal_shortlist",
    "proposal_withdrawal",
    "question_answer",
]
