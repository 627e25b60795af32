"""What the tests of webhooks share."""

import base64
import hashlib
import hmac

from portal.webhooks import catalogue, services
from portal.webhooks.fields import WebhookFields

SEND, DISPATCH = "portal.webhooks.tasks.send_webhooks", "portal.core.tasks.dispatch_outbox"
EVERYTHING = sorted(catalogue.event_names())
PUBLIC = "https://8.8.8.8/hook"


def make(person, url=PUBLIC, events=EVERYTHING):
    return services.make_webhook(
        person.actor, party=person.party, fields=WebhookFields(url, events)
    )


def signature(secret, request):
    """As a receiver reckons it, from the standard and not from our code."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    at, number = request.headers["webhook-timestamp"], request.headers["webhook-id"]
    digest = hmac.new(key, f"{number}.{at}.".encode() + request.body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def pending(merchant, receiver, status=500):
    hook, _secret = make(merchant, receiver.url)
    receiver.status, receiver.body = status, "出错了".encode()
    return hook, services.send_test(merchant.actor, webhook=hook)
