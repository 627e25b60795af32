"""A month's end in a cluster of its own, where everybody dies: the web server while it answers, the
worker while it books, and the database under the next worker; in a settlement run, in the approval
of a payout batch, and in an import of the bank's answers.

`python -m portal.stack test -- python -m tests.reconciliation.killing DUMP` puts the dump into the
cluster. Whoever is to die waits in the middle of a transaction: a trigger, of this cluster alone,
halts the row that the last chunk writes. Prints what was seen.
"""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

PARTIES = 620  # four chunks of statements, three of transfers, two of answers
MINIMUM = 1
WORKING = """
    SELECT pid, wait_event_type = 'Lock' AS waits FROM pg_stat_activity
    WHERE usename = current_user AND pid <> pg_backend_pid() AND backend_type = 'client backend'
        AND state <> 'idle'
"""


HALT = 8_500_417  # whoever holds this advisory lock halts the row
HALTING = """
    CREATE FUNCTION halt() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_advisory_xact_lock_shared(%(lock)s);
        RETURN NULL;
    END $$
"""
HALTED = """
    CREATE TRIGGER halts AFTER INSERT OR UPDATE ON {table} FOR EACH ROW
    WHEN (NEW.{column} = {value}) EXECUTE FUNCTION halt()
"""


class Death(NamedTuple):
    """How far the job was before and after, in what it counts."""

    of: str
    before: int
    after: int


class Site:
    """The processes, each started again as soon as it is dead, as a supervisor does."""

    def __init__(self) -> None:
        from tests import processes

        self.processes = processes
        self.port = processes.free_port()
        self.web, self.worker = processes.start_web(self.port), self._start_worker()

    def press(self, person: Any, path: str, **fields: object) -> None:
        self.processes.press(self.port, person, path, **fields)

    def kill_web(self) -> None:
        self.processes.kill(self.web)
        self.web = self.processes.start_web(self.port)

    def kill_worker(self) -> None:
        self.processes.kill(self.worker)
        self.worker = self._start_worker()

    def end(self) -> None:
        self.processes.kill(self.web)
        self.processes.kill(self.worker)

    def _start_worker(self) -> subprocess.Popen:
        return self.processes.start_worker({"JOB_LEASE_SECONDS": "1"})


class Work(NamedTuple):
    """What somebody starts by a press and a worker does. `halts`: table, column and value of a row
    that its last chunk writes; `done`: how much of it is in the books; `job`: the one that does
    it."""

    person: Any
    path: str
    fields: dict[str, object]
    halts: tuple[str, str, int]
    done: Callable[[], int]
    job: Callable[[], Any]


def go_through(site: Site, work: Work) -> dict[str, Any]:
    """Begun, it is at its end afterwards, whoever died on the way."""
    deaths = [_web_dies(site, work)]
    table, column, value = work.halts
    as_owner(HALTED.format(table=table, column=column, value=value))
    lock = hold(f"SELECT pg_advisory_xact_lock({HALT})")
    site.press(work.person, work.path, **work.fields)
    deaths.append(_worker_dies(site, work, lock))
    lock = hold(f"SELECT pg_advisory_xact_lock({HALT})")
    deaths.append(_database_dies(work, lock))
    wait_for(_sent_again)
    wait_for(lambda: work.job().finished_at is not None)
    job = work.job()
    assert (job.state, job.attempts) == ("done", 3), (job.state, job.attempts, job.error)
    as_owner(f"DROP TRIGGER halts ON {table}")
    sound()
    return {"deaths": [one._asdict() for one in deaths], "done": work.done()}


def _web_dies(site: Site, work: Work) -> Death:
    """It has written, and waits to write into the trail; nobody hears of it."""
    from portal.core.models import AuditEntry, Job

    before, jobs = work.done(), Job.objects.count()
    lock = hold(f"LOCK TABLE {AuditEntry._meta.db_table} IN SHARE MODE")
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(site.press, work.person, work.path, **work.fields)
        wait_for(_waiting)
        site.kill_web()
        assert isinstance(answer.exception(), OSError | HTTPException), answer
    _let_go(lock)
    assert Job.objects.count() == jobs, "nothing of it was written"
    sound()
    return Death("web", before, work.done())


