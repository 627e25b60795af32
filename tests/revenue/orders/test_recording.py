"""What happened to orders, and what it moves: each event once, in any order, the books the same."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from random import Random

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from portal.core import clock
from portal.core.verdict import Refused
from portal.ledger.models import Entry, Journal
from portal.revenue import services
from portal.revenue.models import OrderEvent, OrderLine, Terms
from tests.revenue.agreements.making import FEE as PART
from tests.revenue.agreements.making import agreed, terms
from tests.revenue.orders.telling import GROSS, Order, books, feed, numbered, record, shares

pytestmark = pytest.mark.django_db
FEE = 995  # 5% of 19,900, the announced fee for the shop's own goods


def later(days=2):
    return clock.standing_at(clock.now() + timedelta(days=days))


def test_paid_order_is_estimated(merchant):
    recorded = record(Order(merchant).paid())
    assert (recorded.new, recorded.waiting, recorded.postings) == (1, 0, 1)
    assert shares("estimated") == {None: FEE, merchant.party.pk: GROSS - FEE}
    assert shares("settled") == {}
    line = OrderLine.objects.get()
    assert (line.paid_fen, line.settled_fen, line.refunded_fen) == (GROSS, 0, 0)
    assert [part["part"] for part in line.terms.made_of] == ["platform_fee"]


def test_more_events_take_no_more_queries(merchant, django_assert_num_queries):
    def told(prefix, count):
        orders = [Order(merchant, order=f"{prefix}{number}") for number in range(count)]
        return [event for order in orders for event in (order.paid(), order.settled())]

    record(*told("W", 1))
    with CaptureQueriesContext(connection) as few:
        record(*told("A", 1))
    with django_assert_num_queries(len(few)):
        record(*told("B", 20))


def test_settled_order_releases_its_estimate(merchant):
    order = Order(merchant)
    record(order.paid(), order.settled())
    assert shares("estimated") == {}
    assert shares("settled") == {None: FEE, merchant.party.pk: GROSS - FEE}


def test_full_refund_leaves_nothing(merchant):
    order = Order(merchant)
    record(order.paid(), order.settled(10_000), order.settled(9_900, phase=2), order.refunded())
    assert books() == {}
    assert OrderLine.objects.get().refunded_fen == GROSS


def test_same_events_again_change_nothing(merchant):
    order = Order(merchant)
    events = [order.paid(), order.settled(), order.refunded(5_000)]
    record(*events)
    before = books(), Journal.objects.count()
    again = record(*events)
    assert (again.new, again.repeated, again.postings) == (0, 3, 0)
    assert (books(), Journal.objects.count()) == before


def test_events_in_any_order_end_in_the_same_books(merchant):
    order = Order(merchant)
    events = [
        order.paid(),
        order.settled(12_000),
        order.refunded(3_333),
        order.refunded(5_000, hours=300),
    ]
    expected = None
    for number, some in enumerate(permutations(events)):
        told = [one._replace(facts=one.facts._replace(order=f"P{number}")) for one in some]
        before = books()
        for one in told:
            record(one)
        moved = {key: amount - before.get(key, 0) for key, amount in books().items()}
        moved = {key: amount for key, amount in moved.items() if amount}
        expected = expected or moved
        assert moved == expected


def test_what_comes_before_it_is_paid_waits(merchant):
    order = Order(merchant)
    recorded = record(order.settled(), order.refunded(100))
    assert (recorded.new, recorded.waiting, recorded.postings) == (2, 2, 0)
    assert books() == {}
    assert record(order.paid()).postings == 3
    assert sum(shares("settled").values()) == GROSS - 100


def test_late_event_keeps_its_day(merchant):
    order = Order(merchant)
    record(order.paid(), order.settled(GROSS - 100))
    record(order.refunded(100, hours=20))  # told late: it came before the settlement
    journal = Journal.objects.get(text__endswith="refunded")
    assert journal.occurred_at == order.paid_at + timedelta(hours=20)
    assert sum(shares("settled").values()) == GROSS - 100


def test_correction_of_an_event_has_its_own_journal(merchant):
    order = Order(merchant)
    record(order.paid(), order.settled(GROSS - 100))
    record(order.refunded(100, hours=20))
    keys = Journal.objects.values_list("key", flat=True)
    assert len(keys) == len(set(keys))
    assert Entry.objects.filter(account__track="estimated").exists()
    assert shares("estimated") == {}


@pytest.mark.parametrize("change", [{"gross": 1}, {"kind": "refunded"}])
def test_same_id_with_another_content_is_refused(merchant, change):
    [paid] = numbered([Order(merchant).paid()])
    record(paid)
    before = books()
    with pytest.raises(services.OrderFaults) as refused:
        record(paid._replace(**change))
    assert [row for row, _flaw in refused.value.faults] == [paid.row]
    assert books() == before


def test_phase_with_another_amount_is_refused(merchant):
    order = Order(merchant)
    record(order.paid(), order.settled(100))
    record(order.settled(100, hours=99))  # the same phase with the same amount is one event
    with pytest.raises(services.OrderFaults):
        record(order.settled(101))
    assert OrderEvent.objects.count() == 2


@pytest.mark.parametrize("kind", ["settled", "refunded"])
def test_more_than_is_left_is_refused(merchant, kind):
    order = Order(merchant)
    record(order.paid())
    with pytest.raises(services.OrderFaults):
        record(getattr(order, kind)()._replace(gross=GROSS + 1))
    assert OrderEvent.objects.count() == 1


def test_one_bad_row_of_many_writes_none(merchant):
    good, bad = Order(merchant, order="G"), Order(merchant, order="B")
    rows = numbered([good.paid(), bad.paid(), bad.refunded(GROSS + 1)])
    with pytest.raises(services.OrderFaults) as refused:
        record(*rows)
    assert [row for row, _flaw in refused.value.faults] == [4]
    assert not OrderLine.objects.exists()


def test_coupons_and_freight_by_the_feed(merchant):
    order = Order(merchant)
    paid = order.paid()._replace(shop_coupon=1_000, platform_coupon=500, freight=600)
    record(paid, feed_=feed(platform_coupon_lowers=True, freight_counts=True))
    assert OrderLine.objects.get().paid_fen == GROSS - 1_000 - 500 + 600


def test_provider_paper_of_the_day_it_was_paid_decides(merchant, provider):
    early = Order(merchant, order="early")
    agreed(merchant, provider)
    with later():
        order = Order(merchant, order="late")
        record(early.paid(), order.paid())
    assert shares("estimated")[provider.party.pk] == GROSS * 4 // 100
    parties = dict(OrderLine.objects.values_list("order", "provider"))
    assert parties == {"early": None, "late": provider.party.pk}


def test_replay_with_an_old_agreement_version(merchant, provider):
    version = agreed(merchant, provider)
    with later():
        order = Order(merchant)
        record(order.paid())
        held = OrderLine.objects.get().terms
        services.propose_version(
            merchant.actor,
            agreement=version.agreement,
            terms=terms(components=[PART | {"rate_bp": 900}], days=3),
        )
        services.accept_version(provider.actor, version=version.agreement.versions.first())
    with later(5):
        record(order.settled())
    assert OrderLine.objects.get().terms == held
    assert shares("settled")[provider.party.pk] == GROSS * 4 // 100


def test_most_specific_scope_wins(merchant, provider):
    agreed(merchant, provider)
    part = {"code": "专品", "rate_bp": 700, "party": "payee"}
    agreed(merchant, provider, scope_kind="product", scope_key="sku-1", components=[part])
    with later():
        record(
            Order(merchant, order="A", product="sku-1").paid(10_000),
            Order(merchant, order="B", product="sku-2").paid(10_000),
        )
    assert shares("estimated")[provider.party.pk] == 700 + 400
    assert Terms.objects.count() == 2


def test_site_never_changes_an_event(merchant):
    record(Order(merchant).paid())
    for statement in ("UPDATE revenue_orderevent SET amount_fen = 1", "DELETE FROM revenue_terms"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_random_chains_end_at_zero(merchant, provider):
    agreed(merchant, provider)
    random = Random(5)
    with later():
        for number in range(10):
            order = Order(merchant, order=f"R{number}")
            gross = random.randint(1, 10**12)
            first = random.randint(0, gross)
            events = [order.paid(gross)]
            events += [order.settled(first)] if first else []
            left, hours = gross, 100
            while left:
                part = random.randint(1, left)
                events.append(order.refunded(part, hours=hours))
                left, hours = left - part, hours + 1
            random.shuffle(events)
            record(*events)
    assert books() == {}


def test_paid_event_says_who_showed_it(merchant, creator):
    """What was told before may have said less."""
    order, nameless = Order(merchant, creator, product="sku-1"), Order(merchant)
    record(nameless.settled())
    record(order.paid())
    line = OrderLine.objects.get()
    assert (line.creator, line.product) == (creator.party, "sku-1")
    assert line.settled_fen == GROSS


def test_commission_needs_no_name_from_before(merchant, creator):
    agreed(merchant, creator, role="commission")
    with later():
        record(Order(merchant).settled())
        record(Order(merchant, creator).paid())
    assert shares("settled")[creator.party.pk] == GROSS * 4 // 100


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"gross": -1}, "gross"),
        ({"gross": 0}, "gross"),
        ({"freight": -1}, "freight"),
        ({"phase": 2}, "phase"),
        ({"kind": "settled"}, "phase"),
    ],
)
def test_event_that_cannot_be_is_named(merchant, change, field):
    with pytest.raises(services.OrderFaults) as refused:
        record(Order(merchant).paid()._replace(row=7, **change))
    assert [(row, flaw.field) for row, flaw in refused.value.faults] == [(7, field)]
    assert not OrderLine.objects.exists()


def test_merchant_tells_no_orders(merchant):
    with pytest.raises(Refused):
        services.record_orders(merchant.actor, feed=feed(), events=[Order(merchant).paid()])
    assert not OrderLine.objects.exists()
