"""Messages to webhooks: asked for again, claimed by who sends them, and ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext_noop

from portal.core import audit, clock, outbox
from portal.core.actor import Actor, system_actor
from portal.core.outgoing import Answer
from portal.parties.services import tell_party
from portal.webhooks import rules
from portal.webhooks.catalogue import TEST
from portal.webhooks.hearing import WAKE, write_event
from portal.webhooks.models import Attempt, Event, Webhook, WebhookDelivery
from portal.webhooks.services.webhooks import hold, lock_webhook
from portal.webhooks.states import KEPT, PAUSE_AFTER, RETRIES, DeliveryState, Pause

LEASE = timedelta(seconds=60)  # longer than one request may take; then another worker may try
MOST_AT_ONCE = 2  # requests to receivers of one party
MOST_ANSWER = 2_000  # characters of an answer that the log keeps
GONE = 410


@transaction.atomic
def send_test(actor: Actor, *, webhook: Webhook) -> WebhookDelivery:
    """A message of the type `webhook.test`, sent whatever the webhook subscribed to."""
    webhook = lock_webhook(webhook)
    rules.can_send_to_webhook(actor, webhook).require()
    data: dict[str, Any] = {"webhook": str(webhook.pk), "party": webhook.party_id}
    [delivery] = write_event(webhook.party_id, TEST, data, [webhook])
    audit.record(actor, "test_webhook", webhook)
    return delivery


@transaction.atomic
def replay_delivery(actor: Actor, *, delivery: WebhookDelivery) -> WebhookDelivery:
    """Send the same event once more, under the same message id."""
    webhook = lock_webhook(delivery.webhook)
    delivery = WebhookDelivery.objects.select_related("event").get(pk=delivery.pk)
    delivery.webhook = webhook
    rules.can_replay(actor, delivery).require()
    now = clock.now()
    again = WebhookDelivery.objects.create(
        webhook=webhook, event=delivery.event, replays=delivery, created_at=now, next_at=now
    )
    audit.record(actor, "replay_webhook", webhook, after={"delivery": str(again.pk)})
    outbox.put(WAKE, key=f"webhook-replay:{again.pk}", payload={})
    return again


@transaction.atomic
def claim_delivery() -> WebhookDelivery | None:
    """The next due message whose receiver is not busy, and whose party does not keep the site busy
    already, for the caller alone. A claim runs out by itself: a worker that dies loses nothing."""
    now = clock.now()
    busy = Webhook.objects.filter(busy_until__gt=now).order_by().values("party")
    greedy = busy.annotate(number=Count("pk")).filter(number__gte=MOST_AT_ONCE)
    free = Q(webhook__busy_until=None) | Q(webhook__busy_until__lte=now)
    due = WebhookDelivery.objects.pending().filter(
        free, next_at__lte=now, webhook__paused_at=None, webhook__ended_at=None
    )
    fair = due.exclude(webhook__party__in=greedy.values("party"))
    rows = fair.select_related("webhook", "event").order_by("next_at")
    delivery = rows.select_for_update(of=("self", "webhook"), skip_locked=True, no_key=True).first()
    if delivery is None:
        return None
    delivery.tries += 1
    delivery.next_at = now + LEASE
    delivery.save(update_fields=["tries", "next_at"])
    delivery.webhook.busy_until = delivery.next_at
    delivery.webhook.save(update_fields=["busy_until"])
    return delivery


@transaction.atomic
def end_try(claimed: WebhookDelivery, *, answer: Answer | None, problem: str = "") -> None:
    """Write down how a try went, and what follows. A claim that another worker took over meanwhile
    changes nothing but the log."""
    webhook = lock_webhook(claimed.webhook)
    delivery = WebhookDelivery.objects.select_for_update(no_key=True).get(pk=claimed.pk)
    now = clock.now()
    Attempt.objects.get_or_create(
        delivery=delivery,
        number=claimed.tries,
        defaults={
            "at": now,
            "status": answer.status if answer else None,
            "answer": answer.body[:MOST_ANSWER].replace("\0", "�") if answer else "",
            "problem": "" if answer else problem[:200],
            "milliseconds": answer.milliseconds if answer else 0,
        },
    )
    if delivery.tries != claimed.tries or delivery.state != DeliveryState.PENDING:
        return
    webhook.busy_until = None
    if answer is not None and answer.is_success:
        _succeed(webhook, delivery, now)
    else:
        _fail(webhook, delivery, now, is_gone=answer is not None and answer.status == GONE)


def _succeed(webhook: Webhook, delivery: WebhookDelivery, now: datetime) -> None:
    webhook.delivered_at, webhook.failing_since = now, None
    webhook.save(update_fields=["busy_until", "delivered_at", "failing_since"])
    _end(delivery, DeliveryState.DELIVERED, now)


def _fail(webhook: Webhook, delivery: WebhookDelivery, now: datetime, *, is_gone: bool) -> None:
    webhook.failing_since = webhook.failing_since or now
    webhook.save(update_fields=["busy_until", "failing_since"])
    if delivery.tries > len(RETRIES) or is_gone:
        _end(delivery, DeliveryState.FAILED, now)
    else:
        delivery.next_at = now + RETRIES[delivery.tries - 1]
        delivery.save(update_fields=["next_at"])
    if is_gone:
        _give_up(webhook, Pause.GONE)
    elif now - webhook.failing_since >= PAUSE_AFTER:
        _give_up(webhook, Pause.FAILING)


def _end(delivery: WebhookDelivery, state: DeliveryState, now: datetime) -> None:
    delivery.state, delivery.next_at, delivery.ended_at = state, None, now
    delivery.save(update_fields=["state", "next_at", "ended_at"])


def _give_up(webhook: Webhook, why: Pause) -> None:
    """Stop knocking, and tell the party's people."""
    if webhook.paused_at is not None or webhook.ended_at is not None:
        return
    hold(system_actor("task"), webhook, why)
    tell_party(
        webhook.party,
        event="webhook.paused",
        key=f"webhook-paused:{webhook.pk}:{clock.now().isoformat()}",
        sentence=gettext_noop("The webhook to %(host)s was paused: it takes no messages."),
        params={"host": webhook.host},
        url=webhook.get_absolute_url(),
    )


def prune_events() -> int:
    """Forget what happened long ago, with its log. How many events went."""
    old = Event.objects.filter(at__lt=clock.now() - KEPT)
    return old.delete()[1].get("webhooks.Event", 0)
