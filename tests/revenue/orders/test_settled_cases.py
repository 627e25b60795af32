"""What settled orders say where an operator checks a provider's case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.core import clock
from portal.parties.settlements import settlements_of
from tests.revenue.agreements.making import agreed

from .telling import GROSS, Order, record

pytestmark = pytest.mark.django_db


def test_orders_of_the_time_count_net_of_refunds(merchant, creator, provider):
    agreed(merchant, provider)
    day = clock.today() + timedelta(days=40)
    with clock.standing_at(clock.now() + timedelta(days=40)):
        one, two = Order(merchant, creator, order="A"), Order(merchant, creator, order="B")
        record(one.paid(), one.settled(), one.refunded(900), two.paid())
    found = settlements_of(provider.party.pk, day, day)
    assert [(row.merchant, row.lines, row.net_fen) for row in found] == [
        (merchant.party.name, 1, GROSS - 900)
    ]
    assert settlements_of(creator.party.pk, day, day) == found
    assert settlements_of(provider.party.pk, day + timedelta(days=1), day + timedelta(days=9)) == []
