"""Cases of money that must be right once somebody was paid, by their names."""

from __future__ import annotations

import pytest

from portal.core.verdict import Refused
from portal.ledger.selectors import verification as of_ledger
from portal.payouts import selectors, services
from portal.payouts.models import Item, PayoutTerm
from portal.settlement.models import Statement
from tests.conftest import staff_person
from tests.payouts.making import FIELDS, answered, held, maker, on_the_way, payable
from tests.revenue.orders.telling import GROSS, books, record
from tests.settlement.making import (
    APRIL,
    JUNE,
    MARCH,
    MAY,
    approved,
    is_right,
    on,
    papers,
    sold,
    statement_of,
)

pytestmark = pytest.mark.django_db
SHARE = GROSS * 20 // 100


@pytest.fixture
def finance(db):
    return staff_person("finance maker"), staff_person("finance checker")


@pytest.fixture
def paid(merchant, creator, finance):
    """March's share of one order has arrived at the creator's bank."""
    PayoutTerm.objects.create(starts_on="2026-01-01", minimum_fen=1, trial_tries=3, trial_days=7)
    papers(merchant, creator)
    order = sold(merchant, creator, "D1", month=3)
    with on(4, 2):
        approved(*finance, MARCH)
        payable(creator.party)
    with on(4, 20):
        answered(on_the_way())
    assert statement_of(creator).status == "paid"
    return order


def share_of(person) -> int:
    return books().get((person.party.pk, "share", "settled"), 0)


def paid_to(person) -> int:
    return sum(Item.objects.filter(party=person.party).values_list("paid_fen", flat=True))


def sound() -> bool:
    return is_right() and not [
        one for one in (*of_ledger(), *selectors.verification()) if one.wrong
    ]


def test_refund_after_payout_is_set_off_and_never_asked_back(paid, merchant, creator, finance):
    """Everything comes back after it was paid: below zero, nothing is payable, and the next month
    pays what is left after that."""
    with on(4, 28):
        record(paid.refunded(GROSS, hours=24 * 50))
    assert (share_of(creator), paid_to(creator)) == (-SHARE, SHARE)
    with on(5, 2):
        approved(*finance, APRIL)
    april = statement_of(creator)
    assert (april.total, april.released, april.status) == (-SHARE, 0, "closed")
    with on(5, 20), pytest.raises(Refused):
        services.prepare_batch(maker(), fields=FIELDS)  # nobody has anything
    march = Statement.objects.get(party=creator.party, month=MARCH)
    assert (march.status, march.paid_fen) == ("paid", SHARE), "what was paid stays paid"

    sold(merchant, creator, "D2", month=5, gross=3 * GROSS)
    with on(6, 2):
        approved(*finance, MAY)
    may = statement_of(creator)
    assert (may.carried_in, may.released) == (-SHARE, 2 * SHARE)
    with on(6, 20):
        answered(on_the_way())
    assert (paid_to(creator), share_of(creator)) == (3 * SHARE, 0)
    assert held(creator.party) == {"available": 0, "paying": 0}
    assert sound()


def test_negative_balance_over_several_periods_is_carried_and_paid_only_above_zero(
    paid, merchant, creator, finance
):
    """A debt that two months do not cover: carried whole, aged from its first month, and paid from
    the month that ends above zero."""
    with on(4, 28):
        record(paid.refunded(GROSS, hours=24 * 50))
    seen = []
    for month, after, part in ((APRIL, 5, 0), (MAY, 6, 3), (JUNE, 7, 1)):
        if part:
            sold(merchant, creator, f"D{month:%m}", month=month.month, gross=GROSS // part)
        with on(after, 2):
            approved(*finance, month)
        one = statement_of(creator)
        seen.append((one.carried_in, one.total, one.released, one.negative_since))
        assert sound()
    third = GROSS // 3 * 20 // 100
    owed = -SHARE + third
    assert seen[0] == (0, -SHARE, 0, APRIL)
    assert seen[1][:3] == (-SHARE, pytest.approx(owed, abs=1), 0)
    assert seen[1][3] == APRIL
    rest = seen[1][1] + SHARE
    assert seen[2] == (seen[1][1], rest, rest, None)
    with on(7, 20):
        answered(on_the_way())
    assert paid_to(creator) == SHARE + rest
    assert sound()
