"""Orders as values: what an import, the API or the demo hands to the service."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class LineFacts(NamedTuple):
    """What stands still about a line; the same on each of its rows."""

    order: str
    line: str
    merchant_id: int
    creator_id: int | None = None
    shop: str = ""
    account: str = ""
    product: str = ""
    category_id: int | None = None
    product_source: str = ""
    carrier: str = ""
    live: str = ""
    buyer: str = ""


class EventFields(NamedTuple):
    """Something that happened to a line. `gross` and the rest as the feed says them, in fen; what
    of it is split goes by the feed's rule. `refund_of`: the event it gives back, where the feed
    names it. `row`: where it stands in a file."""

    facts: LineFacts
    kind: str
    gross: int
    occurred_at: datetime
    phase: int = 0
    event_id: str = ""
    shop_coupon: int = 0
    platform_coupon: int = 0
    freight: int = 0
    refund_of: str = ""
    row: int = 0
