"""Orders that are looked at twice: marked, and no longer marked when the sign is gone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.models import AuditEntry
from portal.revenue import services
from portal.revenue.models import OrderLine
from tests.factories import SYSTEM
from tests.revenue.orders.telling import GROSS, Order, record

pytestmark = pytest.mark.django_db


def signs():
    return dict(OrderLine.objects.values_list("order", "signs"))


def mark(order):
    return services.mark_orders(SYSTEM, until=clock.day_of(order.paid_at))


def test_refund_of_the_same_night_is_marked(merchant):
    quick, slow, part = (Order(merchant, order=name) for name in ("Q", "S", "P"))
    record(quick.paid(), quick.refunded(hours=3))
    record(slow.paid(), slow.refunded(hours=30))
    record(part.paid(), part.refunded(GROSS - 1, hours=3))
    assert mark(quick) == 1
    assert signs() == {"Q": ["quick_refund"], "S": [], "P": []}
    assert mark(quick) == 0
    assert AuditEntry.objects.filter(verb="mark_orders").count() == 1


def test_one_buyer_of_many_lines_is_marked(merchant):
    orders = [Order(merchant, order=f"B{number}", buyer="same") for number in range(6)]
    record(*(order.paid() for order in orders[:5]))
    assert mark(orders[0]) == 0
    record(orders[5].paid())
    assert mark(orders[0]) == 6
    assert set(map(tuple, signs().values())) == {("same_buyer",)}


def test_other_days_are_left_alone(merchant):
    order = Order(merchant)
    record(order.paid(), order.refunded(hours=1))
    assert services.mark_orders(SYSTEM, until=clock.today() - timedelta(days=5)) == 0
    assert signs() == {"D1": []}


def test_old_orders_that_are_told_today_are_looked_at(merchant):
    order = Order(merchant)
    later = order.paid_at + timedelta(days=200)
    with clock.standing_at(later):
        record(order.paid(), order.refunded(hours=1))
    with clock.standing_at(later + timedelta(days=4)):
        assert services.mark_told_orders(SYSTEM) == 0
    with clock.standing_at(later + timedelta(hours=5)):
        assert services.mark_told_orders(SYSTEM) == 1
    assert signs() == {"D1": ["quick_refund"]}
