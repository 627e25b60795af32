from matchmaking.recruiting.services.acceptance import accept_application, terms_of
from matchmaking.recruiting.services.applications import (
    apply_to_post,
    reject_application,
    shortlist_application,
    withdraw_application,
)
from matchmaking.recruiting.services.bulk import write_posts
from matchmaking.recruiting.services.decisions import Outcome, decide_applications
from matchmaking.recruiting.services.digests import tell_suggestions
from matchmaking.recruiting.services.drafts import DRAFTING
from matchmaking.recruiting.services.kept import (
    remove_search,
    remove_template,
    save_search,
    save_template,
)
from matchmaking.recruiting.services.lives import ApplicationLife, Happening, PostLife
from matchmaking.recruiting.services.negotiation import agree_offer, counter_offer
from matchmaking.recruiting.services.posts import (
    close_post,
    create_post,
    expire_post,
    expire_posts,
    extend_post,
    pause_post,
    publish_post,
    resume_post,
    update_post,
)
from matchmaking.recruiting.services.promises import follow_cooperation
from matchmaking.recruiting.services.sweeps import (
    lapse_application,
    lapse_applications,
    remind_of_applications,
)

__all__ = [
    "DRAFTING",
    "ApplicationLife",
    "Happening",
    "Outcome",
    "PostLife",
    "accept_application",
    "agree_offer",
    "apply_to_post",
    "close_post",
    "counter_offer",
    "create_post",
    "decide_applications",
    "expire_post",
    "expire_posts",
    "extend_post",
    "follow_cooperation",
    "lapse_application",
    "lapse_applications",
    "pause_post",
    "publish_post",
    "reject_application",
    "remind_of_applications",
    "remove_search",
    "remove_template",
    "resume_post",
    "save_search",
    "save_template",
    "shortlist_application",
    "tell_suggestions",
    "terms_of",
    "update_post",
    "withdraw_application",
    "write_posts",
]