def _worker_dies(site: Site, work: Work, lock: psycopg.Connection) -> Death:
    wait_for(_waiting)
    before = work.done()
    site.kill_worker()
    _let_go(lock)
    assert work.job().state == "running", "in the middle"
    sound()
    return Death("worker", before, work.done())


def _database_dies(work: Work, lock: psycopg.Connection) -> Death:
    """The process that works for the worker is killed: the server ends every session, and comes
    back by its log."""
    from django.db import connections

    wait_for(_sent_again)
    wait_for(_waiting)
    before = work.done()
    os.kill(_waiting(), signal.SIGKILL)
    connections.close_all()
    wait_for(lambda: not _lives(lock))
    wait_for(_answers)
    assert work.job().state == "running", "in the middle"
    sound()
    return Death("database", before, work.done())


def hold(statement: str) -> psycopg.Connection:
    """Until the session is closed."""
    session = psycopg.connect(os.environ["DATABASE_OWNER_URL"])
    session.execute(statement.encode())
    return session


def as_owner(statement: str) -> None:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as session:
        session.execute(statement.encode())


def _let_go(lock: psycopg.Connection) -> None:
    """Whoever waited sees that nobody is there to be answered; its transaction is undone."""
    lock.close()
    wait_for(lambda: not _sessions())


def _sessions() -> list[tuple[int, bool]]:
    with psycopg.connect(os.environ["DATABASE_URL"]) as session:
        return session.execute(WORKING).fetchall()


def _waiting() -> int:
    """The session that waits for what is held; 0 for none."""
    return next((pid for pid, waits in _sessions() if waits), 0)


def _answers() -> bool:
    try:
        psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _lives(session: psycopg.Connection) -> bool:
    try:
        session.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


def _sent_again() -> bool:
    """Once the lease of who died is over, as beat does."""
    from portal.core.jobs import sweep_jobs

    return sweep_jobs() > 0


def wait_for(condition: Callable[[], Any], seconds: float = 120) -> None:
    from tests.factories import wait_for as wait

    wait(condition, seconds)


def sound() -> None:
    from portal.ledger.selectors import verification as of_ledger
    from portal.payouts.selectors import verification as of_payouts
    from portal.settlement.selectors import verification as of_settlement

    for check in (*of_ledger(), *of_settlement(), *of_payouts()):
        assert not check.wrong, check


# --- the three ----------------------------------------------------------------------------------


def settled(site: Site, maker: Any, checker: Any, parties: list[Any]) -> dict[str, Any]:
    """A run, killed while it calculates; sent, agreed and approved after that."""
    from portal.core import clock
    from portal.settlement import services
    from portal.settlement.models import Run, Statement
    from portal.settlement.states import AGREE_WITHIN
    from tests.factories import SYSTEM
    from tests.settlement.world import last_month, total_of

    last = ("settlement_statement", "party_id", parties[-1].pk)
    fields = {"month": f"{last_month():%Y-%m}"}
    found = go_through(
        site,
        Work(
            *(maker.user, "/settlements/new/", fields, last, Statement.objects.count),
            lambda: services.job_of(Run.objects.get()),
        ),
    )
    totals = Statement.objects.order_by("party").values_list("total", flat=True)
    assert list(totals) == [total_of(n) for n in range(PARTIES)]
    numbers = sorted(Statement.objects.values_list("number", flat=True))
    assert [int(one[-4:]) for one in numbers] == list(range(1, PARTIES + 1))
    run = services.send_statements(maker.actor, run=Run.objects.get())
    Statement.objects.update(due_at=clock.now(), sent_at=clock.now() - AGREE_WITHIN)
    services.agree_silent(SYSTEM)
    services.approve_statements(checker.actor, run=run)
    return found


def paid_out(site: Site, maker: Any, checker: Any) -> tuple[Any, dict[str, Any]]:
    """A batch, killed while its approval books the transfers; its file is taken after that."""
    from portal.payouts import services
    from portal.payouts.models import Item
    from tests.payouts.making import FIELDS

    batch = services.prepare_batch(maker.actor, fields=FIELDS)
    last = batch.items.order_by("pk").last()
    found = go_through(
        site,
        Work(
            *(checker.user, f"/payouts/{batch.pk}/approval/", {}),
            ("payouts_item", "id", last.pk),
            Item.objects.filter(status="paying").count,
            lambda: type(batch).objects.get(pk=batch.pk).job,
        ),
    )
    batch.refresh_from_db()
    assert batch.status == "approved"
    services.take_file(maker.actor, batch=batch)
    return batch, found


