"""That something of a cooperation of the demo was paid: an order that settled, or a fee."""

from __future__ import annotations

from datetime import datetime, timedelta

from matchmaking.cooperation import services
from matchmaking.cooperation.demo.orders import WINDOW, creator_of
from matchmaking.cooperation.models import Cooperation
from portal.core import clock
from portal.parties.demo import DEMO
from portal.policies.states import ProductSource
from portal.revenue.demo_bills import pay_bill
from portal.revenue.models import Bill, Feed
from portal.revenue.order_fields import EventFields, LineFacts
from portal.revenue.order_states import Carrier, EventKind
from portal.revenue.services import record_orders

GROSS = 25_900


def pay_something(cooperation: Cooperation) -> None:
    """In its first month; long enough before its end. A fee, where one is agreed: an order may be
    another cooperation's of the same two."""
    began = cooperation.began_at
    assert began is not None  # noqa: S101 - who calls has begun it
    if cooperation.is_guarantee or not cooperation.monthly_fee_fen:
        _sell(cooperation, began + timedelta(days=2))
        return
    with clock.standing_at(began + timedelta(hours=1)):
        services.bill_fees_of(DEMO, cooperation)
    with clock.standing_at(began + timedelta(days=6)):
        pay_bill(Bill.objects.filter(agreement=cooperation.agreement_id).earliest("due_on"))


def _sell(cooperation: Cooperation, paid_at: datetime) -> None:
    facts = LineFacts(
        order=f"68{cooperation.pk:010d}",
        line="1",
        merchant_id=cooperation.merchant_id,
        creator_id=creator_of(cooperation),
        shop=f"shop-{cooperation.merchant_id}",
        product_source=ProductSource.SHOP,
        carrier=Carrier.LIVE,
    )
    settled_at = paid_at + WINDOW
    with clock.standing_at(settled_at):
        events = [
            EventFields(facts, EventKind.PAID, GROSS, paid_at),
            EventFields(facts, EventKind.SETTLED, GROSS, settled_at, 1),
        ]
        record_orders(DEMO, feed=Feed.objects.get(code="douyin"), events=events)
