"""Reconciled days are for finance; auditors look."""

from __future__ import annotations

from portal.core import clock
from portal.reconciliation.fields import Resolution
from portal.reconciliation.models import BankMatch, Difference, Listing
from portal.reconciliation.services import count_day, list_events, match_row, resolve_difference
from portal.revenue.models import BankRow, Feed
from tests.factories import SYSTEM
from tests.revenue.bills.making import AMOUNT, bank_row, proved, raised
from tests.revenue.orders.telling import Order
from tests.routes import Arranged, Cast

FINANCE = ("finance maker", "finance checker")
SEERS = (*FINANCE, "auditor")
SEES = ", ".join(f"{name} 200" for name in (*SEERS, "administrator"))


def acts(status: int) -> str:
    return ", ".join(f"{name} {status}" for name in (*FINANCE, "administrator"))


READ = f"visitor 302, {SEES}, * 403"
ACT = f"visitor 302, {acts(302)}, * 403"
PAGES = {
    "GET reconciliation_month": READ,
    "GET reconciliation_day": READ,
    "POST reconciliation_count": ACT,
    "POST reconciliation_list_drop": ACT,
    "GET reconciliation_differences": READ,
    # What may not be is told beside the table, to who may look at it.
    "POST reconciliation_bulk": f"visitor 302, {acts(302)}, auditor 302, * 403",
    "GET reconciliation_difference": READ,
    "POST reconciliation_resolution": f"visitor 302, {acts(302)}, auditor 422, * 403",
    "POST reconciliation_reopening": f"visitor 302, {acts(302)}, auditor 422, * 403",
    "POST reconciliation_match": f"visitor 302, {acts(302)}, auditor 422, * 403",
    "POST reconciliation_match_end": f"visitor 302, {acts(302)}, auditor 422, * 403",
}
API_ACT = f"visitor 401, {acts(200)}, * 403"
API = {
    "GET api-reconciled-day-list": f"visitor 401, {SEES}, * 403",
    "GET api-reconciled-day-detail": f"visitor 401, {SEES}, * 403",
    "POST api-reconciled-day-count": API_ACT,
    "GET api-difference-list": f"visitor 401, {SEES}, * 403",
    "GET api-difference-detail": f"visitor 401, {SEES}, * 403",
    "POST api-difference-resolution": API_ACT,
    "POST api-difference-reopening": API_ACT,
    "POST api-difference-match": API_ACT,
    "GET api-difference-matches": f"visitor 401, {SEES}, * 403",
    "POST api-difference-match-end": API_ACT,
}
SEEN_IN_ADMIN = {
    "reconciliation_day": SEERS,
    "reconciliation_difference": SEERS,
    "reconciliation_listing": SEERS,
    "reconciliation_bankmatch": SEERS,
}


def arrange(cast: Cast) -> Arranged:
    feed, today = Feed.objects.get(code="douyin"), clock.today()
    list_events(
        SYSTEM,
        feed=feed,
        events=[Order(cast.owner, order=f"L{n}").paid(100, event_id=f"L{n}") for n in (1, 2)],
    )
    day = count_day(SYSTEM, feed=feed, day=today)
    waiting, resolved = day.differences.order_by("pk")
    resolve_difference(SYSTEM, difference=resolved, said=Resolution("在途"))
    bank = _lost_payments(cast)
    one = {"pk": waiting.pk}
    match = {"row": BankRow.objects.get(reference="B8").pk}
    standing = BankMatch.objects.get().pk
    return Arranged(
        kwargs={
            **{f"reconciliation_{page}": {"pk": day.pk} for page in ("day", "count", "list_drop")},
            "reconciliation_difference": one,
            "reconciliation_resolution": one,
            "reconciliation_reopening": {"pk": resolved.pk},
            "reconciliation_match": {"pk": bank.pk},
            "reconciliation_match_end": {"pk": bank.pk, "match": standing},
            "api-difference-matches": {"pk": bank.pk},
            "api-difference-match-end": {"pk": bank.pk},
            "api-reconciled-day-detail": {"pk": day.pk},
            "api-reconciled-day-count": {"pk": day.pk},
            "api-difference-detail": one,
            "api-difference-resolution": one,
            "api-difference-reopening": {"pk": resolved.pk},
            "api-difference-match": {"pk": bank.pk},
        },
        bodies={
            "POST reconciliation_bulk": {"picked": [waiting.pk], "why": "在途"},
            "POST reconciliation_resolution": {"why": "在途"},
            "POST reconciliation_reopening": {"why": "不在途"},
            "POST reconciliation_match": match,
            "POST reconciliation_match_end": {"why": "是另一笔"},
            "POST api-difference-match-end": {"match": standing, "why": "是另一笔"},
            "POST api-difference-resolution": {"why": "在途"},
            "POST api-difference-reopening": {"why": "不在途"},
            "POST api-difference-match": {"bank_row": match["row"]},
        },
        rows={
            "reconciliation_day": day,
            "reconciliation_difference": waiting,
            "reconciliation_listing": Listing.objects.get(),
            "reconciliation_bankmatch": BankMatch.objects.get(),
        },
    )


def _lost_payments(cast: Cast) -> Difference:
    """One that is found by hand, and one that is still looked for."""
    proved(raised(cast.owner, cast.creator), cast.owner)
    proved(raised(cast.owner, cast.provider), cast.owner)
    found, _other = bank_row(AMOUNT, "B7"), bank_row(AMOUNT, "B8")
    bank = count_day(SYSTEM, feed=None, day=clock.today())
    first, second = bank.differences.filter(kind="missing").order_by("pk")
    match_row(SYSTEM, difference=first, row=found)
    return second
