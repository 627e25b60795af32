"""Balances as of a day that things happened, and as of a day the books were written."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.core import clock
from portal.ledger import selectors
from portal.ledger.services import post
from tests.factories import SYSTEM
from tests.ledger.books import NOON, posting_of, sale

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_as_of_both_dates(books):
    """An event of the 14th that came in on the 20th; one of the 16th that came in at once."""
    with clock.standing_at(NOON + 6 * DAY):
        post(SYSTEM, posting=sale(books, 1_000))
    with clock.standing_at(NOON + 2 * DAY):
        post(SYSTEM, posting=sale(books, 2_000, occurred_at=NOON + 2 * DAY))
    occurred = [selectors.balance_occurred(books.share, NOON + n * DAY) for n in range(-1, 8)]
    posted = [selectors.balance_posted(books.share, NOON + n * DAY) for n in range(-1, 8)]
    assert occurred == [0, 950, 950, 2_850, 2_850, 2_850, 2_850, 2_850, 2_850]
    assert posted == [0, 0, 0, 1_900, 1_900, 1_900, 1_900, 2_850, 2_850]
    assert selectors.balance(books.share) == 2_850


def test_tracks_stay_apart(books, merchant):
    post(SYSTEM, posting=sale(books, 1_000))
    post(SYSTEM, posting=posting_of((books.expected, 700), (books.expected_clearing, -700)))
    found = {(one.kind, one.track): one.amount for one in selectors.balances_of(merchant.party.pk)}
    assert found == {
        ("share", "settled"): 950,
        ("share", "estimated"): 700,
        ("available", "settled"): 0,
    }


def test_one_journal_settles_and_releases(books):
    """What settling an order line does: real money in, the estimate out, each track at zero."""
    post(SYSTEM, posting=posting_of((books.expected, 700), (books.expected_clearing, -700)))
    settled = posting_of(
        (books.expected, -700),
        (books.expected_clearing, 700),
        (books.clearing, -690),
        (books.share, 690),
    )
    post(SYSTEM, posting=settled)
    amounts = {one.account_id: one.amount for one in selectors.balances()}
    assert (amounts[books.expected], amounts[books.share]) == (0, 690)


def test_balance_may_fall_below_zero(books):
    """A refund after payout: the party owes it, and it is shown."""
    post(SYSTEM, posting=posting_of((books.available, -500), (books.clearing, 500)))
    assert selectors.balance(books.available) == -500


def test_trial_balance_of_a_month_adds_up_to_zero(books):
    post(SYSTEM, posting=sale(books, 1_000, occurred_at=datetime(2026, 2, 3, tzinfo=UTC)))
    post(SYSTEM, posting=sale(books, 3_000))
    rows = selectors.trial_balance(NOON.date().replace(day=1))
    assert sum(row.before for row in rows) == sum(row.change for row in rows) == 0
    assert {row.account_id: (row.before, row.change) for row in rows}[books.share] == (950, 2_850)
