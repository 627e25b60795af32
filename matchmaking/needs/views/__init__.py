from matchmaking.needs.views.needs import (
    need_cancellation,
    need_candidates,
    need_create,
    need_detail,
    need_edit,
    need_extension,
    need_invitation,
    need_list,
    need_publication,
    need_reopening,
)
from matchmaking.needs.views.operations import exposure_detail
from matchmaking.needs.views.proposals import (
    proposal_acceptance,
    proposal_detail,
    proposal_edit,
    proposal_refusal,
    proposal_shortlist,
    proposal_withdrawal,
)
from matchmaking.needs.views.questions import need_question, question_answer

__all__ = [
    "exposure_detail",
    "need_cancellation",
    "need_candidates",
    "need_create",
    "need_detail",
    "need_edit",
    "need_extension",
    "need_invitation",
    "need_list",
    "need_publication",
    "need_question",
    "need_reopening",
    "proposal_acceptance",
    "proposal_detail",
    "proposal_edit",
    "proposal_refusal",
    "proposal_shortlist",
    "proposal_withdrawal",
    "question_answer",
]
