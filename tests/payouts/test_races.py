"""Two at the same moment, and a worker that is killed: nothing is paid twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from portal.core.actor import OPERATOR, Actor
from portal.core.jobs import run_job
from portal.core.models import Job
from portal.core.verdict import Refused
from portal.ledger.selectors import verification as books_checked
from portal.payouts import selectors, services
from portal.payouts.models import Item
from portal.payouts.states import BatchStatus
from tests import factories
from tests.factories import SYSTEM, at_once, wait_for
from tests.ledger.checkers import accept
from tests.ledger.test_killed import sessions_of_others
from tests.payouts.making import (
    FIELDS,
    answer,
    approved,
    checker,
    held,
    maker,
    many_payable,
    payable,
    prepared,
    sent,
)

ROOT = Path(__file__).parents[2]
PARTIES, EACH = 1_000, 20_000
pytestmark = pytest.mark.django_db(transaction=True)


def sound():
    for check in (*books_checked(), *selectors.verification()):
        assert not check.wrong


def outcome(call):
    try:
        call()
    except Refused as refused:
        return refused.verdict.status
    return 200


def test_of_two_approvers_at_once_one_is_told(merchant):
    payable(merchant.party, 50_000)
    batch = prepared()
    first = checker()
    user = factories.user("second-checker@example.com")
    user.is_staff = True
    user.save()
    user.groups.set(first.user.groups.all())
    second = Actor(user=user, party=None, role=OPERATOR, via="admin")
    found = at_once(
        *(lambda actor=actor: outcome(lambda: services.approve_batch(actor, batch=batch))
          for actor in (first, second))
    )  # fmt: skip
    assert sorted(found) == [200, 409]
    batch.refresh_from_db()
    run_job(str(batch.job_id))
    assert held(merchant.party) == {"available": 0, "paying": 50_000}
    sound()


def test_of_two_batches_prepared_at_once_one_has_the_money(merchant):
    payable(merchant.party, 50_000)
    actor = maker()
    found = at_once(
        *(lambda: outcome(lambda: services.prepare_batch(actor, fields=FIELDS)) for _ in range(2))
    )
    assert sorted(found) == [200, 422]
    assert Item.objects.count() == 1


def test_of_two_files_taken_at_once_both_are_the_same(merchant):
    payable(merchant.party, 50_000)
    batch, actor = approved(prepared()), maker()
    found = at_once(*(lambda: services.take_file(actor, batch=batch) for _ in range(2)))
    assert len({one.content for one in found}) == 1
    assert sorted(one.is_first for one in found) == [False, True]


# --- killed -----------------------------------------------------------------------------------

APPROVE = """
import django
django.setup()
from portal.payouts import services, tasks
some = services.approve_some
def told(actor, *, batch):
    done = some(actor, batch=batch, most=50)
    print(done, flush=True)
    return done
services.approve_some = told
from portal.core.jobs import run_job
run_job("{job}")
"""
RESULTS = """
import django
django.setup()
from portal.core import clock
from portal.core.actor import system_actor
from portal.payouts import services
from portal.payouts.fields import ResultFields
from portal.payouts.models import Item
def answer(item):
    return ResultFields(
        item.batch.number, item.key, "paid", item.amount_fen, clock.today(), f"PB{item.pk}"
    )
items = list(Item.objects.select_related("batch").order_by("pk"))
for start in range(0, len(items), 50):
    results = [answer(item) for item in items[start : start + 50]]
    services.record_results(system_actor("command"), results=results)
    print(start, flush=True)
"""


def start(script: str) -> subprocess.Popen:
    address = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    environment = os.environ | {"DATABASE_URL": urlunsplit(address._replace(path=f"/{name}"))}
    environment |= {"DJANGO_SETTINGS_MODULE": "portal.settings", "LOG_LEVEL": "ERROR"}
    environment.pop("DATABASE_OWNER_URL", None)
    return subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def killed(script: str, after: int) -> None:
    process = start(script)
    assert process.stdout is not None
    try:
        for _line in range(after):
            assert process.stdout.readline()
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait(timeout=10)
        process.stdout.close()
    wait_for(lambda: not sessions_of_others())


def test_killed_in_the_middle_of_an_approval_and_of_its_answers(tmp_path):
    many_payable(PARTIES, EACH)
    batch = prepared()
    services.approve_batch(checker(), batch=batch)
    batch.refresh_from_db()
    killed(APPROVE.format(job=batch.job_id), after=3)
    booked = Item.objects.filter(status="paying").count()
    assert 0 < booked < PARTIES, "it was killed in the middle"
    assert booked % 50 == 0, "some are booked as a whole or not at all"
    sound()

    Job.objects.filter(pk=batch.job_id).update(lease_until=batch.prepared_at)  # it has run out
    run_job(str(batch.job_id))
    batch.refresh_from_db()
    assert batch.status == BatchStatus.APPROVED
    assert Item.objects.filter(status="paying").count() == PARTIES
    sound()

    sent(batch)
    killed(RESULTS, after=3)
    answered = Item.objects.filter(status="paid").count()
    assert 0 < answered < PARTIES
    sound()
    results = [answer(item) for item in Item.objects.select_related("batch").order_by("pk")]
    assert services.record_results(SYSTEM, results=results) == PARTIES - answered
    batch.refresh_from_db()
    assert batch.status == BatchStatus.DONE
    assert services.record_results(SYSTEM, results=results) == 0
    sound()
    accept(tmp_path)
