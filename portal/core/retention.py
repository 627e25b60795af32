"""What is kept for a while only: delivered messages, first answers of the API, ended sessions.
Audit and trade records are not among them."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session

from portal.core import clock
from portal.core.models import IdempotencyKey, OutboxMessage

DELIVERED = timedelta(days=30)
ANSWERS = timedelta(hours=24)  # a client that repeats later starts anew


def prune() -> int:
    """Delete what is past its time. Returns how many rows went."""
    now = clock.now()
    past = (
        OutboxMessage.objects.filter(delivered_at__lt=now - DELIVERED),
        IdempotencyKey.objects.filter(created_at__lt=now - ANSWERS),
        Session.objects.filter(expire_date__lt=now),
    )
    return sum(rows.delete()[0] for rows in past)
