"""Every change to a webhook."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from portal.core import audit, clock, vault
from portal.core.actor import Actor
from portal.parties.models import Party
from portal.webhooks import rules, signing
from portal.webhooks.fields import WebhookFields
from portal.webhooks.models import Webhook
from portal.webhooks.states import OLD_SECRET_LASTS, Pause


@transaction.atomic
def make_webhook(actor: Actor, *, party: Party, fields: WebhookFields) -> tuple[Webhook, str]:
    """A new webhook and its secret, which is shown now and never again."""
    Party.objects.select_for_update(no_key=True).get(pk=party.pk)
    rules.can_make_webhook(actor, party).require()
    rules.webhook_is_sound(fields).require()
    assert actor.user is not None
    secret = signing.new_secret()
    webhook = Webhook.objects.create(
        party=party,
        url=fields.url,
        events=sorted(fields.events),
        secret_sealed=vault.seal(secret),
        created_by=actor.user,
        created_at=clock.now(),
    )
    audit.record(actor, "make_webhook", webhook, after=_facts(webhook))
    return webhook, secret


@transaction.atomic
def change_webhook(actor: Actor, *, webhook: Webhook, fields: WebhookFields) -> Webhook:
    """Another address, or other events; what is under way goes to the new address."""
    webhook = lock_webhook(webhook)
    rules.can_change_webhook(actor, webhook).require()
    rules.webhook_is_sound(fields).require()
    before = _facts(webhook)
    webhook.url, webhook.events = fields.url, sorted(fields.events)
    webhook.save(update_fields=["url", "events"])
    audit.record(actor, "change_webhook", webhook, before=before, after=_facts(webhook))
    return webhook


@transaction.atomic
def rotate_secret(actor: Actor, *, webhook: Webhook) -> tuple[Webhook, str]:
    """A new secret, shown once; for a day messages are signed with the old one, too."""
    webhook = lock_webhook(webhook)
    rules.can_rotate_secret(actor, webhook).require()
    secret = signing.new_secret()
    webhook.old_secret_sealed = webhook.secret_sealed
    webhook.old_secret_until = clock.now() + OLD_SECRET_LASTS
    webhook.secret_sealed = vault.seal(secret)
    webhook.save(update_fields=["secret_sealed", "old_secret_sealed", "old_secret_until"])
    audit.record(actor, "rotate_webhook_secret", webhook)
    return webhook, secret


@transaction.atomic
def pause_webhook(actor: Actor, *, webhook: Webhook) -> Webhook:
    """Send nothing for the time being; what happens meanwhile is not told later."""
    webhook = lock_webhook(webhook)
    rules.can_pause_webhook(actor, webhook).require()
    hold(actor, webhook, Pause.HAND)
    return webhook


@transaction.atomic
def resume_webhook(actor: Actor, *, webhook: Webhook) -> Webhook:
    """Send again, first what was under way when it was paused."""
    webhook = lock_webhook(webhook)
    rules.can_resume_webhook(actor, webhook).require()
    webhook.paused_at, webhook.pause, webhook.failing_since = None, "", None
    webhook.save(update_fields=["paused_at", "pause", "failing_since"])
    webhook.deliveries.pending().update(next_at=clock.now())
    audit.record(actor, "resume_webhook", webhook)
    return webhook


@transaction.atomic
def end_webhook(actor: Actor, *, webhook: Webhook) -> Webhook:
    """For good; its log stays for its time."""
    webhook = lock_webhook(webhook)
    rules.can_change_webhook(actor, webhook).require()
    webhook.ended_at = clock.now()
    webhook.secret_sealed, webhook.old_secret_sealed, webhook.old_secret_until = b"", None, None
    webhook.save()
    audit.record(actor, "end_webhook", webhook)
    return webhook


def hold(actor: Actor, webhook: Webhook, why: Pause) -> None:
    """Pause it; the caller has asked whether and locked the row."""
    webhook.paused_at, webhook.pause = clock.now(), why
    webhook.save(update_fields=["paused_at", "pause"])
    audit.record(actor, "pause_webhook", webhook, after={"why": why})


def lock_webhook(webhook: Webhook) -> Webhook:
    rows = Webhook.objects.select_for_update(of=("self",), no_key=True).select_related("party")
    return rows.get(pk=webhook.pk)


def _facts(webhook: Webhook) -> dict[str, str | Sequence[str]]:
    """What audit keeps; the path of the address may hold a key."""
    return {"host": webhook.host, "events": webhook.events}
