"""Orders for tests, as a feed tells them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from portal.core import clock
from portal.ledger.models import Entry
from portal.revenue import services
from portal.revenue.models import Feed
from portal.revenue.order_fields import EventFields, LineFacts
from tests.conftest import Person
from tests.factories import SYSTEM

GROSS = 19_900


def feed(**values: Any) -> Feed:
    Feed.objects.filter(code="douyin").update(**(values or {"name": "抖音电商"}))
    return Feed.objects.get(code="douyin")


class Order:
    """One line of a merchant's, told event by event."""

    def __init__(self, merchant: Person, creator: Person | None = None, **facts: Any) -> None:
        assert merchant.party is not None
        self.facts = LineFacts(
            order=facts.pop("order", "D1"),
            line="1",
            merchant_id=merchant.party.pk,
            creator_id=creator.party.pk if creator and creator.party else None,
            product_source=facts.pop("product_source", "shop"),
            **facts,
        )
        self.paid_at: datetime = clock.now()

    def event(self, kind: str, gross: int, *, hours: float = 0, **more: Any) -> EventFields:
        at = self.paid_at + timedelta(hours=hours)
        return EventFields(self.facts, kind, gross, at, **more)

    def paid(self, gross: int = GROSS, **more: Any) -> EventFields:
        return self.event("paid", gross, **more)

    def settled(self, gross: int = GROSS, *, phase: int = 1, **more: Any) -> EventFields:
        return self.event("settled", gross, phase=phase, **({"hours": 24 * phase} | more))

    def refunded(self, gross: int = GROSS, **more: Any) -> EventFields:
        return self.event("refunded", gross, **({"hours": 240} | more))


def record(*events: EventFields, feed_: Feed | None = None) -> services.Recorded:
    return services.record_orders(SYSTEM, feed=feed_ or feed(), events=events)


def books() -> dict[tuple[int | None, str, str], int]:
    """What is on each account: by party, kind and track; nothing where it is zero."""
    sums: Counter[tuple[int | None, str, str]] = Counter()
    rows = Entry.objects.values_list("account__party", "account__kind", "account__track", "amount")
    for party, kind, track, amount in rows:
        sums[party, kind, track] += amount
    return {key: amount for key, amount in sums.items() if amount}


def shares(track: str) -> dict[int | None, int]:
    return {
        party: amount
        for (party, kind, of), amount in books().items()
        if of == track and kind in ("share", "fees")
    }


def numbered(events: Sequence[EventFields]) -> list[EventFields]:
    """With rows and ids, as in a file."""
    return [one._replace(row=row, event_id=f"E{row}") for row, one in enumerate(events, start=2)]
