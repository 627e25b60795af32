"""Who gives a party's machines an address, and what makes one."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.outgoing import Blocked, check_url
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden
from portal.parties.models import Party
from portal.parties.rules import can_manage_party
from portal.parties.states import PartyStatus
from portal.webhooks.catalogue import event_names
from portal.webhooks.fields import WebhookFields
from portal.webhooks.models import Webhook, WebhookDelivery
from portal.webhooks.states import DeliveryState

MOST_WEBHOOKS = 10
MOST_REPLAYS = 100  # under way at once


def can_see_webhooks(actor: Actor, party: Party) -> Verdict:
    return can_manage_party(actor, party)


def can_manage_webhooks(actor: Actor, party: Party) -> Verdict:
    if not (verdict := can_see_webhooks(actor, party)):
        return verdict
    if actor.key_id:
        return forbidden(_("A key may not do this. Sign in."))
    if party.status == PartyStatus.CLOSED:
        return conflict(_("This party is closed."))
    return ALLOWED


def can_make_webhook(actor: Actor, party: Party) -> Verdict:
    if not (verdict := can_manage_webhooks(actor, party)):
        return verdict
    if Webhook.objects.filter(party=party).open().count() >= MOST_WEBHOOKS:
        return conflict(_("There are ten webhooks already. End one first."))
    return ALLOWED


def can_change_webhook(actor: Actor, webhook: Webhook) -> Verdict:
    if not (verdict := can_manage_webhooks(actor, webhook.party)):
        return verdict
    if webhook.ended_at is not None:
        return conflict(_("This webhook is ended."))
    return ALLOWED


def can_pause_webhook(actor: Actor, webhook: Webhook) -> Verdict:
    if not actor.has_perm("webhooks.pause_webhook"):
        verdict = can_change_webhook(actor, webhook)
        if not verdict:
            return verdict
    if webhook.ended_at is not None or webhook.paused_at is not None:
        return conflict(_("Nothing is sent to this webhook now."))
    return ALLOWED


def can_resume_webhook(actor: Actor, webhook: Webhook) -> Verdict:
    if not (verdict := can_change_webhook(actor, webhook)):
        return verdict
    if webhook.paused_at is None:
        return conflict(_("This webhook is not paused."))
    return ALLOWED


def can_rotate_secret(actor: Actor, webhook: Webhook) -> Verdict:
    """The old secret must have run out first: a receiver knows two at most."""
    if not (verdict := can_change_webhook(actor, webhook)):
        return verdict
    if webhook.has_old_secret(clock.now()):
        return conflict(_("The secret was changed within a day; the old one still works."))
    return ALLOWED


def can_send_to_webhook(actor: Actor, webhook: Webhook) -> Verdict:
    """Tests and replays; a key may ask for them, too."""
    if not (verdict := can_see_webhooks(actor, webhook.party)):
        return verdict
    if webhook.ended_at is not None or webhook.paused_at is not None:
        return conflict(_("Nothing is sent to this webhook now."))
    asked = webhook.deliveries.pending().count()
    if asked >= MOST_REPLAYS:
        return conflict(_("A hundred messages are on their way already. Wait until some arrived."))
    return ALLOWED


def can_replay(actor: Actor, delivery: WebhookDelivery) -> Verdict:
    if not (verdict := can_send_to_webhook(actor, delivery.webhook)):
        return verdict
    if delivery.state == DeliveryState.PENDING:
        return conflict(_("This one is still under way."))
    return ALLOWED


def webhook_is_sound(fields: WebhookFields) -> Verdict:
    return flawless(flaws_of_webhook(fields))


def flaws_of_webhook(fields: WebhookFields) -> Iterator[Flaw]:
    try:
        check_url(fields.url)
    except Blocked as blocked:
        yield Flaw("url", str(blocked))
    if not fields.events or not set(fields.events) <= event_names():
        yield Flaw("events", _("Choose from the list of events."))
