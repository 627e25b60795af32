from portal.webhooks.models.delivery import (
    Attempt,
    Event,
    WebhookDelivery,
)
from portal.webhooks.models.webhook import (
    Webhook,
)

__all__ = [
    "Attempt",
    "Event",
    "Webhook",
    "WebhookDelivery",
]
