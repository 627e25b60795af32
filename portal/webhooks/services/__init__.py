from portal.webhooks.services.deliveries import (
    claim_delivery,
    end_try,
    prune_events,
    replay_delivery,
    send_test,
)
from portal.webhooks.services.webhooks import (
    change_webhook,
    end_webhook,
    make_webhook,
    pause_webhook,
    resume_webhook,
    rotate_secret,
)

__all__ = [
    "change_webhook",
    "claim_delivery",
    "end_try",
    "end_webhook",
    "make_webhook",
    "pause_webhook",
    "prune_events",
    "replay_delivery",
    "resume_webhook",
    "rotate_secret",
    "send_test",
]
