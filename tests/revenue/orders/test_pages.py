"""What a party and an operator see of orders."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from portal.core import clock
from portal.ledger.models import Account
from portal.revenue.models import AgreementVersion, ControlTotal, OrderLine
from portal.revenue.selectors import completeness
from tests.revenue.agreements.making import FEE, agreed
from tests.revenue.orders.telling import GROSS, Order, feed, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(merchant, provider):
    agreed(merchant, provider)
    with clock.standing_at(clock.now() + timedelta(days=2)):
        order = Order(merchant)
        record(order.paid(), order.settled(10_000), order.refunded(500))
    return OrderLine.objects.get()


def test_page_opens_a_line_down_to_its_formula(provider, line):
    client = provider.browser()
    page = client.get(line.get_absolute_url()).content.decode()
    assert "¥199.00" in page
    assert "¥7.96" in page  # the provider's 4%
    assert reverse("fee_list") in page
    assert line.terms.sha256 in page


def paid_line(merchant, creator, provider) -> OrderLine:
    """With a commission and a provider's fee, of which neither side reads the other's."""
    agreed(merchant, provider)
    agreed(merchant, creator, role="commission", components=[FEE | {"rate_bp": 2500}])
    with clock.standing_at(clock.now() + timedelta(days=2)):
        record(Order(merchant, creator).paid())
    return OrderLine.objects.get()


def test_each_side_reads_its_own_shares(merchant, creator, provider, operator):
    line = paid_line(merchant, creator, provider)
    commission, fee, rest = "¥49.75", "¥7.96", "¥131.34"
    pages = {
        who: person.browser().get(line.get_absolute_url()).content.decode()
        for who, person in (
            ("merchant", merchant),
            ("operator", operator),
            ("creator", creator),
            ("provider", provider),
        )
    }
    read = {
        who: [amount in page for amount in (commission, fee, rest)] for who, page in pages.items()
    }
    assert read == {
        "merchant": [True, True, True],
        "operator": [True, True, True],
        "creator": [True, False, False],
        "provider": [False, True, False],
    }
    assert all("¥9.95" in page for page in pages.values())  # the platform's fee is public
    paper = AgreementVersion.objects.get(agreement__role="commission")
    assert {who for who, page in pages.items() if paper.sha256[:12] in page} == {
        *("merchant", "operator", "creator")
    }


def test_machine_of_a_side_gets_no_tree(merchant, creator, provider):
    line = paid_line(merchant, creator, provider)
    address = f"/api/v1/order-lines/{line.pk}/"
    assert provider.browser().get(address).json()["document"] == ""
    assert merchant.browser().get(address).json()["document"] == line.terms.document


def test_entry_of_the_books_leads_to_its_order(merchant, creator, provider):
    line = paid_line(merchant, creator, provider)
    browser = provider.browser()
    page = browser.get(reverse("money_entries")).content.decode()
    assert "服务费" in page
    assert "订单 D1/1 已付款" in page
    address = reverse("order_event_detail", args=[line.events.get().pk])
    assert address in page
    assert browser.get(address).headers["Location"] == line.get_absolute_url()
    account = Account.objects.get(party=provider.party, track="estimated")
    statement = browser.get(reverse("money_statement", args=[account.pk])).content.decode()
    assert address in statement
    assert "订单 D1/1 已付款" in statement


def test_stranger_sees_no_line(rival, line):
    client = rival.browser()
    assert client.get(line.get_absolute_url()).status_code == 404
    assert "D1/1" not in client.get(reverse("order_list")).content.decode()


def test_list_takes_as_many_queries_for_more(merchant, django_assert_max_num_queries):
    client = merchant.browser()
    record(Order(merchant, order="A").paid())
    client.get(reverse("order_list"))
    with django_assert_max_num_queries(30) as few:
        client.get(reverse("order_list"))
    record(*(Order(merchant, order=f"B{n}").paid() for n in range(2)))
    with django_assert_max_num_queries(len(few)):
        page = client.get(reverse("order_list")).content.decode()
    assert all(name in page for name in ("A/1", "B0/1", "B1/1"))


def test_filters(merchant):
    client = merchant.browser()
    done, due = Order(merchant, order="DONE"), Order(merchant, order="DUE")
    record(done.paid(), done.settled(), due.paid())
    page = client.get(reverse("order_list"), {"state": "settled"}).content.decode()
    assert "DONE/1" in page
    assert "DUE/1" not in page


def test_api_tells_a_line(provider, line):
    client = provider.browser()
    told = client.get(f"/api/v1/order-lines/{line.pk}/").json()
    assert (told["paid_fen"], told["settled_fen"], told["refunded_fen"]) == (GROSS, 10_000, 500)
    assert [event["kind"] for event in told["events"]] == ["paid", "settled", "refunded"]


def test_completeness_by_day(operator, merchant):
    order = Order(merchant)
    record(order.paid(), order.refunded(100, hours=0))
    today = clock.day_of(order.paid_at)
    [day] = completeness(feed(), until=today)
    assert (day.arrived, day.is_complete, day.completeness_bp) == (2, False, None)
    total = ControlTotal.objects.create(feed=feed(), day=today, events=4, amount_fen=GROSS + 100)
    [day] = completeness(feed(), until=today)
    assert (day.completeness_bp, day.is_complete) == (5_000, False)
    ControlTotal.objects.filter(pk=total.pk).update(events=2)
    client = operator.browser()
    page = client.get(reverse("order_completeness")).content.decode()
    assert f"{today:%Y-%m-%d}" in page
    [day] = completeness(feed(), until=today)
    assert day.is_complete
