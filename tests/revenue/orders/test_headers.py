"""What the columns of a feed are called: saved, taken away, and never two things at once."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.revenue import services
from portal.revenue.models import Feed
from tests.revenue.orders.telling import feed

pytestmark = pytest.mark.django_db
NAMES = {"order": ["订单编号", "主订单号"], "gross": ["成交额"]}


def save(person, headers=NAMES, of=None):
    return services.save_headers(person.actor, feed=of or feed(), headers=headers)


def test_saved_headers_are_audited(operator):
    save(operator)
    assert feed().headers == {"成交额": "gross", "订单编号": "order", "主订单号": "order"}
    save(operator)  # the same again is no change
    entry = AuditEntry.objects.get(verb="save_headers")
    assert (entry.before["headers"], entry.after["headers"]) == ({}, feed().headers)


@pytest.mark.parametrize(
    ("headers", "field"),
    [
        ({"order": ["编号"], "line": ["编 号"]}, "line"),
        ({"order": ["gross"]}, "order"),
        ({"order": ["行号"], "nothing": ["x"]}, "headers"),
        ({"order": ["长" * 61]}, "order"),
        ({"order": [f"号{n}" for n in range(11)]}, "order"),
        ({"order": ["a\nb"]}, "order"),
        ({"order": ["店铺实收"]}, "order"),
    ],
)
def test_header_that_cannot_be_is_named(operator, headers, field):
    other = Feed.objects.create(code="other", name="别处", headers={"店铺实收": "gross"})
    with pytest.raises(Refused) as refused:
        save(operator, headers)
    assert {flaw.field for flaw in refused.value.verdict.flaws} == {field}
    assert feed().headers == {}
    assert save(operator, {"gross": ["店铺实收"]}, other).headers == {"店铺实收": "gross"}


def test_merchant_saves_none(merchant):
    with pytest.raises(Refused):
        save(merchant)
    assert feed().headers == {}


def test_page_saves_and_deletes(operator):
    browser = operator.browser()
    address = reverse("feed_headers", args=["douyin"])
    sent = browser.post(address, {"order": "订单编号，主订单号", "gross": "成交额"})
    assert sent.headers["Location"] == reverse("feed_list")
    page = browser.get(reverse("feed_list")).content.decode()
    assert "主订单号" in page
    assert "主订单号，订单编号" in browser.get(address).content.decode()
    browser.post(reverse("feed_headers_deletion", args=["douyin"]))
    assert feed().headers == {}
    assert AuditEntry.objects.filter(verb="save_headers").count() == 2


def test_page_shows_what_is_wrong_beside_its_column(operator):
    address = reverse("feed_headers", args=["douyin"])
    page = operator.browser().post(address, {"order": "编号", "line": "编号"}).content.decode()
    assert "“编号” 已经是" in page
    assert feed().headers == {}


def test_machine_saves_them(operator):
    browser, address = operator.browser(), "/api/v1/order-feeds/douyin/"
    sent = browser.put(address, json.dumps({"headers": NAMES}), "application/json")
    names = {column: sorted(said) for column, said in NAMES.items()}
    assert sent.json()["headers"] == names
    assert browser.get("/api/v1/order-feeds/").json()[0]["headers"] == names
