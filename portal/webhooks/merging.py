"""Machines of two parties that become one."""

from __future__ import annotations

from portal.core import clock
from portal.parties.merges import Fate, logs, moves_by
from portal.parties.models import Party
from portal.webhooks.models import Event, Webhook

logs(Event, "party")


@moves_by(Webhook, "party", Fate.STAYS)
def end_webhooks(survivor: Party, absorbed: Party) -> None:
    """As with keys: whom the party that stays tells is said anew."""
    Webhook.objects.open().filter(party=absorbed).update(
        ended_at=clock.now(), secret_sealed=b"", old_secret_sealed=None, old_secret_until=None
    )
