"""The ledger: journals in bulk and one a commit, balances, a page of a statement, a hot account.

Bulk is compared with COPY of the same rows, written out before, into tables with the same columns,
indexes and foreign keys but without our guards; one a commit with the bare statement on the same
tables. Balances and pages stand at a million entries and again at a tenth of it.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import tempfile
import time
import venv
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from threading import Barrier
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import django

from tests.bench import Row, median_ms

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
JOURNALS = int(os.environ.get("TRILINK_BENCH_JOURNALS", "100000"))
PARTIES = 5_000
SINGLES = 2_000
CLIENTS, EACH = 16, 250
PEER = ("django-hordak==2.0.0", "django>=5.2,<6", "psycopg[binary]")
PEER_SINGLES, PEER_BULK = 500, 10_000
NOON = datetime(2026, 3, 14, 4, 0, tzinfo=UTC)
_batches = count(1)


def run() -> list[Row]:
    django.setup()
    from django.core.management import call_command

    from portal.core.actor import system_actor
    from portal.parties.reference import load_reference

    call_command("migrate", database="owner", verbosity=0)
    load_reference(system_actor("command"))
    accounts = open_books()
    fill(accounts, 100_000)
    rows = [*reading(accounts, f"{entries():,} entries"), one_a_commit(accounts), hot(accounts)]
    rows.append(bulk(accounts))
    if os.environ.get("PEERS"):
        rows += beside_hordak(accounts)
    fill(accounts, 1_000_000)
    rows += reading(accounts, f"{entries():,} entries")
    assert_right()
    return rows


def open_books() -> list[int]:
    """The clearing account first, the platform's fees, then one share a party."""
    from portal.ledger.services import Place, open_accounts
    from portal.ledger.states import Kind, Track
    from portal.parties.states import PartyKind
    from tests.factories import SYSTEM, draft_party

    first = draft_party(PartyKind.CREATOR, "账本", has_papers=False)
    sql(
        "INSERT INTO parties_party SELECT (jsonb_populate_record(party,"
        " jsonb_build_object('id', party.id + n))).*"
        " FROM parties_party party, generate_series(1, %s) n WHERE party.id = %s",
        [PARTIES - 1, first.pk],
    )
    places = [
        Place(None, Kind.CLEARING, Track.SETTLED),
        Place(None, Kind.FEES, Track.SETTLED),
        *(Place(first.pk + n, Kind.SHARE, Track.SETTLED) for n in range(PARTIES)),
    ]
    opened = open_accounts(SYSTEM, places=places)
    return [opened[place] for place in places]


def postings(accounts: Sequence[int], number: int, batch: str = "") -> Iterator[Any]:
    """Orders shared by three parties and the platform, five legs each."""
    from portal.ledger.fields import Leg, Posting

    clearing, fees, *shares = accounts
    batch = batch or f"b{next(_batches)}"
    for n in range(number):
        a, b, c = (shares[(n * step) % len(shares)] for step in (1, 7, 31))
        legs = [
            Leg(clearing, -10_000, "gross"),
            Leg(fees, 500, "platform_fee"),
            Leg(a, 1_400, "creator"),
            Leg(b, 600, "agency"),
            Leg(c, 7_500, "residual"),
        ]
        yield Posting(f"{batch}:{n}:1", "revenue.line", f"{batch}:{n}", NOON, "订单行", legs)


# --- in bulk -------------------------------------------------------------------------------------


def bulk(accounts: Sequence[int]) -> Row:
    """In turns, three times; each time into the same tables, which grow alike."""
    from portal.ledger.services import post_many
    from tests.factories import SYSTEM

    bare_tables()
    ours, floor = [], []
    for _turn in range(3):
        given = list(postings(accounts, JOURNALS))
        ours.append(seconds(lambda given=given: post_many(SYSTEM, postings=given)))
        journals, legs = written_out(given)
        floor.append(seconds(lambda j=journals, e=legs: bare_copy(j, e)))
        again = post_many(SYSTEM, postings=given[:1000])
        assert (again.posted, again.repeated) == (0, 1000)
    return Row(
        f"post {JOURNALS:,} journals of five legs in bulk, against COPY",
        JOURNALS / statistics.median(ours),
        JOURNALS / statistics.median(floor),
        "/s",
        "≥",
        0.8,
    )


