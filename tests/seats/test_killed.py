"""kill -9 of whoever writes, and of their sessions: what was answered stands, the rest is not."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from portal.parties.models import Party
from portal.seats.models import Claim, Pool, Step
from portal.seats.selectors import differences
from tests.factories import wait_for
from tests.ledger.test_killed import sessions_of_others
from tests.seats.making import claim, parties, pool_of

ROOT = Path(__file__).parents[2]
SEATS, PEOPLE, ANSWERS = 60, 400, 25
# Presses for one after the other, and says of whom it has an answer.
SCRIPT = """
import django
django.setup()
from portal.parties.models import Party
from portal.seats.models import Pool
from tests.seats.making import claim
pool = Pool.objects.select_related("occasion").get()
for party in Party.objects.order_by("pk"):
    claim(pool, party)
    print(party.pk, flush=True)
"""
pytestmark = pytest.mark.django_db(transaction=True)


def start() -> subprocess.Popen:
    address = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    environment = os.environ | {"DATABASE_URL": urlunsplit(address._replace(path=f"/{name}"))}
    environment |= {"DJANGO_SETTINGS_MODULE": "portal.settings", "LOG_LEVEL": "ERROR"}
    environment.pop("DATABASE_OWNER_URL", None)
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def answered_until(process: subprocess.Popen, stop) -> set[int]:
    """Whom it had an answer for when it ended."""
    assert process.stdout is not None
    try:
        said = [process.stdout.readline() for _answer in range(ANSWERS)]
        stop()
        said += process.stdout.read().splitlines()
    finally:
        process.kill()
        process.wait(timeout=10)
        process.stdout.close()
    wait_for(lambda: not sessions_of_others())
    return {int(line) for line in said if line.strip()}


def end_sessions() -> None:
    """As when the database's own process of a client is gone at a blow."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user"
            " AND pid <> pg_backend_pid()"
        )


@pytest.mark.parametrize("what", ["the process", "its session"])
def test_no_seat_is_lost_or_sold_twice_when_it_is_killed(what):
    pool = pool_of(SEATS)
    parties(PEOPLE)
    process = start()
    if what == "the process":
        answered = answered_until(process, lambda: os.kill(process.pid, signal.SIGKILL))
    else:
        answered = answered_until(process, end_sessions)
    claims = set(Claim.objects.values_list("party", flat=True))
    assert answered <= claims, "what was answered stands"
    assert len(claims) < PEOPLE, "it was killed in the middle"
    assert Step.objects.count() == Claim.objects.count() == len(claims)
    assert not differences()
    for party in Party.objects.order_by("pk"):
        claim(pool, party)  # the same wish: who has a claim keeps it
    pool = Pool.objects.get()
    assert (pool.taken, Claim.objects.count()) == (SEATS, PEOPLE)
    assert not differences()
