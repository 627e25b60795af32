"""Reconciliation as finance sees it, on pages, over the API and in admin."""

from __future__ import annotations

import pytest
from django.urls import reverse

from portal.core import clock
from portal.reconciliation.models import Day
from portal.reconciliation.services import count_day, list_events, match_row
from portal.revenue.models import BankRow
from portal.revenue.services import record_bank_rows
from tests.conftest import staff_person
from tests.factories import SYSTEM
from tests.reconciliation.making import bank_row
from tests.revenue.bills.making import AMOUNT, proved, raised
from tests.revenue.orders.telling import Order, feed, record

pytestmark = pytest.mark.django_db
DAYS, DIFFERENCES = "/api/v1/reconciled-days/", "/api/v1/differences/"


@pytest.fixture
def checker():
    return staff_person("finance checker")


@pytest.fixture
def browser(checker):
    return checker.browser()


@pytest.fixture
def day(merchant) -> Day:
    """Of two listed events one is here, with another amount."""
    here, lost = (Order(merchant, order=f"D{n}") for n in (1, 2))
    record(here.paid(900, event_id="E1"))
    listed = [here.paid(1_000, event_id="E1"), lost.paid(500, event_id="E2")]
    list_events(SYSTEM, feed=feed(), events=listed)
    return count_day(SYSTEM, feed=feed(), day=clock.today())


def test_month_shows_every_feed_and_the_bank(day, browser):
    page = browser.get(reverse("reconciliation_month"))
    assert page.status_code == 200
    assert day.get_absolute_url() in page.text
    assert "0%" in page.text
    narrow = browser.get(
        reverse("reconciliation_month"), headers={"HX-Request": "true", "HX-Target": "month"}
    )
    assert narrow.text.strip() in page.text
    other = browser.get(reverse("reconciliation_month"), {"month": "2026-01"})
    assert day.get_absolute_url() not in other.text
    assert browser.get(reverse("reconciliation_month"), {"month": "x"}).status_code == 200


def test_day_is_resolved_opened_again_and_counted(day, browser, checker):
    page = browser.get(day.get_absolute_url())
    assert page.text.count("D1/1") >= 1
    assert "D2/1" in page.text
    lost = day.differences.get(key="E2")
    keys = list(day.differences.values_list("pk", flat=True))

    browser.post(reverse("reconciliation_bulk"), {"picked": keys, "why": " "})
    assert day.differences.open().count() == 2
    browser.post(reverse("reconciliation_bulk"), {"picked": keys, "why": "在途"})
    assert day.differences.open().count() == 0

    url = reverse("reconciliation_reopening", args=[lost.pk])
    assert browser.post(url, {"why": ""}).status_code == 422
    assert browser.post(url, {"why": "没有到"}).status_code == 302
    shown = browser.get(lost.get_absolute_url())
    assert "没有到" in shown.text
    assert checker.user.name in shown.text
    assert browser.post(reverse("reconciliation_count", args=[day.pk])).status_code == 302
    assert browser.post(reverse("reconciliation_list_drop", args=[day.pk])).status_code == 302
    assert day.differences.open().count() == 0


def test_list_of_differences_narrows_and_costs_the_same(
    day, browser, django_assert_max_num_queries
):
    url = reverse("reconciliation_differences")
    assert "D1/1" not in browser.get(url, {"kind": "missing"}).text
    assert "D2/1" in browser.get(url, {"kind": "missing", "feed": "douyin"}).text
    assert "D2/1" not in browser.get(url, {"day": "x" * 30}).text
    with django_assert_max_num_queries(14):
        browser.get(url)


def test_api_reads_resolves_and_opens_again(day, browser):
    [told] = browser.get(DAYS, {"feed": "douyin", "from": day.day.isoformat()}).json()["results"]
    assert (told["completeness_bp"], told["open_differences"], told["basis"]) == (0, 2, "listed")
    assert browser.get(DAYS, {"feed": "bank"}).json()["results"] == []
    assert browser.get(DAYS, {"until": "x"}).status_code == 400
    [lost] = browser.get(DIFFERENCES, {"day": day.pk, "kind": "missing"}).json()["results"]
    assert (lost["expected_fen"], lost["found_fen"], lost["expected"]) == (500, None, "paid")
    address = f"{DIFFERENCES}{lost['id']}/"
    empty = browser.post(f"{address}resolution/", {"why": ""}, "application/json")
    assert empty.status_code == 400
    bank_row("TK-1")
    said = {"why": "在途", "document": "TK-1"}
    done = browser.post(f"{address}resolution/", said, "application/json").json()
    assert (done["difference_status"], done["steps"][0]["document"]) == ("resolved", "TK-1")
    again = browser.post(f"{address}resolution/", said, "application/json")
    assert again.status_code == 409
    back = browser.post(f"{address}reopening/", {"why": "x"}, "application/json").json()
    assert (back["difference_status"], len(back["steps"])) == ("open", 2)


def test_admin_counts_and_resolves(day, browser, checker):
    assert reverse("reconciliation_differences") in browser.get("/admin/").text
    keys = list(day.differences.values_list("pk", flat=True))
    url = reverse("admin:reconciliation_difference_changelist")
    picked = {"action": "resolve", "_selected_action": keys}
    assert browser.post(url, picked).status_code == 200
    browser.post(url, picked | {"confirmed": "1", "why": "在途"})
    assert day.differences.open().count() == 0
    days = reverse("admin:reconciliation_day_changelist")
    browser.post(days, {"action": "count_again", "_selected_action": [day.pk]})
    assert browser.get(days).status_code == 200


def test_row_of_the_bank_is_matched_on_the_page(browser, merchant, creator):
    proved(raised(merchant, creator), merchant)
    row = {"account": "1", "reference": "B5", "booked_on": clock.today(), "amount": AMOUNT}
    record_bank_rows(SYSTEM, rows=[row])
    day = count_day(SYSTEM, feed=None, day=clock.today())
    lost = day.differences.get(kind="missing")
    page = browser.get(lost.get_absolute_url())
    assert "B5" in page.text
    extra = day.differences.get(kind="extra")
    url = reverse("reconciliation_match", args=[lost.pk])
    assert browser.post(url, {"row": 0}).status_code == 422
    assert browser.post(url, {"row": extra.bank_row_id}).status_code == 302
    assert day.differences.open().count() == 0


def test_match_is_taken_back_where_its_row_is_looked_for(browser, merchant, creator):
    """The machine took the wrong one of two rows: the other one's page offers to take it back."""
    proved(raised(merchant, creator), merchant)
    values = {"account": "1", "booked_on": clock.today(), "amount": AMOUNT}
    record_bank_rows(SYSTEM, rows=[values | {"reference": name} for name in ("B5", "B6")])
    day = count_day(SYSTEM, feed=None, day=clock.today())
    lost, wrong = day.differences.get(kind="missing"), BankRow.objects.get(reference="B5")
    match = match_row(SYSTEM, difference=lost, row=wrong)
    extra = day.differences.get(kind="extra", bank_row__reference="B6")
    page = browser.get(extra.get_absolute_url())
    assert [one.pk for one in page.context["matches"]] == [match.pk]
    url = reverse("reconciliation_match_end", args=[extra.pk, match.pk])
    assert browser.post(url, {"why": ""}).status_code == 422
    assert browser.post(url, {"why": "是另一笔"}).status_code == 302
    match.refresh_from_db()
    assert match.ended_at is not None
    assert day.differences.open().filter(kind="missing").count() == 1
    assert browser.post(url, {"why": "是另一笔"}).status_code == 404, "it stands no more"
