"""How long a new shop took to ¥100,000, and whose start that was."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from portal.core import clock
from portal.evaluation.links import row_link
from portal.evaluation.models import Fact
from portal.parties import services as parties
from portal.parties.models import ShopOpening
from portal.revenue import cold_starts
from portal.revenue.models import OrderLine
from tests.conftest import person_of
from tests.factories import SYSTEM, listed_party
from tests.revenue.agreements.making import agreed
from tests.revenue.orders.telling import Order, record
from tests.revenue.orders.upstream import own_shop

pytestmark = pytest.mark.django_db
OPENED = datetime(2027, 3, 1, 12, tzinfo=clock.SHANGHAI)
BIG = 4_000_000


def after(days: int) -> datetime:
    return OPENED + timedelta(days=days)


def opened(merchant, reviewer, days: int = 0) -> ShopOpening:
    with clock.standing_at(after(40)):
        shop = own_shop(merchant)
        day = clock.day_of(after(days))
        return parties.set_opening(reviewer.actor, account=shop, opened_on=day, note="资质页")


def sell(merchant, number: int, day: int, **facts) -> Order:
    """Paid on that day, settled the day after."""
    said = {"order": f"C{number}", "buyer": f"b{number}", "shop": "Shop-1"} | facts
    with clock.standing_at(after(day)):
        order = Order(merchant, **said)
    with clock.standing_at(after(day + 2)):
        record(order.paid(BIG), order.settled(BIG))
    return order


def tell(day: int) -> int:
    moment = datetime.combine(clock.day_of(after(day)), time(4), clock.SHANGHAI)
    with clock.standing_at(moment):
        return cold_starts.record_cold_starts(SYSTEM, until=clock.today())


def standing() -> list[tuple[int, float]]:
    rows = Fact.objects.in_force().filter(measure="cold_start").order_by("pk")
    return list(rows.values_list("party", "value"))


@pytest.fixture
def selling(merchant, provider):
    """A provider that the merchant pays of every order since long before it opened."""
    with clock.standing_at(OPENED - timedelta(days=30)):
        agreed(merchant, provider)
    return provider


def test_days_are_told_the_night_after_it_is_there(merchant, selling, reviewer, rival):
    opened(merchant, reviewer)
    for number, day in enumerate((5, 30, 60)):
        sell(merchant, number, day)
    sell(merchant, 9, 2, shop="another")
    assert tell(61) == 0, "settled that day, which is not over"
    assert tell(62) == 1
    assert tell(63) == 0
    assert standing() == [(selling.party.pk, 61)]
    fact = Fact.objects.get()
    assert (fact.starts_on, fact.ends_on) == (clock.day_of(OPENED), clock.day_of(after(61)))
    link = row_link(fact.ref_kind)
    assert link.find(selling.actor, fact.ref_id).endswith("?month=2027-05")
    assert link.find(rival.actor, fact.ref_id) is None
    answer = reviewer.browser().get(link.find(reviewer.actor, fact.ref_id))
    assert answer.status_code == 200


def test_refund_puts_the_day_off_by_a_row_of_its_own(merchant, selling, reviewer):
    opened(merchant, reviewer)
    orders = [sell(merchant, number, day) for number, day in enumerate((5, 30, 60))]
    tell(62)
    with clock.standing_at(after(70)):
        record(orders[0].refunded(BIG, hours=24 * 64))
    assert tell(71) == 0, "it keeps its row until it is there once more"
    sell(merchant, 4, 90)
    assert tell(93) == 1
    assert standing() == [(selling.party.pk, 91)]
    assert Fact.objects.count() == 2


def test_corrected_opening_is_told_anew(merchant, selling, reviewer):
    first = opened(merchant, reviewer, days=3)
    for number, day in enumerate((5, 30, 60)):
        sell(merchant, number, day)
    tell(62)
    assert standing() == [(selling.party.pk, 58)]
    with clock.standing_at(after(80)):
        day = clock.day_of(after(1))
        parties.set_opening(reviewer.actor, account=first.account, opened_on=day, note="年报")
    assert tell(81) == 2
    assert standing() == [(selling.party.pk, 60)]
    assert tell(82) == 0


def test_day_that_orders_contradict_tells_nothing(merchant, selling, reviewer):
    opened(merchant, reviewer, days=10)
    for number, day in enumerate((5, 30, 60)):
        sell(merchant, number, day)
    assert tell(62) == 0


def test_who_came_late_or_sold_little_started_nothing(merchant, selling, reviewer):
    opened(merchant, reviewer)
    for number, day in enumerate((35, 36, 37)):
        sell(merchant, number, day)
    assert tell(62) == 0, "its first order came after a month"


def test_half_of_it_makes_it_ones_start(merchant, selling, reviewer):
    opened(merchant, reviewer)
    lines = [sell(merchant, number, day) for number, day in enumerate((5, 6, 7))]
    assert lines
    other = person_of(listed_party("provider", "另一家")).party
    OrderLine.objects.filter(order__in=("C0", "C1")).update(provider=other)
    assert tell(62) == 1
    assert standing() == [(other.pk, 8)]
    OrderLine.objects.update(provider=selling.party)
    assert tell(63) == 2, "one is taken back, one is told"
    assert standing() == [(selling.party.pk, 8)]


def test_shop_that_is_not_there_after_a_year_is_told_as_a_year(merchant, selling, reviewer):
    opened(merchant, reviewer)
    sell(merchant, 1, 5)
    assert tell(365) == 0
    assert tell(366) == 1
    assert standing() == [(selling.party.pk, 365)]


def test_gamed_orders_do_not_count(merchant, selling, reviewer):
    opened(merchant, reviewer)
    for number in range(6):
        sell(merchant, number, 5, buyer="one for all")
    sell(merchant, 8, 7)
    assert tell(62) == 0