def answered(site: Site, maker: Any, batch: Any) -> dict[str, Any]:
    """The bank's answers as a file, killed while they are imported."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from portal.core.imports import find_kind, start_import
    from portal.payouts.models import Item

    items = list(Item.objects.filter(batch=batch).order_by("pk"))
    upload = SimpleUploadedFile("answers.csv", _file_of(batch, items), "text/csv")
    run = start_import(maker.actor, kind=find_kind("payouts.results"), upload=upload)
    again = type(run).objects.filter(pk=run.pk).select_related("job")
    wait_for(lambda: again.get().state == "checked")
    found = go_through(
        site,
        Work(
            *(maker.user, f"/imports/{run.pk}/application/", {}),
            ("payouts_item", "id", items[-1].pk),
            Item.objects.filter(status="paid").count,
            lambda: again.get().job,
        ),
    )
    done = again.get()
    assert (done.state, done.applied, done.written) == ("done", len(items), len(items))
    return found


def _file_of(batch: Any, items: list[Any]) -> bytes:
    from portal.core import clock

    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(["batch", "key", "status", "amount", "on", "reference"])
    for item in items:
        yuan, fen = divmod(item.amount_fen, 100)
        said = ["成功", f"{yuan}.{fen:02d}", clock.today().isoformat(), f"PB{item.pk}"]
        rows.writerow([batch.number, item.key, *said])
    return file.getvalue().encode()


def at_the_end(parties: list[Any]) -> None:
    """Everybody has what was theirs, once."""
    from portal.payouts.models import Item
    from portal.settlement.models import Statement
    from tests.revenue.orders.telling import books
    from tests.settlement.world import total_of

    sums = books()
    for n, party in enumerate(parties):
        assert sums.get((party.pk, "available", "settled"), 0) == 0
        assert sums.get((party.pk, "paying", "settled"), 0) == 0
        assert sums.get((party.pk, "share", "settled"), 0) == min(total_of(n), 0)
    paid = dict(Item.objects.values_list("party", "paid_fen"))
    owed = [(party.pk, total_of(n)) for n, party in enumerate(parties) if total_of(n) > 0]
    assert paid == dict(owed)
    assert Item.objects.count() == len(owed)
    assert set(Statement.objects.values_list("status", flat=True)) == {"paid", "closed"}


def main(dump: str) -> None:
    with open(dump, encoding="utf-8") as file:
        restore = ["psql", "-qX", os.environ["DATABASE_OWNER_URL"]]
        subprocess.run(restore, stdin=file, stdout=subprocess.DEVNULL, check=True)
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as session:
        session.execute("ALTER DATABASE trilink SET synchronous_commit = on")  # as elsewhere
        session.execute((HALTING % {"lock": HALT}).encode())
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    import django

    django.setup()
    from portal.celery import app

    app.set_current()  # what is sent goes to this broker
    site = Site()
    try:
        print(json.dumps(_month(site)))
    finally:
        site.end()


def _month(site: Site) -> dict[str, Any]:
    from portal.payouts.models import PayoutTerm
    from tests.conftest import staff_person
    from tests.ledger.checkers import accept
    from tests.payouts.making import many_ready
    from tests.settlement.world import earn

    maker, checker = staff_person("finance maker"), staff_person("finance checker")
    PayoutTerm.objects.create(
        starts_on="2026-01-01", minimum_fen=MINIMUM, trial_tries=3, trial_days=7
    )
    parties = many_ready(PARTIES)
    earn(parties)
    with tempfile.TemporaryDirectory() as folder:
        found = {"run": settled(site, maker, checker, parties)}
        accept(Path(folder))
        batch, found["approval"] = paid_out(site, maker, checker)
        accept(Path(folder))
        found["answers"] = answered(site, maker, batch)
        at_the_end(parties)
        accept(Path(folder))
    return found


if __name__ == "__main__":
    main(sys.argv[1])
