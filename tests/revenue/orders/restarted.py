"""A cluster of its own whose database dies and comes back in the middle of an import.

`python -m portal.stack test -- python -m tests.revenue.orders.restarted DUMP MEDIA JOB OUT`: puts
the dump into it, starts a worker on the job, kills a process of the database, which takes all of
its sessions down and recovers from its log; then another worker finishes. Prints what was seen.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg

HALF = 200


def main(dump: str, media: str, job_id: str, out: str) -> None:
    owner, site = os.environ["DATABASE_OWNER_URL"], os.environ["DATABASE_URL"]
    with open(dump, encoding="utf-8") as file:
        subprocess.run(["psql", "-qX", owner], stdin=file, stdout=subprocess.DEVNULL, check=True)
    with psycopg.connect(
        owner, autocommit=True
    ) as session:  # what is committed stays, as elsewhere
        session.execute("ALTER DATABASE trilink SET synchronous_commit = on")
    os.environ |= {"MEDIA_ROOT": media, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    from tests.revenue.orders import worker

    first = worker.start(job_id, site, media)
    at, backend = wait_for_half(owner, job_id)
    os.kill(backend, signal.SIGKILL)
    first.wait(timeout=20)
    wait_until_it_answers(site)
    broken = look(owner, job_id)
    time.sleep(worker.LEASE + 0.2)
    worker.main(job_id)
    from django.core.management import call_command

    call_command("export_books", "hledger", out=Path(out))
    print(json.dumps({"at": at, "broken": broken, "ended": look(owner, job_id)}))


def wait_for_half(owner: str, job_id: str) -> tuple[int, int]:
    """How many rows were done by then, and the worker's session."""
    with psycopg.connect(owner, autocommit=True) as session:
        for _try in range(3000):
            row = session.execute("SELECT done FROM core_job WHERE id = %s", [job_id]).fetchone()
            if row and row[0] >= HALF:
                found = session.execute(
                    "SELECT pid FROM pg_stat_activity WHERE usename = 'trilink_app'"
                ).fetchone()
                assert found is not None, "the worker was too quick"
                return row[0], found[0]
            time.sleep(0.01)
    raise TimeoutError("the import never began")


def wait_until_it_answers(site: str) -> None:
    for _try in range(1000):
        try:
            psycopg.connect(site, connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    raise TimeoutError("the database did not come back")


def look(owner: str, job_id: str) -> dict[str, Any]:
    with psycopg.connect(owner) as session:
        job = session.execute(
            "SELECT state, done, attempts, error FROM core_job WHERE id = %s", [job_id]
        ).fetchone()
        rest = session.execute("SELECT sum(amount) FROM ledger_entry").fetchone()
        events = session.execute("SELECT count(*) FROM revenue_orderevent").fetchone()
    assert job
    assert rest
    assert events
    return dict(zip(("state", "done", "attempts", "error"), job, strict=True)) | {
        "rest": int(rest[0]),
        "events": events[0],
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
