"""A worker in a process of its own: `python -m tests.revenue.orders.worker JOB` does one job, with
batches small enough to be killed between them."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[3]
KIND, AT_ONCE = "revenue.orders", 50
LEASE = 1  # second


def start(job_id: object, database: str, media: str) -> subprocess.Popen[bytes]:
    own = {"DATABASE_URL": database, "MEDIA_ROOT": media, "JOB_LEASE_SECONDS": str(LEASE)}
    environment = os.environ | own | {"LOG_LEVEL": "CRITICAL"}
    environment.pop("DATABASE_OWNER_URL", None)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.revenue.orders.worker", str(job_id)],
        cwd=ROOT,
        env=environment | {"DJANGO_SETTINGS_MODULE": "portal.settings"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def small_batches() -> None:
    from portal.core.imports import find_kind, register_import

    kind = find_kind(KIND)
    assert kind is not None
    register_import(replace(kind, at_once=AT_ONCE))


def main(job_id: str) -> None:
    import django

    django.setup()
    from celery import current_app

    from portal.core.jobs import run_job

    current_app.loader.import_default_modules()
    small_batches()
    run_job(job_id)


if __name__ == "__main__":
    main(sys.argv[1])
