"""Two runs at the same moment give one, two approvers pay once; what was stopped goes on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from portal.core import clock
from portal.core.jobs import run_job
from portal.core.verdict import Refused
from portal.ledger.models import Journal
from portal.revenue.models import OrderLine
from portal.revenue.services import hold_lines
from portal.settlement import selectors, services
from portal.settlement.models import Run, Statement
from portal.settlement.services import calculating
from portal.settlement.states import AGREE_WITHIN, RELEASE
from tests.conftest import staff_person
from tests.factories import SYSTEM, at_once, wait_for
from tests.revenue.orders.telling import GROSS, books

from .making import MARCH, is_right, on, papers, settled, sold, statement_of
from .world import PARTIES, last_month, total_of, world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def maker():
    return staff_person("finance maker")


@pytest.fixture
def checker():
    return staff_person("finance checker")


def test_two_runs_of_a_month_at_the_same_moment_are_one(maker):
    world()
    calls = [lambda: services.prepare_run(maker.actor, month=last_month(), in_background=False)] * 2
    answers = at_once(*calls)
    assert [one.verdict.status for one in answers if isinstance(one, Refused)] == [409]
    run = Run.objects.get()
    at_once(*[lambda: services.run_now(maker.actor, run=run)] * 2)  # two workers on one job
    totals = Statement.objects.order_by("party").values_list("total", flat=True)
    assert list(totals) == [total_of(n) for n in range(PARTIES)]
    assert is_right()


def test_two_approvers_at_the_same_moment_pay_once(maker, checker):
    parties = world()
    run = services.prepare_run(maker.actor, month=last_month(), in_background=False)
    services.send_statements(maker.actor, run=services.run_now(maker.actor, run=run))
    Statement.objects.update(due_at=clock.now(), sent_at=clock.now() - AGREE_WITHIN)
    services.agree_silent(SYSTEM)
    other = staff_person("finance checker", "auditor")
    answers = at_once(
        lambda: services.approve_statements(checker.actor, run=run),
        lambda: services.approve_statements(other.actor, run=run),
        behind=Run.objects.all(),
    )
    assert sum(one for one in answers if isinstance(one, int)) == PARTIES
    assert Journal.objects.filter(cause_type=RELEASE).count() == sum(
        total_of(n) > 0 for n in range(PARTIES)
    )
    sums = books()
    assert [sums.get((party.pk, "available", "settled"), 0) for party in parties] == [
        max(total_of(n), 0) for n in range(PARTIES)
    ]
    assert is_right()


def test_lines_held_at_the_moment_of_an_approval_are_not_paid(merchant, creator, maker, checker):
    """A dispute of a cooperation holds a line, and is not through yet: the approval waits for it,
    and pays the rest."""
    papers(merchant, creator)
    for name in ("D1", "D2"):
        sold(merchant, creator, name, month=3)
    with on(4, 12):
        run = settled(maker, MARCH)
    with on(4, 20):
        services.agree_silent(SYSTEM)
    share = GROSS * 20 // 100
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            hold_lines(
                SYSTEM,
                lines=[OrderLine.objects.get(order="D1").pk],
                roles=["creator"],
                cause_type="cooperation.dispute",
                cause_id="1",
            )
            answer = pool.submit(approved_elsewhere, checker, run)
            wait_for(does_somebody_wait)
        assert answer.result(timeout=20) == Statement.objects.count()
    statement = statement_of(creator)
    assert (statement.released, statement.carried_out) == (share, share)
    sums = books()
    assert sums[creator.party.pk, "held", "settled"] == share
    assert (creator.party.pk, "share", "settled") not in sums, "nothing of it was paid ahead"
    assert is_right()


def approved_elsewhere(checker, run):
    """In a session of its own."""
    try:
        return services.approve_statements(checker.actor, run=run)
    finally:
        connections.close_all()


def does_somebody_wait() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


def test_a_run_is_stopped_and_goes_on_as_a_job(maker, monkeypatch):
    """Stopped by somebody between two chunks; its job ends, and the next one begins there."""
    world()
    monkeypatch.setattr(calculating, "AT_ONCE", 5)
    run = services.prepare_run(maker.actor, month=last_month())
    job, turns = services.job_of(run), []

    def stop() -> None:
        turns.append(Statement.objects.count())
        if turns[-1] == 10:
            services.stop_run(maker.actor, run=run)

    run_job(str(job.pk), stop)
    run.refresh_from_db()
    assert (run.status, Statement.objects.count()) == ("open", 10)
    assert run.stopped_at is not None
    with pytest.raises(Refused):
        services.stop_run(maker.actor, run=run)
    services.resume_run(maker.actor, run=run)
    again = services.job_of(run)
    assert again != job
    run_job(str(again.pk))
    run.refresh_from_db()
    again.refresh_from_db()
    assert (run.status, Statement.objects.count()) == ("calculated", PARTIES)
    assert (again.state, again.done, again.total) == ("done", PARTIES - 10, PARTIES - 10)
    assert is_right()


def test_in_between_and_the_month_after_it_take_each_entry_once(maker, checker):
    """Some parties are settled before the month is closed; the month's end takes the rest."""
    parties = world()
    some = [party.pk for party in parties[:4]]
    run = services.prepare_in_between(maker.actor, parties=some, in_background=False)
    services.send_statements(maker.actor, run=services.run_now(maker.actor, run=run))
    first = Statement.objects.order_by("party")
    assert [one.total for one in first] == [total_of(n) for n in range(4)]
    assert selectors.uncovered_of(some[0]).share == 0
    with pytest.raises(Refused):  # they are not approved yet
        services.prepare_run(maker.actor, month=last_month())
    Statement.objects.update(due_at=clock.now(), sent_at=clock.now() - AGREE_WITHIN)
    services.agree_silent(SYSTEM)
    services.approve_statements(checker.actor, run=run)
    assert is_right()
    month = services.prepare_run(maker.actor, month=last_month(), in_background=False)
    services.run_now(maker.actor, run=month)
    found = Statement.objects.filter(run=month).order_by("party")
    assert [one.total for one in found] == [total_of(n) for n in range(4, PARTIES)]
    assert is_right()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM settlement_statement WHERE cut IS NOT NULL")
        assert cursor.fetchone()[0] == 4
