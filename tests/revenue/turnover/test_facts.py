"""What orders say of those who sold them, a month at a time, and what later events change of it."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given

from portal.core import clock
from portal.evaluation.demo.characters import Period
from portal.evaluation.demo.facts import _made_here
from portal.evaluation.links import row_link
from portal.evaluation.models import Fact
from portal.evaluation.services import record_fact
from portal.evaluation.states import Door, Grade, Strike
from portal.parties.models import ServiceType
from portal.revenue import engine, facts
from portal.revenue.models import OrderLine
from tests.conftest import Person, person_of
from tests.factories import SYSTEM, listed_party
from tests.revenue.agreements.making import agreed
from tests.revenue.engine.chains import any_input, line_of, to_events
from tests.revenue.orders.telling import GROSS, Order, record

MARCH = datetime(2027, 3, 3, 12, tzinfo=clock.SHANGHAI)
APRIL = date(2027, 4, 1)


def standing(measure: str) -> dict[int | None, tuple[float, int]]:
    rows = Fact.objects.in_force().filter(measure=measure, door=Door.PORTAL)
    return {row.counterpart_id: (row.value, row.sample) for row in rows}


def tell(until: date = APRIL, days: int = 0) -> int:
    later = datetime.combine(until, datetime.min.time(), clock.SHANGHAI) + timedelta(days=days)
    with clock.standing_at(later + timedelta(hours=4)):
        return facts.record_order_facts(SYSTEM, until=until)


@pytest.fixture
def selling(merchant, creator, provider) -> Person:
    """A provider that the merchant pays of every order since long before March."""
    agreed(merchant, provider)
    return provider


def sold(merchant, creator=None, number=0, day=0, **facts) -> Order:
    with clock.standing_at(MARCH + timedelta(days=day)):
        return Order(merchant, creator, order=f"M{number}", buyer=f"b{number}", **facts)


@pytest.mark.django_db
def test_month_is_told_once_it_is_over(merchant, creator, selling):
    one, two = sold(merchant, creator, 1), sold(merchant, None, 2)
    with clock.standing_at(MARCH + timedelta(days=20)):
        record(one.paid(), one.settled(), two.paid(), two.settled(), two.refunded(900))
    assert tell(date(2027, 3, 31)) == 0
    assert tell() == 3
    assert standing("net_gmv") == {merchant.party.pk: ((2 * GROSS - 900) / 100, 2)}
    assert standing("creator_gmv") == {creator.party.pk: (GROSS / 100, 1)}
    assert standing("suspicious_orders") == {merchant.party.pk: (0, 2)}
    fact = Fact.objects.get(measure="net_gmv")
    assert (fact.party, fact.starts_on, fact.ends_on) == (
        selling.party,
        date(2027, 3, 1),
        date(2027, 3, 31),
    )


@pytest.mark.django_db
def test_same_month_again_is_not_told_again(merchant, selling):
    one = sold(merchant)
    with clock.standing_at(MARCH):
        record(one.paid(), one.settled())
    tell()
    assert tell(days=1) == 0


@pytest.mark.django_db
def test_refund_that_comes_later_is_told_by_a_new_row(merchant, selling):
    one = sold(merchant)
    with clock.standing_at(MARCH):
        record(one.paid(), one.settled())
    tell()
    with clock.standing_at(MARCH + timedelta(days=50)):
        record(one.refunded(5_000, hours=24 * 40))
    assert tell(date(2027, 5, 1)) == 1
    assert standing("net_gmv") == {merchant.party.pk: ((GROSS - 5_000) / 100, 1)}
    first, second = Fact.objects.filter(measure="net_gmv").order_by("pk")
    assert (first.value, second.corrects, second.why) == (GROSS / 100, first, facts.WHY)
    assert tell(date(2027, 5, 1), days=1) == 0


@pytest.mark.django_db
def test_refund_after_half_a_year_corrects_its_month(merchant, selling):
    one = sold(merchant)
    with clock.standing_at(MARCH):
        record(one.paid(), one.settled())
    tell()
    with clock.standing_at(MARCH + timedelta(days=210)):
        record(one.refunded(5_000, hours=24 * 200))
    october = date(2027, 10, 1)
    assert tell(october) == 1
    assert standing("net_gmv") == {merchant.party.pk: ((GROSS - 5_000) / 100, 1)}
    assert tell(october, days=1) == 0


@pytest.mark.django_db
def test_past_that_is_brought_in_late_says_nothing_new(merchant, selling):
    one = sold(merchant)
    with clock.standing_at(MARCH + timedelta(days=210)):
        record(one.paid(), one.settled())
    assert tell(date(2027, 10, 1)) == 0


@pytest.mark.django_db
def test_order_refunded_soon_is_counted_and_left_out(merchant, selling):
    good, bad = sold(merchant, number=1), sold(merchant, number=2)
    with clock.standing_at(MARCH):
        record(good.paid(), good.settled(), bad.paid(), bad.refunded(hours=5))
    tell()
    assert standing("net_gmv") == {merchant.party.pk: (GROSS / 100, 1)}
    assert standing("suspicious_orders") == {merchant.party.pk: (50, 2)}


@pytest.mark.django_db
def test_growth_is_over_the_same_month_a_year_ago(merchant, selling):
    ago = sold(merchant, number=1)
    with clock.standing_at(MARCH):
        record(ago.paid(), ago.settled(GROSS // 2))
    tell()
    one = sold(merchant, number=2, day=365)
    with clock.standing_at(MARCH + timedelta(days=366)):
        record(one.paid(), one.settled())
    tell(date(2028, 4, 1))
    [(value, sample)] = standing("merchant_growth").values()
    assert (round(value, 3), sample) == (0.693, 1)
    assert standing("category_growth") == {}  # too few to have a median


@pytest.mark.django_db
def test_refunds_are_held_against_the_median_of_the_category(provider):
    merchants = [person_of(listed_party("merchant", f"商家{n}")) for n in range(8)]
    for one in merchants:
        agreed(one, provider)
    with clock.standing_at(MARCH):
        for number, one in enumerate(merchants):
            orders = [sold(one, number=10 * number + k) for k in range(2)]
            record(*(order.paid() for order in orders), *(order.settled() for order in orders))
            if number == 0:
                record(orders[0].refunded(100))
    tell()
    found = standing("refund_gap")
    assert found.pop(merchants[0].party.pk) == (50, 2)
    assert set(found.values()) == {(0, 2)}


@pytest.mark.django_db
def test_fact_leads_to_the_orders_of_its_month(merchant, selling, operator, stranger):
    one = sold(merchant)
    with clock.standing_at(MARCH):
        record(one.paid(), one.settled())
    tell()
    fact = Fact.objects.get(measure="net_gmv")
    link = row_link(fact.ref_kind)
    assert link is not None
    address = link.find(selling.actor, fact.ref_id)
    assert address == f"{reverse('order_list')}?month=2027-03"
    assert link.find(operator.actor, fact.ref_id) == f"{reverse('order_register')}?month=2027-03"
    assert link.find(stranger.actor, fact.ref_id) is None
    with clock.standing_at(MARCH + timedelta(days=60)):
        page = selling.browser().get(address).content.decode()
        assert str(OrderLine.objects.get()) in page
        other = selling.browser().get(address.replace("03", "04")).content.decode()
    assert str(OrderLine.objects.get()) not in other


@pytest.mark.django_db
def test_made_facts_make_room_for_those_of_orders(merchant, selling):
    """A quarter of the hundred orders a year that the indicator asks for."""
    quarter = Period(0, date(2027, 1, 1), date(2027, 3, 31))
    assert _made_here([selling.party], quarter) == set()
    orders = [sold(merchant, number=n) for n in range(25)]
    with clock.standing_at(MARCH):
        record(*(order.paid() for order in orders))
    tell()
    pk, measure = selling.party.pk, "suspicious_orders"
    assert _made_here([selling.party], quarter) == {(pk, measure, None)}
    assert not Fact.objects.filter(strike=Strike.SELF_DEALING).exists()


@pytest.mark.django_db
def test_orders_are_told_for_the_services_that_were_worked_in(merchant, selling):
    """Of the last month in which work was told; money is divided, rates are those of each."""
    services = list(ServiceType.objects.order_by("pk")[:3])
    for month, some in ((1, services[2:]), (2, services[:2])):
        day = date(2027, month, 20)
        with clock.standing_at(datetime.combine(day, datetime.min.time(), clock.SHANGHAI)):
            for service in some:
                record_fact(
                    SYSTEM,
                    party=selling.party,
                    measure="merchant_served",
                    value=1,
                    counterpart=merchant.party,
                    service=service,
                    starts_on=day,
                    ends_on=day,
                    grade=Grade.CONFIRMED,
                    ref_kind="test",
                    ref_id=f"{month}:{service.pk}",
                )
    orders = [sold(merchant, number=n) for n in range(4)]
    with clock.standing_at(MARCH):
        record(*(order.paid() for order in orders), *(order.settled() for order in orders))
    tell()
    rows = Fact.objects.filter(door=Door.PORTAL, starts_on__month=3).order_by("service")
    money, suspicious = rows.filter(measure="net_gmv"), rows.filter(measure="suspicious_orders")
    assert [row.service for row in money] == [row.service for row in suspicious] == services[:2]
    assert [(row.value, row.sample) for row in money] == [(4 * GROSS / 100 / 2, 2)] * 2
    assert [(row.value, row.sample) for row in suspicious] == [(0, 4)] * 2
    assert tell(days=1) == 0


@any_input
@given(line_of("N0", is_all_returned=False))
def test_months_are_what_the_lines_post(rows):
    """Of all who get something together, by the month of the phase."""
    tree = {"version": 1, "effective_from": "2026-01-01", "residual": "merchant", "components": []}
    line, posted = engine.Line(engine.parse_agreement(tree)), Counter()
    events = to_events(rows)
    for event in sorted(events, key=lambda event: event.place):
        for posting in line.post(event):
            if posting.settled_at is not None:
                posted[engine.month_of(posting.settled_at)] += sum(posting.amounts)
    assert engine.settled_by_month(events) == posted
