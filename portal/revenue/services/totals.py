"""What a feed says it sent for a day: held against what arrived."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import flawless
from portal.revenue import rules
from portal.revenue.models import ControlTotal, Feed


@transaction.atomic
def announce_total(
    actor: Actor, *, feed: Feed, day: date, events: int, amount_fen: int
) -> ControlTotal:
    """Said again, the later word holds; the audit keeps the earlier one."""
    rules.can_bring_orders(actor, feed).require()
    flawless(rules.flaws_of_total(day, events, amount_fen)).require()
    Feed.objects.select_for_update(of=("self",), no_key=True).get(pk=feed.pk)
    known = ControlTotal.objects.filter(feed=feed, day=day).first()
    before = _said(known) if known else None
    total = known or ControlTotal(feed=feed, day=day)
    total.events, total.amount_fen, total.told_at = events, amount_fen, clock.now()
    if before != _said(total):
        total.save()
        audit.record(actor, "announce_total", total, before=before, after=_said(total))
    return total


def _said(total: ControlTotal) -> dict[str, int]:
    return {"events": total.events, "amount_fen": total.amount_fen}
