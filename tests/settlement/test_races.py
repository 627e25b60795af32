"""Two runs at the same moment give one, two approvers pay once; what was stopped goes on."""

from __future__ import annotations

import pytest
from django.db import connection

from portal.core import clock
from portal.core.jobs import run_job
from portal.core.verdict import Refused
from portal.ledger.models import Journal
from portal.settlement import selectors, services
from portal.settlement.models import Run, Statement
from portal.settlement.services import calculating
from portal.settlement.states import AGREE_WITHIN, RELEASE
from tests.conftest import staff_person
from tests.factories import SYSTEM, at_once
from tests.revenue.orders.telling import books

from .making import is_right
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
