"""What settled, product by product, as boards and ratings above read it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import Count, DateField, Q, Sum
from django.db.models.functions import TruncMonth

from portal.core import clock
from portal.parties.settlements import Settled, register_settlements
from portal.revenue.models import OrderLine
from portal.revenue.selectors.attribution import NET

SOLD = """
    SELECT line.merchant_id, line.product,
        sum(event.amount_fen * CASE event.kind WHEN 'settled' THEN 1 ELSE -1 END)::bigint,
        count(*) FILTER (WHERE event.kind = 'settled' AND event.phase = 1)
    FROM revenue_orderevent event JOIN revenue_orderline line ON line.id = event.line_id
    WHERE event.kind IN ('settled', 'refunded') AND line.product <> ''
      AND event.occurred_at >= %s AND event.occurred_at < %s
      AND (event.kind = 'settled' OR EXISTS (
        SELECT FROM revenue_orderevent before
        WHERE before.line_id = line.id AND before.kind = 'settled'
          AND before.occurred_at <= event.occurred_at
      ))
    GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class ProductSales:
    """`product`: its number in the order file. `sales_fen`: what settled, less what was refunded of
    lines that had settled by then; `orders`: lines that settled for the first time."""

    merchant_id: int
    product: str
    sales_fen: int
    orders: int


def settled_by_product(first: date, until: date) -> list[ProductSales]:
    """Of the days in Shanghai from `first` on and before `until`."""
    with connection.cursor() as cursor:
        cursor.execute(SOLD, [_midnight(first), _midnight(until)])
        return [ProductSales(*row) for row in cursor.fetchall()]


@register_settlements
def settled_by_merchant(party_id: int, first: date, last: date) -> list[Settled]:
    """Of lines that this party served, brought about or sold, paid in these days."""
    days = {"paid_at__gte": _midnight(first), "paid_at__lt": _midnight(last + timedelta(days=1))}
    its = Q(provider=party_id) | Q(agency=party_id) | Q(creator=party_id)
    rows = OrderLine.objects.filter(its, settled_fen__gt=0, **days).order_by()
    told = rows.values("merchant__name").annotate(lines=Count("pk"), net=Sum(NET))
    return [Settled(one["merchant__name"], one["lines"], one["net"]) for one in told]


def net_by_month(
    merchants: Collection[int], first: date, until: date
) -> dict[tuple[int, date], int]:
    """Settled net sales in fen, by merchant and the first day of the month their lines were paid
    in; of the days from `first` on and before `until`."""
    days = {"paid_at__gte": _midnight(first), "paid_at__lt": _midnight(until)}
    rows = OrderLine.objects.filter(merchant__in=merchants, settled_fen__gt=0, **days).order_by()
    month = TruncMonth("paid_at", tzinfo=clock.SHANGHAI, output_field=DateField())
    told = rows.annotate(month=month).values_list("merchant", "month").annotate(net=Sum(NET))
    return {(merchant, month): net for merchant, month, net in told}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.SHANGHAI)
