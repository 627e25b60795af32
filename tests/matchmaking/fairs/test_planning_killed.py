"""kill -9 of whoever plans, and of its session, in the middle: a whole plan or none, and never the
same one twice."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection, transaction

from matchmaking.fairs import services
from matchmaking.fairs.models import Fair, Meeting, MeetingPlan, SignUp
from portal.core import clock, jobs
from portal.core.models import AuditEntry, Job, JobState
from portal.parties.states import PartyKind
from tests import factories
from tests.conftest import person_of
from tests.factories import SYSTEM, wait_for
from tests.ledger.test_killed import sessions_of_others
from tests.matchmaking.fairs.making import open_fair, signed_up
from tests.seats.test_killed import end_sessions

ROOT = Path(__file__).parents[3]
SCRIPT = "import django; django.setup(); from portal.core import jobs; jobs.run_job('%s')"
pytestmark = pytest.mark.django_db(transaction=True)


def start(job: Job) -> subprocess.Popen:
    address = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    environment = os.environ | {"DATABASE_URL": urlunsplit(address._replace(path=f"/{name}"))}
    environment |= {"DJANGO_SETTINGS_MODULE": "portal.settings", "LOG_LEVEL": "CRITICAL"}
    environment.pop("DATABASE_OWNER_URL", None)
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT % job.pk],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        # Not pg_stat_activity: it stays as it was first read within a transaction.
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted"
            " AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
        )
        return cursor.fetchone()[0]


def fair_to_plan(*people):
    fair = open_fair(tables=3)
    others = [person_of(factories.listed_party(PartyKind.CREATOR, f"达人{n}")) for n in range(2)]
    for one in (*people, *others):
        signed_up(one.actor, fair, one.party)
    with clock.standing_at(fair.occasion.closes_at):
        services.sweep_fairs(SYSTEM)
    fair.refresh_from_db()
    return fair


def killed_while(job: Job, held, kill) -> None:
    """Dead while it waits for what `held` locks: in the middle of its work, whenever that is."""
    process = start(job)
    try:
        with transaction.atomic():
            held.select_for_update().get()
            wait_for(somebody_waits_for_us, seconds=60)
            kill(process)
    finally:
        process.kill()
        process.wait(timeout=10)
    wait_for(lambda: not sessions_of_others())


def take_up_again(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=clock.now() - timedelta(seconds=1))
    jobs.run_job(str(job.pk))


@pytest.mark.parametrize("where", ["before it writes", "as it commits"])
def test_plan_is_whole_or_not_there_and_made_once(merchant, creator, operator, where):
    fair = fair_to_plan(merchant, creator)
    job = services.start_plan(operator.actor, fair=fair, seed=3)
    one = SignUp.objects.filter(fair=fair, party=merchant.party)
    held = Fair.objects.filter(pk=fair.pk) if where == "before it writes" else one
    killed_while(job, held.order_by(), lambda process: process.kill())
    plans = MeetingPlan.objects.count()
    assert Meeting.objects.count() == 3 * plans, "a whole plan or none"
    assert AuditEntry.objects.filter(verb="plan_meetings").count() == plans
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    take_up_again(job)
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.DONE, "")
    assert (MeetingPlan.objects.count(), Meeting.objects.count()) == (1, 3)


def test_plan_whose_session_ends_is_not_there(merchant, creator, operator):
    fair = fair_to_plan(merchant, creator)
    job = services.start_plan(operator.actor, fair=fair, seed=3)
    killed_while(job, Fair.objects.filter(pk=fair.pk).order_by(), lambda process: end_sessions())
    assert not MeetingPlan.objects.exists()
    assert not Meeting.objects.exists()
    job.refresh_from_db()
    if job.state == JobState.FAILED:  # it lived to say so; somebody presses again
        job = services.start_plan(operator.actor, fair=fair, seed=3)
    take_up_again(job)
    assert (MeetingPlan.objects.count(), Meeting.objects.count()) == (1, 3)
