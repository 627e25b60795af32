from matchmaking.needs.views.dates import free_days
from matchmaking.needs.views.drafts import (
    need_autosave,
    need_draft,
    need_draft_removal,
    need_template,
    need_template_removal,
    proposal_autosave,
    proposal_draft_removal,
)
from matchmaking.needs.views.lists import (
    need_list,
)
from matchmaking.needs.views.messages import (
    block_lift,
    message_list,
    message_report,
    proposal_block,
    proposal_messages,
)
from matchmaking.needs.views.needs import (
    need_cancellation,
    need_candidates,
    need_detail,
    need_extension,
    need_invitation,
    need_publication,
    need_reopening,
)
from matchmaking.needs.views.negotiation import (
    loss_report,
    proposal_agreement,
    proposal_offer,
)
from matchmaking.needs.views.operations import (
    exposure_detail,
)
from matchmaking.needs.views.packages import (
    service_offer_create,
    service_offer_detail,
    service_offer_edit,
    service_offer_hiding,
    service_offer_list,
    service_offer_order,
    service_offer_showing,
)
from matchmaking.needs.views.proposals import (
    fetch_proposal,
    proposal_acceptance,
    proposal_detail,
    proposal_edit,
    proposal_page,
    proposal_refusal,
    proposal_shortlist,
    proposal_withdrawal,
)
from matchmaking.needs.views.questions import (
    need_question,
    question_answer,
)
from matchmaking.needs.views.talks import (
    proposal_call,
    proposal_contact,
    proposal_contacts,
    proposal_talks,
    talk_agreement,
    talk_calendar,
    talk_cancellation,
    talk_refusal,
    talk_times,
    talk_withdrawal,
)
from matchmaking.needs.views.writing import (
    need_create,
    need_edit,
)

__all__ = [
    "block_lift",
    "exposure_detail",
    "fetch_proposal",
    "free_days",
    "loss_report",
    "message_list",
    "message_report",
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
    "proposal_agreement",
    "proposal_autosave",
    "proposal_block",
    "proposal_call",
    "proposal_contact",
    "proposal_contacts",
    "proposal_detail",
    "proposal_draft_removal",
    "proposal_edit",
    "proposal_messages",
    "proposal_offer",
    "proposal_page",
    "proposal_refusal",
    "proposal_shortlist",
    "proposal_talks",
    "proposal_withdrawal",
    "question_answer",
    "service_offer_create",
    "service_offer_detail",
    "service_offer_edit",
    "service_offer_hiding",
    "service_offer_list",
    "service_offer_order",
    "service_offer_showing",
    "talk_agreement",
    "talk_calendar",
    "talk_cancellation",
    "talk_refusal",
    "talk_times",
    "talk_withdrawal",
]
