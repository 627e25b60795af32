"""Days of feeds: what the upstream says, what is here, what the books say."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from portal.core import clock
from portal.core.models import AuditEntry
from portal.ledger.fields import Leg, Posting
from portal.ledger.models import Journal
from portal.ledger.services import Place, close_period, open_accounts, post, reverse
from portal.ledger.states import Kind, Track
from portal.notices.models import Notice
from portal.reconciliation.fields import Resolution
from portal.reconciliation.models import Day, Difference, DifferenceStep, ListedEvent
from portal.reconciliation.selectors import found_of
from portal.reconciliation.services import (
    count_day,
    count_days,
    drop_list,
    list_events,
    reopen_difference,
    resolve_difference,
    resolve_differences,
)
from portal.revenue.order_states import CAUSE
from portal.revenue.services import announce_total
from tests.conftest import staff_person
from tests.factories import SYSTEM
from tests.reconciliation.making import bank_row, refused
from tests.revenue.orders.telling import Order, feed, record

pytestmark = pytest.mark.django_db
MARCH = datetime(2026, 3, 10, 12, 0, tzinfo=clock.SHANGHAI)
DAY = MARCH.date()


def order(merchant, number: int = 1, at: datetime = MARCH) -> Order:
    made = Order(merchant, order=f"D{number}")
    made.paid_at = at
    return made


def counted(day: date = DAY) -> Day:
    return count_day(SYSTEM, feed=feed(), day=day)


def open_kinds(row: Day) -> list[tuple[str, str, str]]:
    rows = row.differences.filter(status="open").order_by("between", "kind", "key")
    return [(one.between, one.kind, one.subject) for one in rows]


def listed(*events) -> int:
    return list_events(SYSTEM, feed=feed(), events=events)


def told(events: int, fen: int, day: date = DAY) -> None:
    announce_total(SYSTEM, feed=feed(), day=day, events=events, amount_fen=fen)


def test_day_without_an_announcement_has_no_share(merchant):
    record(order(merchant).paid(10_000))
    row = counted()
    assert (row.basis, row.completeness_bp) == ("nothing", None)
    assert (row.arrived_events, row.booked_events, row.booked_fen) == (1, 1, 10_000)
    assert open_kinds(row) == []


def test_control_total_tells_what_is_missing_without_its_name(merchant):
    record(order(merchant).paid(10_000))
    told(2, 15_000)
    row = counted()
    assert (row.basis, row.sound_events, row.completeness_bp) == ("total", 1, 5_000)
    assert open_kinds(row) == [("upstream", "missing", "total")]
    record(order(merchant, 2).paid(5_000))
    row = counted()
    assert (row.completeness_bp, row.is_whole, open_kinds(row)) == (10_000, True, [])
    assert row.differences.get().status == "gone"


def test_list_names_each_difference(merchant):
    same, other, moved, gone, over = (order(merchant, n) for n in range(1, 6))
    same_paid = same.paid(1_000, event_id="E1")
    record(
        same_paid,
        other.paid(2_000, event_id="E2"),
        moved.paid(3_000, event_id="E3")._replace(occurred_at=MARCH + timedelta(days=1)),
        over.paid(5_000, event_id="E5"),
    )
    listed(
        same_paid,
        other.paid(2_500, event_id="E2"),
        moved.paid(3_000, event_id="E3"),
        gone.paid(4_000, event_id="E4"),
    )
    row = counted()
    assert open_kinds(row) == [
        ("upstream", "amount", "D2/1"),
        ("upstream", "extra", "D5/1"),
        ("upstream", "missing", "D4/1"),
        ("upstream", "timing", "D3/1"),
    ]
    assert (row.expected_events, row.expected_fen) == (4, 10_500)
    assert (row.sound_events, row.sound_fen) == (2, 4_000)  # what came on another day came
    assert row.completeness_bp == 4_000 * 10_000 // 10_500
    one = row.differences.get(kind="amount")
    assert (one.expected_fen, one.found_fen, one.off_fen) == (2_500, 2_000, -500)
    assert one.event_id is not None
    one = row.differences.get(kind="timing")
    assert (one.expected, one.found) == ("2026-03-10", "2026-03-11")


def test_other_event_under_one_number(merchant):
    made = order(merchant)
    record(made.paid(1_000), made.settled(400, event_id="E1", hours=1))
    listed(made.paid(1_000), made.refunded(400, event_id="E1", hours=1))
    row = counted()
    assert open_kinds(row) == [("upstream", "status", "D1/1")]
    one = row.differences.get()
    assert (one.expected, one.found) == ("refunded", "settled 1")
    assert row.sound_events == 1


def test_event_listed_on_its_own_day_is_not_too_much_on_another(merchant):
    made = order(merchant)
    later = made.paid(1_000, event_id="E1")._replace(occurred_at=MARCH + timedelta(days=1))
    record(later)
    listed(made.paid(1_000, event_id="E1"), order(merchant, 9, MARCH + timedelta(days=1)).paid(7))
    row = counted(DAY + timedelta(days=1))
    assert open_kinds(row) == [("upstream", "missing", "D9/1")]


def test_settled_and_refunded_events_stand_in_the_books(merchant, creator):
    made = Order(merchant, creator)
    made.paid_at = MARCH
    record(
        made.paid(10_000),
        made.settled(6_000, hours=1),
        made.refunded(7_000, hours=2),
        made.settled(1_000, phase=2, hours=1.5),
    )
    row = counted()
    assert (row.arrived_events, row.booked_events) == (4, 4)
    assert open_kinds(row) == []


def test_event_that_waits_for_its_payment_is_in_no_books(merchant):
    record(order(merchant).settled(500, hours=0))
    told(1, 500)
    row = counted()
    assert open_kinds(row) == [("ledger", "status", "D1/1")]
    assert (row.arrived_events, row.booked_events, row.completeness_bp) == (1, 0, 0)


def test_late_event_counts_in_the_first_open_month(merchant):
    paid = order(merchant).paid(900)
    record(order(merchant, 2, datetime(2026, 1, 5, tzinfo=clock.SHANGHAI)).paid(1))
    for month in (1, 2, 3):
        close_period(SYSTEM, month=date(2026, month, 1))
    record(paid)
    row = counted()
    assert open_kinds(row) == [("ledger", "timing", "D1/1")]
    one = row.differences.get()
    assert (one.expected, one.found) == ("2026-03", "2026-04")
    assert row.booked_events == 1


def test_journal_of_no_event_is_too_much_until_it_is_taken_back(merchant, operator):
    """Somebody wrote it by hand, in an event's name: found on its day, by one count and by that of
    a night, with the feed whose line it names."""
    record(order(merchant).paid(10_000))
    places = [Place(None, kind, Track.SETTLED) for kind in (Kind.CLEARING, Kind.FEES)]
    accounts = open_accounts(SYSTEM, places=places)

    def by_hand(cause: str, text: str) -> int:
        legs = [Leg(accounts[places[0]], -700), Leg(accounts[places[1]], 700)]
        posting = Posting(f"by hand/{cause}", CAUSE, cause, MARCH, text, legs)
        return post(SYSTEM, posting=posting).journal_id

    named, unnamed = by_hand(str(10**9), "D1/1 settled 2"), by_hand("no number", "")
    row = counted()
    assert open_kinds(row) == [
        ("ledger", "extra", "D1/1"),
        ("ledger", "extra", "by hand/no number"),
    ]
    one = row.differences.get(key=f"journal/{named}")
    assert (one.found_fen, one.found) == (700, "settled 2")
    assert found_of(one) != "settled 2", "it is said in words"
    assert (row.booked_events, row.booked_fen) == (1, 10_000)
    reverse(SYSTEM, journal=Journal.objects.get(pk=unnamed), key="back", text="误记")
    count_days(SYSTEM, until=DAY + timedelta(days=2), days=3)
    row.refresh_from_db()
    assert open_kinds(row) == [("ledger", "extra", "D1/1")]


def test_list_shorter_than_announced_says_so(merchant):
    paid = order(merchant).paid(900)
    record(paid)
    listed(paid)
    told(2, 1_000)
    row = counted()
    assert open_kinds(row) == [("upstream", "missing", "list")]
    assert row.basis == "listed"


def test_list_is_brought_again_and_dropped(merchant, operator):
    paid = order(merchant).paid(900, event_id="E1")
    assert (listed(paid), listed(paid)) == (1, 0)
    assert listed(paid._replace(gross=800)) == 1  # the later word
    assert ListedEvent.objects.get().amount_fen == 800
    assert open_kinds(counted()) == [("upstream", "missing", "D1/1")]
    listing = ListedEvent.objects.get().listing
    refused(403, drop_list, merchant.actor, listing=listing)
    drop_list(SYSTEM, listing=listing)
    refused(409, drop_list, SYSTEM, listing=listing)
    row = counted()
    assert (row.basis, open_kinds(row)) == ("nothing", [])
    assert (listed(paid), ListedEvent.objects.count()) == (1, 2)


# --- what becomes of a difference ---------------------------------------------------------------


@pytest.fixture
def finance():
    return staff_person("finance checker")


@pytest.fixture
def short(merchant) -> Day:
    listed(order(merchant).paid(900, event_id="E1"), order(merchant, 2).paid(100, event_id="E2"))
    return counted()


def test_resolved_one_stays_resolved_while_it_is_the_same(short, finance, merchant):
    one = short.differences.get(key="E1")
    refused(403, resolve_difference, merchant.actor, difference=one, said=Resolution("x"))
    refused(422, resolve_difference, finance.actor, difference=one, said=Resolution(" "))
    bank_row("TK-1")
    resolve_difference(finance.actor, difference=one, said=Resolution("上游撤回", "TK-1"))
    refused(409, resolve_difference, finance.actor, difference=one, said=Resolution("x"))
    counted()
    one.refresh_from_db()
    assert (one.status, one.resolved_by, one.why, one.document) == (
        "resolved",
        finance.user,
        "上游撤回",
        "TK-1",
    )
    listed(order(merchant).paid(950, event_id="E1"))
    counted()
    one.refresh_from_db()
    assert (one.status, one.expected_fen, one.why) == ("open", 950, "")
    steps = DifferenceStep.objects.filter(difference=one)
    assert [(step.kind, step.person_id, step.why) for step in steps] == [
        ("resolved", finance.user.pk, "上游撤回"),
        ("back", None, ""),
    ]


def test_resolved_one_that_is_gone_keeps_who_resolved_it(short, finance, merchant):
    one = short.differences.get(key="E1")
    resolve_difference(finance.actor, difference=one, said=Resolution("在途"))
    record(order(merchant).paid(900, event_id="E1"))
    counted()
    one.refresh_from_db()
    assert (one.status, one.why) == ("resolved", "在途")
    assert AuditEntry.objects.filter(verb="resolve_difference", user=finance.user).count() == 1


def test_opened_again_with_a_reason(short, finance):
    one = short.differences.get(key="E1")
    refused(409, reopen_difference, finance.actor, difference=one, why="x")
    resolve_difference(finance.actor, difference=one, said=Resolution("在途"))
    refused(422, reopen_difference, finance.actor, difference=one, why="")
    reopened = reopen_difference(finance.actor, difference=one, why="不在途")
    assert (reopened.status, reopened.resolved_by, reopened.why) == ("open", None, "")
    assert [step.why for step in one.steps.all()] == ["在途", "不在途"]


def test_many_are_resolved_with_one_reason_or_none_is(short, finance):
    rows = list(short.differences.all())
    resolve_difference(finance.actor, difference=rows[0], said=Resolution("一"))
    refused(409, resolve_differences, finance.actor, differences=rows, said=Resolution("二"))
    assert Difference.objects.filter(status="open").count() == 1
    refused(409, resolve_differences, finance.actor, differences=[], said=Resolution("二"))
    done = resolve_differences(finance.actor, differences=rows[1:], said=Resolution("二"))
    assert done == 1


def test_gone_and_back_again(short, merchant):
    one = short.differences.get(key="E1")
    record(order(merchant).paid(900, event_id="E1"))
    counted()
    one.refresh_from_db()
    assert (one.status, one.gone_at is not None) == ("gone", True)
    listed(order(merchant).paid(901, event_id="E1"))
    counted()
    assert short.differences.get(key="E1", kind="amount").status == "open"
    assert [step.kind for step in one.steps.all()] == ["gone"]


def test_same_count_again_changes_nothing(short):
    before = list(short.differences.values_list("pk", "status", "found_at"))
    entries = AuditEntry.objects.count()
    again = counted()
    assert list(again.differences.values_list("pk", "status", "found_at")) == before
    assert AuditEntry.objects.count() == entries


def test_finance_is_told_once_of_a_day_that_stays_short(finance, short):
    assert short.told_at is not None
    counted()
    notice = Notice.objects.get(event="reconciliation.short")
    assert (notice.user, notice.params["share"]) == (finance.user, "0")


def test_night_counts_every_day_of_which_something_is_known(merchant):
    today = clock.today()
    days = [today - timedelta(days=ago) for ago in (1, 3, 5)]
    moment = clock.now() - timedelta(days=1)
    record(order(merchant, 1, moment).paid(100))
    told(1, 1, days[1])
    listed(order(merchant, 2, clock.now() - timedelta(days=5)).paid(10))
    assert count_days(SYSTEM, until=today, days=31) == 3
    assert sorted(Day.objects.values_list("day", flat=True)) == sorted(days)
    assert count_days(SYSTEM, until=today, days=31) == 3


def test_only_finance_counts_and_brings_lists(merchant, operator):
    refused(403, count_day, merchant.actor, feed=feed(), day=DAY)
    refused(403, list_events, operator.actor, feed=feed(), events=[])
    assert not Day.objects.exists()


def test_event_without_a_number_is_late_and_not_too_much(merchant):
    made, tomorrow = order(merchant), DAY + timedelta(days=1)
    record(made.paid(1_000)._replace(occurred_at=MARCH + timedelta(days=1)))
    record(order(merchant, 2, MARCH + timedelta(days=1)).paid(7))
    listed(made.paid(1_000), order(merchant, 2, MARCH + timedelta(days=1)).paid(7))
    assert open_kinds(counted()) == [("upstream", "timing", "D1/1")]
    assert open_kinds(counted(tomorrow)) == []
