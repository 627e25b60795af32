"""From a change to its messages: called with every audit row, in its transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from portal.core import clock, outbox
from portal.core.actor import Actor
from portal.webhooks.catalogue import EventType, heard
from portal.webhooks.models import Event, Webhook, WebhookDelivery

WAKE = "portal.webhooks.tasks.wake"


def hear(actor: Actor, verb: str, obj: models.Model) -> None:
    """Write the events of this change for those who subscribed; most changes are nobody's."""
    if outbox.is_history():
        return
    for event_type in heard(obj._meta.label_lower, verb):
        _tell(event_type, obj)


def _tell(event_type: EventType, obj: models.Model) -> None:
    parties = set(event_type.parties(obj))
    live = Webhook.objects.live().filter(party__in=parties, events__contains=[event_type.name])
    by_party: dict[int, list[Webhook]] = {}
    for webhook in live:
        by_party.setdefault(webhook.party_id, []).append(webhook)
    if not by_party:
        return
    for party_id, webhooks in by_party.items():
        write_event(party_id, event_type.name, event_type.data(obj, party_id), webhooks)


def write_event(
    party_id: int, name: str, data: dict[str, Any], webhooks: Iterable[Webhook]
) -> list[WebhookDelivery]:
    """The event and a delivery to each webhook; the outbox wakes who sends them."""
    now = clock.now()
    event = Event.objects.create(party_id=party_id, type=name, data=data, at=now)
    deliveries = WebhookDelivery.objects.bulk_create(
        [
            WebhookDelivery(webhook=webhook, event=event, created_at=now, next_at=now)
            for webhook in webhooks
        ]
    )
    outbox.put(WAKE, key=f"webhooks:{event.pk}", payload={})
    return deliveries
