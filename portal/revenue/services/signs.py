"""Marking lines that are looked at twice, by the published formulas of `engine.suspicion`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import TruncDate

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.revenue import engine
from portal.revenue.models import Feed, OrderEvent, OrderLine
from portal.revenue.order_states import EventKind

LOOKED_BACK = 3  # days: a quick refund is told within hours, a late feed within a day or two
LIMITS = engine.Thresholds()


def mark_told_orders(actor: Actor) -> int:
    """Look again at every day of which something was told lately, however old the day is: a file
    may bring last year's orders. How many lines have other signs now."""
    told = OrderEvent.objects.filter(recorded_at__gte=clock.now() - timedelta(days=LOOKED_BACK))
    paid_on = TruncDate("line__paid_at", tzinfo=clock.SHANGHAI)
    days = told.exclude(line__paid_at=None).values_list(paid_on, flat=True).distinct()
    return sum(mark_orders(actor, until=day, days=1) for day in sorted(days.order_by()))


@transaction.atomic
def mark_orders(actor: Actor, *, until: date, days: int = LOOKED_BACK) -> int:
    """Look at what was paid in the days up to and including `until` again. How many lines have
    other signs now."""
    first = datetime.combine(until - timedelta(days=days - 1), time(), clock.SHANGHAI)
    last = datetime.combine(until + timedelta(days=1), time(), clock.SHANGHAI)
    rows = OrderLine.objects.filter(paid_at__gte=first, paid_at__lt=last).order_by("pk")
    lines = list(
        rows.annotate(given_back_at=_given_back_at()).select_for_update(of=("self",), no_key=True)
    )
    signs = engine.find_signs(_seen(lines), LIMITS)
    changed = [line for line in lines if line.signs != signs.get(line.pk, [])]
    for line in changed:
        line.signs = signs.get(line.pk, [])
    OrderLine.objects.bulk_update(changed, ["signs"], batch_size=500)
    feed = Feed.objects.order_by("code").first()
    if changed and feed is not None:
        audit.record(actor, "mark_orders", feed, after={"until": until, "lines": len(changed)})
    return len(changed)


def _given_back_at() -> Subquery:
    """When the last of it was given back."""
    refunds = OrderEvent.objects.filter(line=OuterRef("pk"), kind=EventKind.REFUNDED)
    return Subquery(refunds.order_by("-occurred_at").values("occurred_at")[:1])


def _seen(lines: Iterable[Any]) -> Iterator[engine.Seen]:
    for line in lines:
        is_whole = line.refunded_fen == line.paid_fen > 0
        yield engine.Seen(
            key=line.pk,
            shop=(line.merchant_id, line.shop),
            buyer=line.buyer,
            live=line.live,
            day=clock.day_of(line.paid_at),
            paid_at=line.paid_at,
            refunded_at=line.given_back_at if is_whole else None,
        )
