"""What a payout pays: the oldest statement first, and each is told what became of its money."""

from __future__ import annotations

import pytest

from portal.payouts import services
from portal.payouts.models import Part, PayoutTerm
from portal.settlement.selectors import verification
from tests.conftest import staff_person
from tests.payouts.making import answer, held, maker, on_the_way, payable
from tests.settlement.making import APRIL, MARCH, approved, on, papers, sold, statement_of

pytestmark = pytest.mark.django_db


def test_statements_are_paid_oldest_first_also_in_parts(merchant, creator):
    finance, second = staff_person("finance maker"), staff_person("finance checker")
    papers(merchant, creator)
    for month, name in ((3, "甲"), (4, "乙")):
        sold(merchant, creator, name, month=month)
    for month, after in ((MARCH, 4), (APRIL, 5)):
        with on(after, 2):
            approved(finance, second, month)
    older, newer = (statement_of(creator, month) for month in (MARCH, APRIL))
    total = older.released + newer.released
    assert older.released > 0
    assert newer.released > 0

    with on(6, 1):
        payable(creator.party)
    PayoutTerm.objects.create(starts_on="2026-01-01", minimum_fen=1, trial_tries=3, trial_days=7)
    with on(7, 1):
        batch = on_the_way()
        item = batch.items.get(party=creator.party)
        assert item.amount_fen == total
        assert list(Part.objects.filter(item=item).values_list("statement", "amount_fen")) == [
            (older.pk, older.released),
            (newer.pk, newer.released),
        ]
        arrived = older.released + 1
        services.record_results(maker(), results=[answer(item, "partial", arrived)])
    for statement in (older, newer):
        statement.refresh_from_db()
    assert (older.status, older.to_pay) == ("paid", 0)
    assert (newer.status, newer.paid_fen) == ("failed", 1)
    assert newer.failure

    with on(7, 2):
        again = on_the_way().items.get(party=creator.party)
        assert [(part.statement_id, part.amount_fen) for part in again.parts.all()] == [
            (newer.pk, newer.released - 1)
        ]
        services.record_results(maker(), results=[answer(again, "rejected")])
        newer.refresh_from_db()
        assert "户名不符" in newer.failure
        third = on_the_way().items.get(party=creator.party)
        assert (third.key, third.attempt) == (again.key, 2)
        services.record_results(maker(), results=[answer(third)])
    newer.refresh_from_db()
    assert (newer.status, newer.to_pay) == ("paid", 0)
    assert held(creator.party) == {"available": 0, "paying": 0}
    assert not [check for check in verification() if check.wrong]
