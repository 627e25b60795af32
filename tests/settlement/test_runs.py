"""A month's end: calculated once, sent, agreed, approved by another, payable; the rest carried."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.ledger.models import Closing
from portal.notices.models import Notice
from portal.settlement import selectors, services
from portal.settlement.models import Run, Statement
from portal.settlement.money_todos import below_zero_todos
from tests.factories import SYSTEM
from tests.revenue.orders.telling import GROSS, books, record

from .making import (
    APRIL,
    JUNE,
    MARCH,
    MAY,
    approved,
    is_right,
    on,
    papers,
    settled,
    sold,
    statement_of,
)

pytestmark = pytest.mark.django_db


def refused(status, act, *args, **kwargs):
    known = AuditEntry.objects.count()
    with pytest.raises(Refused) as error:
        act(*args, **kwargs)
    assert error.value.verdict.status == status
    assert AuditEntry.objects.count() == known
    return str(error.value.verdict.reason)


def available(person):
    return books().get((person.party.pk, "available", "settled"), 0)


def share(person):
    return books().get((person.party.pk, "share", "settled"), 0)


def test_a_month_is_settled_and_paid_out_of_the_share(merchant, creator, provider, maker, checker):
    papers(merchant, creator, provider)
    sold(merchant, creator, "D1", month=3)
    sold(merchant, creator, "D2", month=3, day=10, refunded=9_900)
    sold(merchant, creator, "D3", month=4)  # of the next month
    with on(4, 12):
        run = settled(maker, MARCH)
    assert (run.status, Closing.objects.get().month) == ("sent", MARCH)
    statement = statement_of(provider)
    assert statement.number.startswith("JS-202603-")
    assert (statement.earned, statement.refunded) == (2 * GROSS * 4 // 100, -9_900 * 4 // 100)
    assert (statement.total, statement.lines) == (statement.earned + statement.refunded, 2)
    row = statement.rows.get()
    assert (row.turnover, row.lines, row.amount) == (2 * GROSS - 9_900, 2, statement.total)
    assert Notice.objects.filter(user=provider.user, event="settlement.sent").count() == 1
    assert is_right()

    with on(4, 20):
        assert services.agree_silent(SYSTEM) == Statement.objects.count()
        assert services.approve_statements(checker.actor, run=run) == Statement.objects.count()
    statement.refresh_from_db()
    assert (statement.status, statement.released) == ("approved", statement.total)
    assert (available(provider), share(provider)) == (statement.total, GROSS * 4 // 100)
    run.refresh_from_db()
    assert (run.status, run.approved_by) == ("approved", checker.user)
    assert is_right()


def test_a_run_again_changes_nothing(merchant, creator, maker):
    papers(merchant, creator)
    sold(merchant, creator, "D1", month=3)
    with on(4, 12):
        run = settled(maker, MARCH)
        before = list(Statement.objects.order_by("pk").values())
        services.run_now(maker.actor, run=run)
        Run.objects.filter(pk=run.pk).update(
            status="open", calculated_at=None, sent_at=None, due_at=None, until_party=0
        )
        services.run_now(maker.actor, run=Run.objects.get(pk=run.pk))
        assert list(Statement.objects.order_by("pk").values()) == before
        refused(409, services.prepare_run, maker.actor, month=MARCH)
    assert is_right()


def test_months_follow_each_other(merchant, creator, maker, checker):
    papers(merchant, creator)
    sold(merchant, creator, "D1", month=3)
    with on(3, 30):
        refused(409, services.prepare_run, maker.actor, month=MARCH)  # not over yet
    with on(5, 12):
        refused(403, services.prepare_run, checker.actor, month=MARCH)
        refused(422, services.prepare_run, maker.actor, month=MARCH.replace(day=2))
        run = services.prepare_run(maker.actor, month=MARCH, in_background=False)
        refused(409, services.prepare_run, maker.actor, month=APRIL)  # March is at work
        services.send_statements(maker.actor, run=services.run_now(maker.actor, run=run))
        refused(409, services.prepare_run, maker.actor, month=APRIL)  # March is not approved


def below_zero(person, party):
    rows = person.browser().get("/api/v1/balances-below-zero/").json()["results"]
    return next(row for row in rows if row["party"] == party.pk)


def test_below_zero_is_carried_and_set_off_against_the_next(merchant, creator, maker, checker):
    """Over two months, visible and aged, never cut."""
    papers(merchant, creator)
    first = sold(merchant, creator, "D1", month=3)
    with on(4, 12):
        approved(maker, checker, MARCH)
    with on(4, 28):  # paid out already
        record(first.refunded(GROSS, hours=24 * 50))
    with on(5, 12):
        approved(maker, checker, APRIL)
    april, commission = statement_of(creator), GROSS * 20 // 100
    assert (april.total, april.released, april.carried_out) == (-commission, 0, -commission)
    assert (april.status, april.negative_since) == ("closed", APRIL)
    assert share(creator) == -commission
    with on(5, 28):
        record(sold(merchant, creator, "D2", month=5, gross=GROSS // 2).paid(GROSS // 2))
    with on(6, 12):
        approved(maker, checker, MAY)
    may = statement_of(creator)
    assert (may.carried_in, may.earned) == (-commission, GROSS // 2 * 20 // 100)
    assert (may.released, may.negative_since) == (0, APRIL)
    assert may in Statement.objects.owing()
    assert april not in Statement.objects.owing()
    assert below_zero(checker, creator.party) == {
        "party": creator.party.pk,
        "statement": may.number,
        "since": "2026-04-01",
        "months": below_zero(checker, creator.party)["months"],  # up to the month it is now
        "began_fen": -commission,
        "set_off_fen": may.earned,
        "open_fen": may.total,
        "set_off_in": None,
    }
    register = checker.browser().get(reverse("below_zero_register")).content.decode()
    assert reverse("statement_balance", args=[may.number]) in register
    assert [todo.url for todo in below_zero_todos(creator.actor)] == [
        reverse("statement_balance", args=[may.number])
    ]
    sold(merchant, creator, "D3", month=6)
    with on(7, 12):
        approved(maker, checker, JUNE)
    june = statement_of(creator)
    assert (june.negative_since, june.released) == (None, may.total + commission)
    ended = below_zero(creator, creator.party)
    assert (ended["months"], ended["open_fen"], ended["set_off_in"]) == (2, 0, "2026-06-01")
    assert ended["set_off_fen"] == commission
    assert list(below_zero_todos(creator.actor)) == []
    for number in (april.number, may.number, june.number):  # one course, wherever it is opened
        page = creator.browser().get(reverse("statement_balance", args=[number]))
        assert [step.left for step in page.context["steps"]] == [april.total, may.total, 0]
        assert merchant.browser().get(page.request["PATH_INFO"]).status_code == 404
    others = merchant.browser().get("/api/v1/balances-below-zero/").json()["results"]
    assert {row["party"] for row in others} == {merchant.party.pk}, "its own alone"
    assert is_right()


def test_the_database_refuses_what_does_not_add_up(merchant, creator, maker, checker):
    papers(merchant, creator)
    sold(merchant, creator, "D1", month=3)
    with on(4, 12):
        settled(maker, MARCH)
    row = Statement.objects.filter(party=creator.party)
    for change in (
        {"released": 1},
        {"carried_out": 5},
        {"status": "approved", "approved_at": clock.now(), "approved_by": maker.user},
        {"paid_fen": 1},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**change)
    assert is_right()


def test_what_no_statement_covers_is_known(merchant, creator, maker, checker):
    papers(merchant, creator)
    sold(merchant, creator, "D1", month=3)
    with on(4, 12):
        approved(maker, checker, MARCH)
    sold(merchant, creator, "D2", month=4)
    assert selectors.uncovered_of(creator.party.pk).share == GROSS * 20 // 100
