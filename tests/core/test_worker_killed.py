"""kill -9 of a real worker in the middle of a job: another one finishes it, nothing made twice."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection, transaction

from matchmaking.cooperation.models import Cooperation
from matchmaking.needs.models import Need, Proposal
from portal.core import clock, jobs
from portal.core.models import AuditEntry, Job, JobState, OutboxMessage
from portal.notices.models import Notice
from portal.pages.demo import KIND, REGISTERED, number_of
from portal.parties.models import Membership, Party, ProviderProfile, User
from tests import processes
from tests.factories import SYSTEM, wait_for

MADE = (
    *(User, Party, Membership, ProviderProfile, Need, Proposal, Cooperation, Notice),
    *(AuditEntry, OutboxMessage),
)
SCALE = 0.002  # of what was announced: two hundred steps
UNBROKEN: dict[str, dict[str, list]] = {}  # by its day, what a load in one go made
Start = Callable[[], subprocess.Popen]


@pytest.fixture
def start_worker() -> Iterator[Start]:
    """Starts real workers on the test's database and broker, with a lease of two seconds."""
    workers: list[subprocess.Popen] = []

    def start() -> subprocess.Popen:
        address = urlsplit(os.environ["DATABASE_URL"])
        name = connection.settings_dict["NAME"]
        database = urlunsplit(address._replace(path=f"/{name}"))
        own = {"DATABASE_URL": database, "JOB_LEASE_SECONDS": "2"}
        worker = processes.start_worker(own, queues="celery,webhooks")
        workers.append(worker)
        return worker

    yield start
    for worker in workers:
        processes.kill(worker)


def digest_of_world() -> dict[str, list]:
    """What everybody is and did, without keys: sequences go on after a rollback."""
    own = {
        "logo",
        "password",
        "payload",
        "key",
        "url",
        "object_id",
        "door_ref",
        "door_source",
        "after",
        "before",
    }
    return {model.__name__: sorted(map(told, rows_of(model, own))) for model in MADE}


def told(row: tuple) -> str:
    """The row without numbers that a sequence gave, as a ticket's, a case's, a parcel's or a
    statement's is in its notice."""
    return re.sub(r"\b(QZ|WG)-\d{4}-\d+|\bJS-\d{6}-\d+|\d{6,}", "n", repr(row))


def rows_of(model, left_out: set[str]) -> list:
    # What was made by nobody's demo clock: a job's own audit row, the group's.
    names = [
        field.attname
        for field in model._meta.concrete_fields
        if not (field.is_relation or field.primary_key or field.name.endswith("_id"))
        and field.name not in left_out
    ]
    rows = model.objects.all()
    if model is AuditEntry:
        rows = rows.filter(via="demo").exclude(verb="grant_staff")
    if model is User:
        names.remove("date_joined")
    return list(rows.values_list(*names))


def keep_unbroken() -> str:
    """Remember what was loaded in one go, by the day it was loaded for; which is returned."""
    job = Job.objects.get(kind=KIND)
    assert (job.state, job.args) == (JobState.DONE, {"scale": SCALE})
    UNBROKEN[job.checkpoint["today"]] = digest_of_world()
    return job.checkpoint["today"]


def digest_of_an_unbroken_load() -> dict[str, list]:
    """The same load in one go, undone afterwards; the one that `tests/pages/test_loaded_demo.py`
    looks at, if it ran before this in the same process."""
    today = clock.today().isoformat()
    if today not in UNBROKEN:
        with transaction.atomic():
            job = jobs.start_job(SYSTEM, kind=KIND, args={"scale": SCALE})
            jobs.run_job(str(job.pk))
            today = keep_unbroken()
            transaction.set_rollback(True)
    return UNBROKEN[today]


@pytest.mark.xdist_group("loaded demo")
@pytest.mark.django_db(transaction=True)
def test_load_goes_on_after_its_worker_was_killed(start_worker, client):
    unbroken = digest_of_an_unbroken_load()
    assert Party.objects.count() == 0
    job = jobs.start_job(SYSTEM, kind=KIND, args={"scale": SCALE})

    first = start_worker()
    wait_for(lambda: row_of(job).done >= 20, seconds=60)
    processes.kill(first)
    half = row_of(job)
    assert half.state == JobState.RUNNING
    assert 20 <= half.done < half.total, "it was killed in the middle"

    start_worker()
    # It may take up the work beside this one first, with one process for both.
    wait_for(lambda: is_taken_again(job), seconds=120)
    wait_for(lambda: row_of(job).state == JobState.DONE, seconds=180)

    ended = row_of(job)
    assert (ended.attempts, ended.done, ended.error) == (2, ended.total, "")
    assert_same(digest_of_world(), unbroken)
    registered = Party.objects.exclude(membership=None)  # profiles of public data have nobody
    for kind in REGISTERED:
        assert registered.filter(kind=kind).count() == number_of(kind, SCALE)
    wait_for(lambda: client.get("/readyz").status_code == 200, seconds=20)
    jobs.run_job(str(job.pk))
    assert_same(digest_of_world(), unbroken)  # a job that is done does nothing


def is_taken_again(job: Job) -> bool:
    jobs.sweep_jobs()
    return row_of(job).attempts == 2


def assert_same(world: dict[str, list], other: dict[str, list]) -> None:
    for name, rows in world.items():
        assert rows == other[name], name


def row_of(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)
