"""Money and the books for machines: they say what the pages say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.core import clock
from portal.ledger.models import Closing
from portal.ledger.services import post
from tests.conftest import staff_person
from tests.factories import SYSTEM
from tests.ledger.books import NOON, posting_of

pytestmark = pytest.mark.django_db
BOOKS = "/api/v1/books/"
MAY = datetime(2026, 5, 5, tzinfo=UTC)


def sold(books, amount: int, **more):
    return post(
        SYSTEM, posting=posting_of((books.share, amount), (books.clearing, -amount), **more)
    )


def test_statement_has_the_balance_after_each_line(books, merchant):
    for amount in range(1, 24):
        sold(books, amount)
    browser, address = merchant.browser(), f"/api/v1/money/accounts/{books.share}/statement/"
    first = browser.get(address).json()
    assert (first["balance_fen"], len(first["lines"]), first["newer"]) == (276, 20, "")
    assert first["lines"][0]["after_fen"] == 276
    older = browser.get(address, {"cursor": first["older"]}).json()
    assert [line["after_fen"] for line in older["lines"]] == [6, 3, 1]
    assert [line["entry"]["amount_fen"] for line in older["lines"]] == [3, 2, 1]


def test_balance_of_a_day_by_both_dates(books, merchant):
    with clock.standing_at(NOON + timedelta(days=10)):
        sold(books, 700)
    address = f"/api/v1/money/accounts/{books.share}/balance/"
    answer = merchant.browser().get(address, {"on": "2026-03-15"}).json()
    expected = {"account": books.share, "on": "2026-03-15", "occurred_fen": 700, "posted_fen": 0}
    assert answer == expected


def test_checker_reads_the_books_and_closes_a_month(books, merchant):
    sold(books, 700)
    browser = staff_person("finance checker").browser()
    with clock.standing_at(MAY):
        answer = browser.post(f"{BOOKS}closings/", {"month": "2026-03-01"}, "application/json")
    assert (answer.status_code, answer.json()["month"]) == (201, "2026-03-01")
    assert Closing.objects.get().month == date(2026, 3, 1)
    balance = browser.get(BOOKS, {"month": "2026-03-20"}).json()
    settled = next(track for track in balance["tracks"] if track["track"] == "settled")
    amounts = {row["kind"]: row["after_fen"] for row in settled["rows"]}
    assert amounts == {"share": 700, "clearing": -700}
    assert settled["total"] == {"before_fen": 0, "change_fen": 0, "after_fen": 0}
    assert balance["closing"]["month"] == "2026-03-01"
    assert [one["month"] for one in browser.get(f"{BOOKS}closings/").json()] == ["2026-03-01"]


def test_month_that_cannot_be_closed_stays_open(books):
    sold(books, 700)
    browser, address = staff_person("finance checker").browser(), f"{BOOKS}closings/"
    with clock.standing_at(NOON):
        early = browser.post(address, {"month": "2026-03-01"}, "application/json")
        no_month = browser.post(address, {"month": "2026-03-02"}, "application/json")
    assert (early.status_code, no_month.status_code) == (409, 400)
    assert not Closing.objects.exists()
