"""Files of orders: the dry run and the import, each in a process of its own as a worker has it; how
much memory it takes, and how both grow.

The floor is COPY of the rows it ends in (lines, events, journals, legs) into tables with the same
columns and indexes, without guards and without looking at anything. Two of three rows are of lines
that an earlier batch of the same file began.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import django

from tests.bench import Row

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
ROWS = int(os.environ.get("TRILINK_BENCH_ORDERS", "100000"))
SHOPS = 50
TABLES = ("revenue_orderline", "revenue_orderevent", "ledger_journal", "ledger_entry")
COLUMNS = (
    "source,event_id,order,line,event,phase,shop,product,category,product_source,carrier,live_id,"
    "buyer_hash,gross,shop_coupon,occurred_at"
)
BEGAN = 1_000  # lines at once in the file: paid together, later settled, later given back


def run() -> list[Row]:
    prepare()
    rows: list[Row] = []
    seconds_a_row: list[float] = []
    for size in (ROWS // 10, ROWS):
        before = counts()
        checked, applied = (in_a_worker(job) for job in imported(size))
        floor = size / copied(before)
        label = f"import of {size:,} events"
        rows += [
            Row(f"{label}: dry run", size / checked["seconds"], None, "/s", "≥", 2_000),
            Row(f"{label}: written and posted", size / applied["seconds"], floor, "/s", "≥", 0.05),
            Row(f"{label}: memory it adds to a worker", applied["more"], None, "MB", "≤", 200),
        ]
        seconds_a_row.append(applied["seconds"] / size)
    less, more = (one * 1e6 for one in seconds_a_row)
    rows.append(
        Row("… an event of the larger file, against the smaller", more, less, "µs", "≤", 1.5)
    )
    assert_right()
    return rows


def prepare() -> None:
    django.setup()
    from django.core.management import call_command

    from portal.core.actor import system_actor
    from portal.parties.reference import load_reference
    from portal.parties.states import PartyKind
    from tests.conftest import person_of
    from tests.factories import listed_party
    from tests.revenue.agreements.making import agreed
    from tests.revenue.orders.upstream import own_shop

    call_command("migrate", database="owner", verbosity=0)
    load_reference(system_actor("command"))
    provider = person_of(listed_party(PartyKind.PROVIDER, "云帆电商"))
    for number in range(SHOPS):
        merchant = person_of(listed_party(PartyKind.MERCHANT, f"商家{number}"))
        own_shop(merchant, f"shop-{number}")
        agreed(merchant, provider)


def imported(size: int) -> Iterator[str]:
    """The job of the dry run, and when that is over the one that writes."""
    from django.core.files.uploadedfile import TemporaryUploadedFile

    from portal.core import imports
    from portal.core.models import ImportRun

    kind = imports.find_kind("revenue.orders")
    assert kind is not None
    with TemporaryUploadedFile(f"orders-{size}.csv", "text/csv", 0, "utf-8") as upload:
        upload.write("\n".join([COLUMNS, *islice(lines(size), size)]).encode())
        upload.size = upload.tell()
        upload.seek(0)
        run = imports.start_import(operator(), kind=kind, upload=upload)
    yield str(run.job_id)
    run = ImportRun.objects.get(pk=run.pk)
    assert (run.good, run.bad) == (size, 0), run.problem
    yield str(imports.apply_import(operator(), run=run).job_id)


def operator() -> Any:
    from portal.parties.models import User
    from tests.conftest import staff_person

    if not User.objects.filter(email="operator@example.com").exists():
        staff_person("operator")
    from portal.core.actor import OPERATOR, Actor

    user = User.objects.get(email="operator@example.com")
    return Actor(user=user, party=None, role=OPERATOR, via="command")


def lines(size: int) -> Iterator[str]:
    """A third paid, a third settled, a third given back in part."""
    random = Random(size)
    for first in range(0, size // 3 + 1, BEGAN):
        some = range(first, first + BEGAN)
        gross = {number: random.randint(1_000, 90_000) for number in some}
        for number in some:
            yield line(size, number, "paid", gross[number], "2026-03-01", random)
        for number in some:
            yield line(size, number, "settled", gross[number], "2026-03-20", random)
        for number in some:
            yield line(size, number, "refunded", gross[number] // 7, "2026-03-28", random)


def line(size: int, number: int, event: str, fen: int, day: str, random: Random) -> str:
    cells = (
        *("douyin", f"{size}-{event}-{number}", f"{size}-{number}", "1", event),
        *("1" if event == "settled" else "", f"shop-{number % SHOPS}", f"sku-{number % 700}"),
        *("food", "shop", "live", f"live-{number % 90}", f"{random.getrandbits(64):016x}"),
        *(f"{fen // 100}.{fen % 100:02d}", "", f"{day}T20:{number % 60:02d}:00"),
    )
    return ",".join(cells)


# --- a worker ------------------------------------------------------------------------------------


def in_a_worker(job_id: str) -> dict[str, float]:
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.orders", job_id]
    told = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout
    return dict(json.loads(told.splitlines()[-1]))


def work(job_id: str) -> None:
    django.setup()
    from celery import current_app

    from portal.core.jobs import run_job
    from portal.core.models import Job

    current_app.loader.import_default_modules()
    before, start = peak(), time.perf_counter()
    run_job(job_id)
    spent = time.perf_counter() - start
    job = Job.objects.get(pk=job_id)
    assert job.state == "done", job.error
    print(json.dumps({"seconds": spent, "more": peak() - before}))


def peak() -> float:
    """The most that this process ever held, in MB; without what it was forked from."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


# --- the floor -----------------------------------------------------------------------------------


def counts() -> dict[str, int]:
    newest = "SELECT coalesce(max(id), 0) FROM {}"
    return {table: int(sql(newest.format(table))) for table in TABLES}


def sql(statement: str) -> Any:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def copied(before: dict[str, int]) -> float:
    """Seconds that COPY takes for what an import has written since `before`."""
    spent = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for table in TABLES:
            file = Path(folder) / table
            out(table, before[table], file)
            sql(f"CREATE TABLE IF NOT EXISTS bench_{table} (LIKE {table} INCLUDING ALL)")
            spent += back(table, file)
    return spent


def out(table: str, since: int, file: Path) -> None:
    from django.db import connections

    rows = f"COPY (SELECT * FROM {table} WHERE id > {since}) TO STDOUT"  # noqa: S608 - own
    with connections["owner"].cursor() as cursor, cursor.copy(rows) as copy, file.open("wb") as to:
        for block in copy:
            to.write(block)


def back(table: str, file: Path) -> float:
    from django.db import connections, transaction

    data = file.read_bytes()
    start = time.perf_counter()
    cursor = connections["owner"].cursor()
    with transaction.atomic(using="owner"), cursor.copy(f"COPY bench_{table} FROM STDIN") as copy:
        copy.write(data)
    cursor.close()
    return time.perf_counter() - start


def assert_right() -> None:
    from portal.ledger.selectors import verification

    wrong = [check for check in verification() if check.wrong]
    assert not wrong, wrong


if __name__ == "__main__":
    work(sys.argv[1])
