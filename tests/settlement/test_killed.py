"""kill -9 in the middle of a run, of its sending and of its approval: the books are balanced, the
run goes on, and nobody is paid twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from portal.core import clock
from portal.ledger.models import Closing
from portal.ledger.selectors import verification as books_verified
from portal.notices.models import Notice
from portal.settlement import services
from portal.settlement.models import Run, Statement
from portal.settlement.states import AGREE_WITHIN
from tests.conftest import staff_person
from tests.factories import SYSTEM, wait_for
from tests.ledger.test_killed import sessions_of_others
from tests.revenue.orders.telling import books

from .making import is_right
from .world import PARTIES, last_month, total_of, world

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.django_db(transaction=True)
# One party a chunk, so that it can be killed in between; says after which one it is.
SCRIPT = """
import django
django.setup()
from portal.core.actor import OPERATOR, Actor
from portal.parties.models import User
from portal.settlement.models import Run
from portal.settlement.services import approving, calculating, runs, sending
for module in (approving, calculating, sending):
    module.AT_ONCE = 1
run = Run.objects.get()
actor = Actor(user=User.objects.get(pk={user}), party=None, role=OPERATOR, via="task")
def report(done, total, step=""):
    if step != "Closing the month":
        print(done, flush=True)
if "{step}" == "prepare":
    runs._prepare(actor, run, report)
elif "{step}" == "send":
    sending.send_statements(actor, run=run, report=report)
else:
    approving.approve_statements(actor, run=run, report=report)
"""


def kill_in_the_middle(step: str, user: int, after: int) -> None:
    address = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    environment = os.environ | {"DATABASE_URL": urlunsplit(address._replace(path=f"/{name}"))}
    environment |= {"DJANGO_SETTINGS_MODULE": "portal.settings", "LOG_LEVEL": "ERROR"}
    environment.pop("DATABASE_OWNER_URL", None)
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT.format(step=step, user=user)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        for _line in range(after):
            assert process.stdout.readline(), "it went on until then"
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait(timeout=10)
        process.stdout.close()
    wait_for(lambda: not sessions_of_others())


def test_killed_three_times_and_everybody_has_one_statement_and_one_release():
    parties = world()
    maker, checker = staff_person("finance maker"), staff_person("finance checker")
    run = services.prepare_run(maker.actor, month=last_month(), in_background=False)

    kill_in_the_middle("prepare", maker.user.pk, after=5)
    made = Statement.objects.count()
    assert 5 <= made < PARTIES, "it was killed in the middle"
    assert Run.objects.get().until_party == parties[made - 1].pk
    assert Closing.objects.get().month == last_month()
    assert is_right()
    services.run_now(maker.actor, run=run)
    totals = Statement.objects.order_by("party").values_list("total", flat=True)
    assert list(totals) == [total_of(n) for n in range(PARTIES)]
    numbers = sorted(Statement.objects.values_list("number", flat=True))
    assert [int(number[-4:]) for number in numbers] == list(range(1, PARTIES + 1))

    kill_in_the_middle("send", maker.user.pk, after=4)
    assert 0 < Statement.objects.filter(status="sent").count() < PARTIES
    services.send_statements(maker.actor, run=run)
    assert Notice.objects.filter(event="settlement.sent").count() == PARTIES

    Statement.objects.update(due_at=clock.now(), sent_at=clock.now() - AGREE_WITHIN)
    assert services.agree_silent(SYSTEM) == PARTIES
    kill_in_the_middle("approve", checker.user.pk, after=6)
    assert 0 < Statement.objects.approvable().count() < PARTIES
    assert is_right()
    services.approve_statements(checker.actor, run=Run.objects.get())
    assert Run.objects.get().status == "approved"
    sums = books()
    for n, party in enumerate(parties):
        assert sums.get((party.pk, "available", "settled"), 0) == max(total_of(n), 0)
        assert sums.get((party.pk, "share", "settled"), 0) == min(total_of(n), 0)
    assert is_right()
    assert not [check for check in books_verified() if check.wrong]
    services.run_now(maker.actor, run=Run.objects.get())
    assert books() == sums
