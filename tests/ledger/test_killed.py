"""kill -9 in the middle of a bulk: the books are balanced, and the same call finishes the work."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from portal.ledger.models import Entry, Journal
from portal.ledger.selectors import balance, verification
from portal.ledger.services import move_checkpoints, post_many
from tests.factories import SYSTEM, wait_for
from tests.ledger.books import Books, sale

ROOT = Path(__file__).parents[2]
TOGETHER, CALLS = 500, 200
# Posts the same stretches in the same order, a call each; says after which one it is.
SCRIPT = """
import django
django.setup()
from tests.factories import SYSTEM
from tests.ledger.test_killed import Books, CALLS, stretch
from portal.ledger.services import post_many
books = Books(*{accounts})
for number in range(CALLS):
    post_many(SYSTEM, postings=stretch(books, number))
    print(number, flush=True)
"""


def stretch(books: Books, number: int) -> list:
    first = number * TOGETHER
    return [sale(books, 2_000, key=f"bulk-{n}") for n in range(first, first + TOGETHER)]


def start(books: Books) -> subprocess.Popen:
    address = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    environment = os.environ | {"DATABASE_URL": urlunsplit(address._replace(path=f"/{name}"))}
    environment |= {"DJANGO_SETTINGS_MODULE": "portal.settings", "LOG_LEVEL": "ERROR"}
    environment.pop("DATABASE_OWNER_URL", None)
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT.format(accounts=books.all)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


@pytest.mark.django_db(transaction=True)
def test_bulk_goes_on_after_its_process_was_killed(books):
    process = start(books)
    assert process.stdout is not None
    try:
        for _call in range(3):
            assert process.stdout.readline()
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait(timeout=10)
        process.stdout.close()
    wait_for(lambda: not sessions_of_others())

    journals = Journal.objects.count()
    assert 3 * TOGETHER <= journals < CALLS * TOGETHER, "it was killed in the middle"
    assert journals % TOGETHER == 0, "a call is there as a whole or not at all"
    assert Entry.objects.count() == 3 * journals
    assert balance(books.share) == journals * 1_900
    assert not [check for check in verification() if check.wrong]

    done = journals // TOGETHER
    for number in range(done + 2):
        counted = post_many(SYSTEM, postings=stretch(books, number))
        assert counted.posted == (0 if number < done else TOGETHER)
    move_checkpoints(SYSTEM)
    assert balance(books.share) == (journals + 2 * TOGETHER) * 1_900
    assert not [check for check in verification() if check.wrong]


def sessions_of_others() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
            " AND usename = current_user AND pid <> pg_backend_pid() AND state <> 'idle')"
        )
        return cursor.fetchone()[0]
