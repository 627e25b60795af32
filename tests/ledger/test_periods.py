"""A closed month stays as it is; what comes late keeps the day it happened and counts later."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connections, transaction

from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.ledger import selectors
from portal.ledger.models import Closing, Journal
from portal.ledger.services import close_period, post, post_many
from tests import factories
from tests.factories import SYSTEM
from tests.ledger.books import NOON, sale

pytestmark = pytest.mark.django_db
FEBRUARY, MARCH, APRIL = date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)
IN_MAY = datetime(2026, 5, 5, tzinfo=UTC)


@pytest.fixture
def may():
    with clock.standing_at(IN_MAY):
        yield


def period_of(posted):
    return Journal.objects.get(pk=posted.journal_id).period


@pytest.mark.parametrize("many", [False, True])
def test_closed_month_refuses_a_posting_into_it(books, may, many):
    post(SYSTEM, posting=sale(books))
    close_period(SYSTEM, month=MARCH)
    posting = sale(books, period=MARCH)
    with pytest.raises(Refused) as caught:
        post_many(SYSTEM, postings=[posting]) if many else post(SYSTEM, posting=posting)
    assert caught.value.verdict.status == 409
    assert Journal.objects.count() == 1


@pytest.mark.parametrize("many", [False, True])
def test_late_event_lands_in_the_open_month_and_keeps_its_day(books, may, many):
    close_period(SYSTEM, month=MARCH)
    posting = sale(books)
    if many:
        post_many(SYSTEM, postings=[posting])
    else:
        post(SYSTEM, posting=posting)
    journal = Journal.objects.get(key=posting.key)
    assert (journal.occurred_at, journal.period) == (NOON, APRIL)


def test_closed_month_is_what_it_was(books, may):
    post(SYSTEM, posting=sale(books))
    close_period(SYSTEM, month=MARCH)
    before = selectors.trial_balance(MARCH)
    post(SYSTEM, posting=sale(books, 5_000))
    assert selectors.trial_balance(MARCH) == before
    share = {row.account_id: row for row in selectors.trial_balance(APRIL)}[books.share]
    assert (share.before, share.change, share.after) == (18_905, 4_750, 23_655)


def test_known_journal_of_a_closed_month_is_still_known(books, may):
    posting = sale(books, period=MARCH)
    first = post(SYSTEM, posting=posting)
    late = replace(sale(books), period=None)
    known = post(SYSTEM, posting=late)
    close_period(SYSTEM, month=MARCH)
    assert post(SYSTEM, posting=posting) == replace(first, is_new=False)
    assert post(SYSTEM, posting=late) == replace(known, is_new=False)
    assert post_many(SYSTEM, postings=[posting, late]).repeated == 2


def test_month_of_shanghai_decides(books):
    """Six in the evening of 31 March in London is two in the morning of 1 April in Shanghai."""
    posted = post(SYSTEM, posting=sale(books, occurred_at=datetime(2026, 3, 31, 18, tzinfo=UTC)))
    assert period_of(posted) == APRIL


def test_december_is_followed_by_january(books):
    with clock.standing_at(datetime(2027, 2, 1, tzinfo=UTC)):
        close_period(SYSTEM, month=date(2026, 12, 1))
    posting = sale(books, occurred_at=datetime(2026, 12, 31, 12, tzinfo=UTC))
    post_many(SYSTEM, postings=[posting])
    assert Journal.objects.get(key=posting.key).period == date(2027, 1, 1)
    assert period_of(post(SYSTEM, posting=sale(books))) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("month", "closed", "status"),
    [
        (date(2026, 5, 1), None, 409),  # not over
        (APRIL, None, 409),  # March has journals
        (MARCH, MARCH, 409),  # closed already
        (FEBRUARY, MARCH, 409),
    ],
)
def test_months_are_closed_in_their_order(books, may, month, closed, status):
    post(SYSTEM, posting=sale(books))
    if closed:
        close_period(SYSTEM, month=closed)
    before = Closing.objects.count()
    with pytest.raises(Refused) as caught:
        close_period(SYSTEM, month=month)
    assert caught.value.verdict.status == status
    assert Closing.objects.count() == before


def test_gap_between_closed_months_is_refused(books, may):
    close_period(SYSTEM, month=FEBRUARY)
    with pytest.raises(Refused):
        close_period(SYSTEM, month=APRIL)
    close_period(SYSTEM, month=MARCH)
    assert AuditEntry.objects.filter(verb="close_period").count() == 2


def test_who_owns_a_party_closes_no_books(merchant, may):
    with pytest.raises(Refused) as caught:
        close_period(merchant.actor, month=MARCH)
    assert caught.value.verdict.status == 403


@pytest.mark.django_db(transaction=True)
def test_closing_waits_for_postings_under_way(books):
    """Else a journal could be committed into a month that is closed already."""
    pool = ThreadPoolExecutor(1)
    with transaction.atomic():
        post(SYSTEM, posting=sale(books))
        running = pool.submit(close_march)
        factories.wait_for(lambda: factories.sessions_waiting() >= 1)
        assert not running.done()
    assert running.result(timeout=20).month == MARCH
    pool.shutdown()
    assert period_of(post(SYSTEM, posting=sale(books))) == APRIL


def close_march():
    try:
        with clock.standing_at(IN_MAY):
            return close_period(SYSTEM, month=MARCH)
    finally:
        connections.close_all()
