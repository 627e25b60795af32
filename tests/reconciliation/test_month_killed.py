"""kill -9 through a month's end: of the worker of a run, of the process of the web that starts it,
of the worker of a payout batch, of the import of the bank's answers. Nothing is paid twice, each
run goes on where it was, and programs that are not ours agree with the books."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse

from portal.core import clock
from portal.core.jobs import run_job
from portal.core.models import Job
from portal.ledger.selectors import verification as of_ledger
from portal.payouts import selectors as payouts_read
from portal.payouts import services as payouts
from portal.payouts.models import Item
from portal.reconciliation.services import count_day
from portal.revenue.services import record_bank_rows
from portal.settlement import selectors, services
from portal.settlement.models import Run, Statement
from portal.settlement.services import approving, calculating
from tests.conftest import staff_person
from tests.factories import SYSTEM
from tests.ledger.checkers import accept
from tests.payouts.making import FIELDS, answer, payable, sent
from tests.reconciliation.dying import dies_at_commit, killed_again_and_again
from tests.revenue.orders.telling import books
from tests.settlement.making import MARCH, on, papers, sold

pytestmark = pytest.mark.django_db(transaction=True)
GROSS = 1_000_000


def sound() -> None:
    for check in (*of_ledger(), *selectors.verification(), *payouts_read.verification()):
        assert not check.wrong, check


def told() -> list[tuple[int, ...]]:
    names = ("party", "earned", "refunded", "total", "released", "carried_out")
    return list(Statement.objects.order_by("party").values_list(*names))


def in_one_go(act) -> object:
    """What it comes to without a kill; undone afterwards."""
    with transaction.atomic():
        act()
        found = told(), books()
        transaction.set_rollback(True)
    return found


def works(job: Job):
    """A worker that takes the job, also when the one before was lost."""

    def act() -> None:
        past = clock.now().replace(year=2000)
        Job.objects.filter(pk=job.pk).unfinished().update(lease_until=past, attempts=0)
        run_job(str(job.pk))

    return act


def test_month_is_settled_and_paid_whoever_dies(merchant, creator, provider, tmp_path, monkeypatch):
    maker, checker = staff_person("finance maker"), staff_person("finance checker")
    for module in (calculating, approving):
        monkeypatch.setattr(module, "AT_ONCE", 1)
    papers(merchant, creator, provider)
    sold(merchant, creator, "D1", month=3, gross=GROSS)
    sold(merchant, creator, "D2", month=3, day=10, gross=GROSS, refunded=GROSS // 3)

    with on(4, 12):
        browser = maker.browser()

        def presses() -> None:
            answer = browser.post(reverse("settlement_new"), {"month": "2026-03"})
            assert answer.status_code == 302, answer.content.decode()

        assert dies_at_commit(presses, 1), "the web's process, before its commit"
        assert not Run.objects.exists()
        presses()
        run = Run.objects.get()
        expected = in_one_go(lambda: services.run_now(maker.actor, run=run))
        deaths = killed_again_and_again(works(services.job_of(run)), sound)
        assert deaths >= 3, "a chunk for each party"
        assert (told(), books()) == expected
        run.refresh_from_db()
        services.send_statements(maker.actor, run=run)
        run.refresh_from_db()
    accept(tmp_path)

    with on(4, 20):
        services.agree_silent(SYSTEM)
        expected = in_one_go(lambda: services.approve_statements(checker.actor, run=run))
        job = services.start_approving(checker.actor, run=run)
        assert killed_again_and_again(works(job), sound) >= 3
        assert (told(), books()) == expected
    accept(tmp_path)

    parties = [merchant.party, creator.party, provider.party]
    for party in parties:
        payable(party)
    batch = payouts.prepare_batch(maker.actor, fields=FIELDS)
    assert batch.items.count() == len(parties)
    batch = payouts.approve_batch(checker.actor, batch=batch)
    assert killed_again_and_again(works(batch.job), sound) >= 1
    sent(batch)
    rows = [answer(item) for item in Item.objects.select_related("batch").order_by("pk")]

    def brings() -> None:
        for row in rows:
            payouts.record_results(maker.actor, results=[row])

    assert killed_again_and_again(brings, sound) >= len(rows)
    released = sum(Statement.objects.values_list("released", flat=True))
    assert sum(Item.objects.values_list("paid_fen", flat=True)) == released
    assert set(Statement.objects.values_list("status", flat=True)) == {"paid"}
    accept(tmp_path)

    found = [
        {
            "account": "存管账户",
            "reference": f"PB{item.pk}",
            "booked_on": clock.today(),
            "amount": -item.paid_fen,
        }
        for item in Item.objects.all()
    ]
    record_bank_rows(SYSTEM, rows=found)
    assert (
        killed_again_and_again(lambda: count_day(SYSTEM, feed=None, day=clock.today()), sound) >= 1
    )
    day = count_day(SYSTEM, feed=None, day=clock.today())
    assert (day.completeness_bp, day.differences.count()) == (10_000, 0)
    assert set(Statement.objects.values_list("status", flat=True)) == {"reconciled"}
    assert run.month == MARCH
