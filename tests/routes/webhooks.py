"""Webhooks are their party's managers'; the catalogue is everybody's."""

from __future__ import annotations

from portal.webhooks import services
from portal.webhooks.fields import WebhookFields
from portal.webhooks.models import WebhookDelivery
from portal.webhooks.states import DeliveryState
from tests.routes import Arranged, Cast

READS = "visitor 302, owner 200, member 403, * 404"
WRITES = "visitor 302, owner 302, member 403, * 404"
PAGES = {
    "GET webhook_events": "* 200",
    "GET webhook_list": READS,
    "POST webhook_list": READS,  # an empty form comes back
    "GET webhook_detail": READS,
    "POST webhook_detail": READS,  # an empty form comes back
    "POST webhook_secret": READS,  # shown in the answer
    "POST webhook_test": WRITES,
    "POST webhook_pause": WRITES,
    "POST webhook_resumption": "visitor 302, owner 409, member 403, * 404",
    "POST webhook_end": WRITES,
    "GET webhook_delivery_detail": READS,
    "POST webhook_replay": WRITES,
}
OWN = "visitor 401, owner 200, member 403, * 404"
LISTS = "visitor 401, member 403, * 200"
API = {
    "GET api-webhook-events": "* 200",
    "GET api-webhook-list": LISTS,
    "GET api-webhook-detail": OWN,
    "PUT api-webhook-detail": OWN,
    "POST api-webhook-test": OWN.replace("owner 200", "owner 201"),
    "POST api-webhook-pause": OWN,
    "POST api-webhook-resumption": OWN.replace("owner 200", "owner 409"),
    "POST api-webhook-end": OWN,
    "GET api-webhook-delivery-list": LISTS,
    "GET api-webhook-delivery-detail": OWN,
    "POST api-webhook-delivery-replay": OWN.replace("owner 200", "owner 201"),
}
SEEN_IN_ADMIN = {
    "webhooks_webhook": ("operator", "auditor"),
    "webhooks_webhookdelivery": ("operator", "auditor"),
}


def arrange(cast: Cast) -> Arranged:
    party = cast.owner.party
    fields = WebhookFields("https://8.8.8.8/hook", ["need.published"])
    hook, _secret = services.make_webhook(cast.owner.actor, party=party, fields=fields)
    delivery = services.send_test(cast.owner.actor, webhook=hook)
    WebhookDelivery.objects.filter(pk=delivery.pk).update(
        state=DeliveryState.DELIVERED, next_at=None, ended_at=delivery.created_at
    )
    one, sent = {"pk": hook.pk}, {"pk": delivery.pk}
    ways = ("detail", "secret", "test", "pause", "resumption", "end")
    api = ("detail", "test", "pause", "resumption", "end")
    return Arranged(
        kwargs={
            "webhook_list": {"pk": party.pk},
            **{f"webhook_{way}": one for way in ways},
            **{f"api-webhook-{way}": one for way in api},
            "webhook_delivery_detail": sent,
            "webhook_replay": sent,
            "api-webhook-delivery-detail": sent,
            "api-webhook-delivery-replay": sent,
        },
        bodies={
            "PUT api-webhook-detail": {
                "url": "https://8.8.4.4/hook",
                "events": ["need.published"],
            }
        },
        rows={"webhooks_webhook": hook, "webhooks_webhookdelivery": delivery},
    )