def bare_tables() -> None:
    """The same columns, indexes and checks; keys where ours has a trigger; no triggers."""
    for table in ("journal", "entry"):
        owner(f"CREATE TABLE bench_{table} (LIKE ledger_{table} INCLUDING ALL)")
    for column, target in (("journal_id", "bench_journal"), ("account_id", "ledger_account")):
        owner(f"ALTER TABLE bench_entry ADD FOREIGN KEY ({column}) REFERENCES {target} (id)")
    owner("GRANT ALL ON bench_journal, bench_entry TO trilink_app")
    owner("CREATE SEQUENCE bench_numbers")


def written_out(given: Sequence[Any]) -> tuple[str, str]:
    from portal.ledger.services import bulk as own
    from tests.factories import SYSTEM

    first = (sql("SELECT coalesce(max(id), 0) FROM bench_journal") or [(0,)])[0][0]
    batch = [(p.key, p.content, first + n, p) for n, p in enumerate(given, start=1)]
    lines = "".join(own._journal_lines(SYSTEM, batch, NOON, None))
    return lines, "".join(own._leg_lines(batch))


def bare_copy(journals: str, legs: str) -> None:
    from django.db import connection, transaction

    from portal.ledger.services import bulk as own

    with transaction.atomic(), connection.cursor() as cursor:
        for statement, lines in ((own.JOURNALS, journals), (own.LEGS, legs)):
            with cursor.copy(statement.replace("ledger_", "bench_")) as copy:
                copy.write(lines)


# --- one a commit --------------------------------------------------------------------------------


def one_a_commit(accounts: Sequence[int]) -> Row:
    """In turns of a hundred, so that a slow moment of the disk falls on both."""
    from portal.ledger.services import post
    from tests.factories import SYSTEM

    ours, floor = list(postings(accounts, SINGLES)), list(postings(accounts, SINGLES))
    bare = Bare()
    times = [0.0, 0.0]
    for start in range(0, SINGLES, 100):
        for side, work in enumerate((lambda p: post(SYSTEM, posting=p), bare.post)):
            some = (ours, floor)[side][start : start + 100]
            times[side] += seconds(lambda w=work, s=some: [w(p) for p in s])
    return Row(
        "post one journal of five legs a commit, against the bare statement",
        SINGLES / times[0],
        SINGLES / times[1],
        "/s",
        "≥",
        0.75,
    )


class Bare:
    """The statement itself by psycopg, on the same tables with their guards."""

    def __init__(self) -> None:
        import psycopg
        from django.db import connection

        settings = connection.get_connection_params()
        known = ("dbname", "user", "password", "host", "port")
        kept = {name: settings[name] for name in known if settings.get(name)}
        self.session = psycopg.connect(**kept, autocommit=True)

    def post(self, posting: Any) -> None:
        from portal.ledger.services import posting as own
        from tests.factories import SYSTEM

        self.session.execute(own.POST, own._values(SYSTEM, posting, NOON))


# --- reading -------------------------------------------------------------------------------------


def fill(accounts: Sequence[int], wanted: int) -> None:
    from portal.ledger.services import move_checkpoints, post_many
    from tests.factories import SYSTEM

    missing = (wanted - entries()) // 5
    if missing > 0:
        post_many(SYSTEM, postings=postings(accounts, missing))
    move_checkpoints(SYSTEM)
    owner("VACUUM ANALYZE ledger_entry")
    owner("VACUUM ANALYZE ledger_journal")


def reading(accounts: Sequence[int], at: str) -> Iterator[Row]:
    """Behind the checkpoint stand a thousand more journals, as after a busy minute."""
    from portal.ledger.selectors import balance, balances, statement
    from portal.ledger.services import move_checkpoints, post_many
    from tests.factories import SYSTEM

    move_checkpoints(SYSTEM)
    post_many(SYSTEM, postings=postings(accounts, 1_000))
    owner("VACUUM ANALYZE ledger_entry")
    hot = accounts[0]
    (one,) = median_ms(lambda: balance(hot), repeats=50)
    (stored,) = median_ms(
        lambda: sql("SELECT amount FROM ledger_checkpoint WHERE account_id = %s", [hot]), repeats=50
    )
    yield Row(f"{at}: balance of the hottest account", one, None, "ms", "≤", 1)
    yield Row(f"{at}: … a stored row, to compare", stored, None, "ms", "≤", 1)
    (every,) = median_ms(balances, repeats=9)
    yield Row(f"{at}: balances of {len(accounts):,} accounts", every, None, "ms", "≤", 60)
    (page,) = median_ms(lambda: statement(hot), repeats=30)
    yield Row(f"{at}: 20 lines of its statement with balances", page, None, "ms", "≤", 5)
    cursor = ""
    for _page in range(200):
        cursor = statement(hot, cursor, size=100).older or cursor
    (deep,) = median_ms(lambda: statement(hot, cursor), repeats=30)
    yield Row(f"{at}: … 20,000 lines further down", deep, None, "ms", "≤", 5)


