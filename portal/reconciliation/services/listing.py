"""Bringing in what an upstream says happened, only to compare it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db import connection, transaction

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.reconciliation import rules
from portal.reconciliation.models import Listing
from portal.revenue import engine
from portal.revenue.models import Feed
from portal.revenue.order_fields import EventFields

WRITE = """
    INSERT INTO reconciliation_listedevent AS old (
        listing_id, key, event_id, "order", line, kind, phase, amount_fen, occurred_at
    )
    SELECT * FROM unnest(
        %s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::int[],
        %s::bigint[], %s::timestamptz[]
    )
    ON CONFLICT (listing_id, key) DO UPDATE SET
        "order" = EXCLUDED."order", line = EXCLUDED.line, kind = EXCLUDED.kind,
        phase = EXCLUDED.phase, amount_fen = EXCLUDED.amount_fen,
        occurred_at = EXCLUDED.occurred_at
    WHERE (old."order", old.line, old.kind, old.phase, old.amount_fen, old.occurred_at)
        IS DISTINCT FROM (
            EXCLUDED."order", EXCLUDED.line, EXCLUDED.kind, EXCLUDED.phase, EXCLUDED.amount_fen,
            EXCLUDED.occurred_at
        )
"""


@transaction.atomic
def list_events(actor: Actor, *, feed: Feed, events: Sequence[EventFields]) -> int:
    """Keep them with the lists of their days; said again, the later word holds. How many are new or
    other than before. Nothing of them is split or posted."""
    rules.can_bring_lists(actor).require()
    feed = Feed.objects.select_for_update(of=("self",), no_key=True).get(pk=feed.pk)
    by_day: dict[date, list[EventFields]] = defaultdict(list)
    for one in events:
        by_day[clock.day_of(one.occurred_at)].append(one)
    return sum(_keep(_listing(actor, feed, day), feed, by_day[day]) for day in sorted(by_day))


@transaction.atomic
def drop_list(actor: Actor, *, listing: Listing) -> Listing:
    """It was wrong, or of another feed: the day is counted without it."""
    listing = Listing.objects.select_for_update(of=("self",), no_key=True).get(pk=listing.pk)
    rules.can_drop_list(actor, listing).require()
    listing.dropped_at, listing.dropped_by = clock.now(), actor.user
    listing.save(update_fields=["dropped_at", "dropped_by"])
    audit.record(actor, "drop_listing", listing, after={"rows": listing.events.count()})
    return listing


def _listing(actor: Actor, feed: Feed, day: date) -> Listing:
    standing = Listing.objects.filter(feed=feed, day=day, dropped_at=None).first()
    if standing is not None:
        return standing
    new = Listing.objects.create(feed=feed, day=day, brought_at=clock.now(), brought_by=actor.user)
    audit.record(actor, "bring_listing", new, after={"day": day})
    return new


def _keep(listing: Listing, feed: Feed, events: Sequence[EventFields]) -> int:
    once = {_key(one): one for one in events}
    rule = feed.rule
    rows = [
        (
            *(listing.pk, key, one.event_id, one.facts.order, one.facts.line, one.kind, one.phase),
            engine.base_of(rule, one.gross, one.shop_coupon, one.platform_coupon, one.freight),
            one.occurred_at,
        )
        for key, one in once.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [list(column) for column in zip(*rows, strict=True)])
        return cursor.rowcount


def _key(one: EventFields) -> str:
    if one.event_id:
        return f"id:{one.event_id}"
    told = f"{one.facts.order}/{one.facts.line} {one.kind} {one.phase}"
    return f"{told} {one.gross} {one.occurred_at.timestamp():.0f}"
