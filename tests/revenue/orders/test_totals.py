"""What a feed says it sent: told by whoever brings it in, held against what arrived."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.models import AuditEntry
from portal.revenue.models import ControlTotal, Feed
from tests.revenue.orders.telling import Order, record

pytestmark = pytest.mark.django_db
TOTALS, COMPLETENESS = "/api/v1/order-totals/", "/api/v1/order-completeness/"
DAY = "2026-03-01"


@pytest.fixture
def bringer(merchant):
    Feed.objects.filter(code="douyin").update(party=merchant.party)
    return merchant.browser()


def told(events: int = 1, amount_fen: int = 19_900, day: str = DAY) -> dict:
    return {"feed": "douyin", "day": day, "events": events, "amount_fen": amount_fen}


def say(browser, **more):
    return browser.post(TOTALS, told(**more), "application/json")


def test_day_is_complete_once_what_was_announced_is_here(merchant, bringer):
    paid = Order(merchant).paid()
    day = clock.day_of(paid.occurred_at).isoformat()
    assert say(bringer, day=day, events=1, amount_fen=paid.gross).status_code == 200
    asked = {"feed": "douyin", "until": day}
    [row] = bringer.get(COMPLETENESS, asked).json()
    assert (row["arrived"], row["completeness_bp"], row["is_complete"]) == (0, 0, False)
    record(paid)
    [row] = bringer.get(COMPLETENESS, asked).json()
    assert (row["arrived"], row["completeness_bp"], row["is_complete"]) == (1, 10_000, True)
    assert row["told"]["amount_fen"] == paid.gross


def test_later_word_holds_and_the_audit_keeps_the_earlier(bringer):
    say(bringer)
    say(bringer, events=2)
    say(bringer, events=2)  # the same again is no news
    total = ControlTotal.objects.get()
    assert (total.events, total.amount_fen) == (2, 19_900)
    entries = AuditEntry.objects.filter(verb="announce_total").order_by("pk")
    assert [entry.before.get("events") for entry in entries] == [None, 1]


def test_day_to_come_is_refused(bringer):
    answer = say(bringer, day=(clock.today() + timedelta(days=2)).isoformat())
    assert (answer.status_code, list(answer.json()["flaws"])) == (422, ["day"])
    assert not ControlTotal.objects.exists()


def test_stranger_finds_no_feed(bringer, rival):
    browser = rival.browser()
    assert say(browser).status_code == 404
    assert browser.get(COMPLETENESS, {"feed": "douyin"}).status_code == 404
    assert not ControlTotal.objects.exists()


def test_operator_asks_for_any_feed(operator):
    assert operator.browser().get(COMPLETENESS, {"feed": "douyin"}).json() == []
