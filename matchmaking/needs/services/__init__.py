"""Every change to a need and its proposals."""

from matchmaking.needs.services.bulk import (
    write_needs,
)
from matchmaking.needs.services.dates import set_free_days
from matchmaking.needs.services.drafts import ANSWERING, DRAFTING
from matchmaking.needs.services.exposures import (
    log_exposures,
)
from matchmaking.needs.services.lives import (
    Event,
    NeedLife,
)
from matchmaking.needs.services.messages import (
    block_party,
    dismiss_report,
    lift_block,
    read_messages,
    report_message,
    send_message,
    uphold_report,
)
from matchmaking.needs.services.needs import (
    cancel_need,
    close_need,
    create_need,
    expire_need,
    expire_needs,
    extend_need,
    publish_need,
    reopen_need,
    update_need,
)
from matchmaking.needs.services.negotiation import (
    agree_offer,
    counter_offer,
)
from matchmaking.needs.services.packages import (
    create_service_offer,
    hide_service_offer,
    order_service_offer,
    show_service_offer,
    update_service_offer,
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
from matchmaking.needs.services.responses import (
    refresh_paces,
)
from matchmaking.needs.services.results import (
    refresh_results,
)
from matchmaking.needs.services.talk_sweeps import (
    sweep_talks,
)
from matchmaking.needs.services.talks import (
    BidContact,
    agree_talk,
    cancel_talk,
    decline_talk,
    propose_call,
    propose_contacts,
    reveal_bid_contact,
    suggest_times,
    withdraw_talk,
)
from matchmaking.needs.services.templates import (
    remove_template,
    save_template,
)

__all__ = [
    "ANSWERING",
    "DRAFTING",
    "BidContact",
    "Event",
    "NeedLife",
    "accept_proposal",
    "agree_offer",
    "agree_talk",
    "answer_question",
    "ask_question",
    "block_party",
    "cancel_need",
    "cancel_talk",
    "close_need",
    "counter_offer",
    "create_need",
    "create_service_offer",
    "decline_proposal",
    "decline_talk",
    "dismiss_report",
    "draft_proposal",
    "expire_need",
    "expire_needs",
    "extend_need",
    "hide_service_offer",
    "invite_provider",
    "lift_block",
    "log_exposures",
    "order_service_offer",
    "propose_call",
    "propose_contacts",
    "publish_need",
    "read_messages",
    "refresh_paces",
    "refresh_results",
    "remove_template",
    "reopen_need",
    "report_message",
    "reveal_bid_contact",
    "save_template",
    "send_message",
    "set_free_days",
    "shortlist_proposal",
    "show_service_offer",
    "submit_proposal",
    "suggest_times",
    "sweep_talks",
    "update_need",
    "update_service_offer",
    "uphold_report",
    "withdraw_proposal",
    "withdraw_talk",
    "write_needs",
]