# --- sixteen at once -----------------------------------------------------------------------------


def hot(accounts: Sequence[int]) -> Row:
    """All on the same accounts, against the same with an account for each."""
    clearing, fees, *shares = accounts
    same = at_once([[clearing, fees, *shares[:1]]] * CLIENTS)
    own = at_once([shares[n * 3 : n * 3 + 3] for n in range(CLIENTS)])
    return Row(
        f"{CLIENTS} clients on the same accounts, against accounts of their own",
        CLIENTS * EACH / same,
        CLIENTS * EACH / own,
        "/s",
        "≥",
        0.9,
    )


def at_once(books: Sequence[Sequence[int]]) -> float:
    from django.db import connections

    from portal.ledger.services import post
    from tests.factories import SYSTEM

    barrier = Barrier(len(books) + 1)

    def client(accounts: Sequence[int]) -> None:
        mine = list(postings(accounts, EACH))
        barrier.wait()
        for posting in mine:
            post(SYSTEM, posting=posting)
        connections.close_all()

    with ThreadPoolExecutor(len(books)) as pool:
        running = [pool.submit(client, accounts) for accounts in books]
        barrier.wait()
        start = time.perf_counter()
        for each in running:
            each.result()
        return time.perf_counter() - start


# --- beside another ledger -----------------------------------------------------------------------


def beside_hordak(accounts: Sequence[int]) -> Iterator[Row]:
    """The peer in a database of its own on the same server, in an environment of its own."""
    from portal.ledger.selectors import balance
    from portal.ledger.services import move_checkpoints, post, post_many
    from tests.factories import SYSTEM

    owner("CREATE DATABASE bench_hordak")
    given = list(postings(accounts, PEER_SINGLES))
    one = PEER_SINGLES / seconds(lambda: [post(SYSTEM, posting=some) for some in given])
    given = list(postings(accounts, PEER_BULK))
    many = PEER_BULK / seconds(lambda: post_many(SYSTEM, postings=given))
    move_checkpoints(SYSTEM)  # as beat does each minute
    (ours,) = median_ms(lambda: balance(accounts[0]), repeats=20)
    peer = hordak()
    yield Row("one journal a commit, against django-hordak", one, peer["single"], "/s", "≥", 2)
    yield Row(
        f"{PEER_BULK:,} journals in bulk, against django-hordak", many, peer["bulk"], "/s", "≥", 2
    )
    label = f"balance behind {entries():,} entries, against django-hordak behind {PEER_BULK * 5:,}"
    yield Row(label, ours, peer["balance_ms"], "ms", "≤", 1)


def hordak() -> dict[str, float]:
    """Installed from the package index by pip, which knows where that is."""
    address = urlsplit(os.environ["DATABASE_OWNER_URL"])
    database = urlunsplit(address._replace(path="/bench_hordak"))
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = f"{folder}/bin/python"
        subprocess.run([python, "-m", "pip", "install", "-q", *PEER], check=True)
        script = str(Path(__file__).with_name("_hordak.py"))
        command = [python, "-W", "ignore", script, database, str(PEER_SINGLES), str(PEER_BULK)]
        told = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout
    return dict(json.loads(told))


# --- what all of them use ------------------------------------------------------------------------


def assert_right() -> None:
    from portal.ledger.selectors import verification

    wrong = [check for check in verification() if check.wrong]
    assert not wrong, wrong


def entries() -> int:
    return int(sql("SELECT count(*) FROM ledger_entry")[0][0])


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def sql(statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    return _run("default", statement, values)


def owner(statement: str) -> None:
    _run("owner", statement, ())


def _run(alias: str, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    from django.db import connections

    with connections[alias].cursor() as cursor:
        cursor.execute(statement, values or None)
        return list(cursor.fetchall()) if cursor.description else []
