"""What bills say of those who had to pay them."""

from __future__ import annotations

import pytest

from portal.core import clock
from portal.evaluation.links import row_link
from portal.evaluation.models import Fact
from portal.revenue import services
from portal.revenue.bill_facts import REF, record_bill_facts
from portal.revenue.models import Bill
from tests.conftest import staff_person
from tests.factories import SYSTEM

from .making import LADDER, bank_row, later, proved, raised

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("ending", "value"), [("paid", 100.0), ("returned", 0.0), ("late", 0.0), ("never", 0.0)]
)
def test_refund_that_a_provider_owes_is_a_fact(merchant, provider, ending, value):
    checker = staff_person("finance checker")
    first = proved(raised(merchant, provider, refund=LADDER), merchant)
    services.match_bill(checker.actor, bill=first, row=bank_row())
    with later(60):
        services.measure_bills(SYSTEM)
        refund = Bill.objects.get(refunds=first)
        assert record_bill_facts(SYSTEM) == 0  # nothing is known yet, and merchants are not rated
    with later(75 if ending == "late" else 60):
        if ending == "returned":
            services.return_proof(checker.actor, bill=proved(refund, provider), note="没有这笔")
            refund.refresh_from_db()
        if ending != "never":
            row = bank_row(refund.amount_fen, "B2")
            services.match_bill(checker.actor, bill=proved(refund, provider), row=row)
    with later(120):
        assert record_bill_facts(SYSTEM) == 1
        assert record_bill_facts(SYSTEM) == 0
        fact = Fact.objects.get(measure="statement_on_time")
        assert (fact.party, fact.counterpart) == (provider.party, merchant.party)
        assert (fact.value, fact.ends_on <= clock.today()) == (value, True)
    link = row_link(REF)
    assert link is not None
    assert link.find(provider.actor, fact.ref_id) == refund.get_absolute_url()
