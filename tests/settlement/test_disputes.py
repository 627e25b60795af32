"""Lines that a party does not agree with are held; the rest pays; what is decided is posted."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.revenue.models import LineHold, OrderLine
from portal.settlement import services
from portal.settlement.fields import Decision, DisputeFields
from portal.settlement.models import LineDispute
from tests.factories import SYSTEM
from tests.revenue.orders.telling import GROSS, books

from .making import APRIL, MARCH, approved, is_right, on, papers, settled, sold, statement_of

pytestmark = pytest.mark.django_db
SHARE = GROSS * 20 // 100


def on_account(person, kind):
    return books().get((person.party.pk, kind, "settled"), 0)


def line(order):
    return OrderLine.objects.get(order=order).pk


def disputed(person, *orders, reason="样品没有发"):
    fields = DisputeFields([line(order) for order in orders], reason)
    return services.dispute_lines(person.actor, statement=statement_of(person), fields=fields)


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as error:
        act(*args, **kwargs)
    return error.value.verdict


@pytest.fixture
def month(merchant, creator, maker):
    """March, sent on 12 April."""
    papers(merchant, creator)
    for name in ("D1", "D2", "D3"):
        sold(merchant, creator, name, month=3)
    with on(4, 12):
        return settled(maker, MARCH)


def test_disputed_lines_are_held_and_the_rest_pays(month, merchant, creator, maker, checker):
    with on(4, 13):
        dispute = disputed(creator, "D1")
    statement = statement_of(creator)
    assert (statement.status, statement.total) == ("disputed", 3 * SHARE)
    assert (on_account(creator, "held"), on_account(creator, "share")) == (SHARE, 2 * SHARE)
    assert dispute.lines.get().held_fen == SHARE
    with on(4, 20):
        services.agree_silent(SYSTEM)
        services.approve_statements(checker.actor, run=month)
    statement = statement_of(creator)
    assert (statement.released, statement.carried_out) == (2 * SHARE, SHARE)
    assert (on_account(creator, "available"), on_account(creator, "share")) == (2 * SHARE, 0)
    assert is_right()

    with on(4, 25):
        services.decide_dispute(
            maker.actor, dispute=dispute, decision=Decision(is_upheld=False, why="样品已签收")
        )
    assert (on_account(creator, "held"), on_account(creator, "share")) == (0, SHARE)
    assert Notice.objects.filter(user=creator.user, event="settlement.decided").count() == 1
    with on(5, 12):
        approved(maker, checker, APRIL)
    april = statement_of(creator)
    assert (april.carried_in, april.held, april.released) == (SHARE, 0, SHARE)
    assert on_account(creator, "available") == 3 * SHARE
    assert is_right()


def test_a_decision_before_the_approval_agrees(month, merchant, creator, maker, checker):
    with on(4, 13):
        first, second = disputed(creator, "D1"), disputed(creator, "D2")
        services.withdraw_dispute(creator.actor, dispute=first)
        assert statement_of(creator).status == "disputed"
        services.decide_dispute(
            maker.actor,
            dispute=second,
            decision=Decision(is_upheld=True, why="是", returned_bp=5000),
        )
    statement = statement_of(creator)
    assert (statement.status, statement.was_disputed) == ("agreed", True)
    with on(4, 20):
        services.approve_statement(checker.actor, statement=statement)
        services.agree_silent(SYSTEM)
        services.approve_statements(checker.actor, run=month)
    # What went back to the merchant is not paid first and taken again later.
    statement = statement_of(creator)
    assert (statement.released, statement.carried_out) == (3 * SHARE - SHARE // 2, SHARE // 2)
    assert on_account(creator, "available") == statement.released
    assert on_account(creator, "share") == 0
    assert is_right()
    with on(5, 12):
        approved(maker, checker, APRIL)
    april = statement_of(creator)
    assert (april.carried_in, april.earned, april.total) == (SHARE // 2, -(SHARE // 2), 0)
    assert is_right()


def test_a_merchant_disputes_what_others_have(month, merchant, creator, checker):
    with on(4, 13):
        disputed(merchant, "D3")
    assert LineHold.objects.get().roles == ["creator"]
    assert (on_account(creator, "held"), on_account(merchant, "held")) == (SHARE, 0)
    with on(4, 20):
        services.agree_silent(SYSTEM)
        services.approve_statements(checker.actor, run=month)
    assert statement_of(creator).released == 2 * SHARE
    assert is_right()


def test_only_its_own_lines_and_in_time(month, merchant, creator, provider, colleague, maker):
    sold(merchant, creator, "D7", month=4)
    with on(4, 13):
        disputed(creator, "D1")
        known = LineDispute.objects.count()
        statement = statement_of(creator)
        for fields, field in (
            (DisputeFields([line("D7")], "不对"), "lines"),  # of another month
            (DisputeFields([line("D1")], "不对"), "lines"),  # held already
            (DisputeFields([], "不对"), "lines"),
            (DisputeFields([line("D2")], " "), "reason"),
        ):
            verdict = refused(
                services.dispute_lines, creator.actor, statement=statement, fields=fields
            )
            assert (verdict.status, verdict.flaws[0].field) == (422, field)
        good = DisputeFields([line("D2")], "不对")
        for person in (provider, maker, colleague):
            verdict = refused(
                services.dispute_lines, person.actor, statement=statement, fields=good
            )
            assert verdict.status == 403
    with on(4, 20):
        verdict = refused(services.dispute_lines, creator.actor, statement=statement, fields=good)
        assert verdict.status == 409
        verdict = refused(
            services.decide_dispute,
            creator.actor,
            dispute=LineDispute.objects.get(),
            decision=Decision(is_upheld=True, why="是"),
        )
        assert verdict.status == 403
    assert LineDispute.objects.count() == known
    with pytest.raises(IntegrityError), transaction.atomic():
        LineDispute.objects.update(status="upheld")
