"""What statements say of providers, for the evaluation."""

from __future__ import annotations

import pytest

from portal.evaluation.links import row_link
from portal.evaluation.models import Fact
from portal.revenue.models import OrderLine
from portal.settlement import services
from portal.settlement.facts import REF, record_statement_facts
from portal.settlement.fields import DisputeFields
from tests.factories import SYSTEM

from .making import MARCH, on, papers, settled, sold, statement_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("ending", "value"),
    [("paid", 100.0), ("disputed", 0.0), ("failed", 0.0), ("late", 0.0), ("never", 0.0)],
)
def test_a_statement_is_a_fact_once_it_is_known(
    merchant, creator, provider, maker, checker, ending, value
):
    papers(merchant, creator, provider)
    sold(merchant, creator, "D1", month=3)
    sold(merchant, creator, "D2", month=3)
    with on(4, 12):
        run = settled(maker, MARCH)
        if ending == "disputed":
            line = OrderLine.objects.get(order="D1").pk
            services.dispute_lines(
                provider.actor, statement=statement_of(provider), fields=DisputeFields([line], "少")
            )
    with on(4, 20):
        services.agree_silent(SYSTEM)
        services.approve_statements(checker.actor, run=run)
        assert record_statement_facts(SYSTEM) == 0  # nothing is known yet
        statement = statement_of(provider)
        if ending == "failed":
            services.mark_failed(SYSTEM, statement=statement, reason="户名不符")
    with on(5, 20) if ending == "late" else on(4, 21):
        if ending != "never":
            services.mark_paid(SYSTEM, statement=statement, amount_fen=statement.released)
    with on(6, 1):
        assert record_statement_facts(SYSTEM) == 1
        assert record_statement_facts(SYSTEM) == 0
    fact = Fact.objects.get(measure="statement_on_time")
    assert (fact.party, fact.value) == (provider.party, value)
    link = row_link(REF)
    assert link is not None
    assert link.find(provider.actor, fact.ref_id) == statement.get_absolute_url()


def test_paid_in_parts_and_back_again(merchant, creator, maker, checker):
    """What was paid, failed or came back is known to the fen, and the way of a statement holds."""
    papers(merchant, creator)
    sold(merchant, creator, "D1", month=3)
    with on(4, 12):
        run = settled(maker, MARCH)
    with on(4, 20):
        services.agree_silent(SYSTEM)
        services.approve_statements(checker.actor, run=run)
        one = statement_of(creator)
        one = services.mark_paid(SYSTEM, statement=one, amount_fen=1_000)
        assert (one.status, one.to_pay) == ("approved", one.released - 1_000)
        one = services.mark_failed(SYSTEM, statement=one, reason="账户冻结")
        one = services.mark_paid(SYSTEM, statement=one, amount_fen=one.to_pay)
        assert (one.status, one.to_pay) == ("paid", 0)
        one = services.mark_failed(SYSTEM, statement=one, reason="退汇", returned_fen=500)
        assert (one.status, one.to_pay, one.paid_at) == ("failed", 500, None)
        one = services.mark_paid(SYSTEM, statement=one, amount_fen=500)
        one = services.mark_reconciled(SYSTEM, statement=one)
        assert services.close_statement(SYSTEM, statement=one).status == "closed"
