from __future__ import annotations

from datetime import date

from django.db import connection, transaction

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.ledger.models import Closing
from portal.ledger.rules import can_close_period


@transaction.atomic
def close_period(actor: Actor, *, month: date) -> Closing:
    """Close a month for good. Waits for postings that are under way, and lets none in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ledger_closing'))")
    can_close_period(actor, month).require()
    closing = Closing.objects.create(month=month, closed_at=clock.now(), closed_by=actor.user)
    audit.record(actor, "close_period", closing)
    return closing
