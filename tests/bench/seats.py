"""Seats: sixteen clients on one hot pool, against the bare way on the same server.

Claims are the seats' service: the rule, the claim, its step in the history, and the message to who
signed up. The floor is one conditional UPDATE and one INSERT of a row with the same two keys, or an
INSERT into a waitlist once nothing is free. Sign-ups are the fair's page, pressed over HTTP by two
thousand creators who are signed in, with its form, thresholds, audit and messages; the floor is a
bare view with the same two statements, on the same web server behind the same middleware. In turns,
so that a slow moment falls on both. Afterwards it counts: exactly the seats, nobody lost, nobody
twice.
"""

from __future__ import annotations

import itertools
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPException
from socket import create_connection, socket
from threading import Barrier, Event, local
from typing import Any
from urllib.parse import urlencode

import django

from portal.stack.site import THREADS_PER_WORKER
from tests.bench import Row

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
CLIENTS, TURNS = 16, 3
EVERYBODY = int(os.environ.get("TRILINK_BENCH_SIGNUPS", "2000"))
SEATS = 200
_pools = itertools.count(1)
_wires = local()
_web: list[int] = []
BARE = (
    "CREATE TABLE bench_pool (id bigint PRIMARY KEY, capacity int, taken int DEFAULT 0,"
    " CHECK (taken <= capacity))",
    *(
        f"CREATE TABLE bench_{table} (id bigserial PRIMARY KEY,"
        " pool_id bigint REFERENCES bench_pool, party_id bigint REFERENCES parties_party,"
        " at timestamptz DEFAULT now(), UNIQUE (pool_id, party_id))"
        for table in ("seat", "waitlist")
    ),
    "GRANT ALL ON ALL TABLES IN SCHEMA public TO trilink_app",
    "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO trilink_app",
)


def run() -> list[Row]:
    django.setup()
    from django.core.management import call_command

    from portal.core.actor import system_actor
    from portal.parties.reference import load_reference
    from tests.seats.making import parties

    call_command("migrate", database="owner", verbosity=0)
    load_reference(system_actor("command"))
    for statement in BARE:
        execute("owner", statement)
    people = parties(EVERYBODY)
    rest = f"{SEATS} seats, the others queued"
    return [
        compare(people, EVERYBODY, "claims, everyone accepted", one_of_ours, one_bare),
        compare(people, SEATS, f"claims, {rest}", one_of_ours, one_bare),
        *over_http(),
    ]


def over_http() -> list[Row]:
    with site() as port:
        people = signed_in(port)
        rest = f"{SEATS} seats, the others queued"
        rows = [
            compare(people, EVERYBODY, "sign-ups over HTTP, everyone accepted", fair_page, a_view),
            compare(people, SEATS, f"sign-ups over HTTP, {rest}", fair_page, a_view),
        ]
    if os.environ.get("PEERS"):
        from tests.bench import _beside_pretix

        rates = {EVERYBODY: rows[0].ours, SEATS: rows[1].ours}
        rows += _beside_pretix.rows(rates, EVERYBODY)
    return [*rows, killed(people)]


def killed(people: Sequence[Presser]) -> Row:
    """kill -9 of a process of the database, upon which it recovers from its log, and then of the
    web server, while everybody presses; then everybody presses again. It counts as ever, and who
    had an answer keeps what it said."""
    from django.db import connections

    from matchmaking.fairs.models import SignUp
    from tests.matchmaking.fairs.making import open_fair, pool_of

    fair = open_fair(SEATS, thresholds={("creator", "reputation"): 400})
    pool = pool_of(fair, "creator")
    path, had = f"/fairs/{fair.pk}/signup/", set()
    turn, half, is_gone = itertools.count(1), len(people) // 2, Event()
    kills = {half // 2: kill_the_database, half: lambda: (is_gone.set(), kill_the_web())}

    def press(one: Presser) -> None:
        """Again until there is an answer, or nobody who could give one."""
        while not is_gone.is_set():
            try:
                one.press(path, key="bench", party=one.pk, pool=pool.pk)
            except (AssertionError, OSError, HTTPException):
                vars(_wires).clear()
                time.sleep(0.1)
                continue
            had.add(one.pk)
            kills.get(next(turn), int)()
            return

    with site() as port:
        at_once([replace(one, port=port) for one in people], press)
    connections.close_all()  # ours ended with the database, too
    assert half <= len(had) < len(people), "it was killed in the middle"
    assert had <= set(SignUp.objects.filter(fair=fair).values_list("party", flat=True))
    is_gone.clear()
    with site() as port:
        at_once([replace(one, port=port) for one in people], press)
    count(pool.pool, len(people), SEATS)
    there = SignUp.objects.filter(fair=fair).count()
    return Row("sign-ups there after kill -9 of both", there, len(people), "", "≥", 1)


def kill_the_database() -> None:
    """One of its processes that works for the web server: the others end, too."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1"
        )
        [pid] = cursor.fetchone()
    connection.close()
    os.kill(pid, signal.SIGKILL)


def kill_the_web() -> None:
    for line in subprocess.run(
        ("ps", "--ppid", str(_web[-1]), "-o", "pid="), capture_output=True, text=True, check=True
    ).stdout.splitlines():
        os.kill(int(line), signal.SIGKILL)
    os.kill(_web[-1], signal.SIGKILL)


def compare(
    people: Sequence[Any],
    seats: int,
    label: str,
    ours_of: Callable[[Sequence[Any], int], float],
    floor_of: Callable[[Sequence[Any], int], float],
) -> Row:
    ours, floor = [], []
    for _turn in range(TURNS):
        ours.append(ours_of(people, seats))
        floor.append(floor_of(people, seats))
    return Row(
        f"{len(people):,} {label}, {CLIENTS} clients",
        len(people) / statistics.median(ours),
        len(people) / statistics.median(floor),
        "/s",
        "≥",
        0.5,
    )


def one_of_ours(people: Sequence[Any], seats: int) -> float:
    from tests.seats.making import claim, pool_of

    pool = pool_of(seats)
    seconds = at_once(people, lambda party: claim(pool, party, key=f"bench:{pool.pk}"))
    count(pool, len(people), seats)
    return seconds


@dataclass(frozen=True, slots=True)
class Presser:
    """Somebody at a browser that keeps its connection; each client is one thread."""

    pk: int  # of the party
    headers: dict[str, str]
    port: int

    def press(self, path: str, **fields: object) -> None:
        if not hasattr(_wires, "wire"):
            _wires.wire = HTTPConnection("127.0.0.1", self.port, timeout=60)
        _wires.wire.request("POST", path, urlencode(fields), self.headers)
        answer = _wires.wire.getresponse()
        answer.read()
        where = answer.headers.get("Location", "")
        assert answer.status == 302, answer.status
        assert where.startswith("/fair"), where


def fair_page(people: Sequence[Presser], seats: int) -> float:
    from tests.matchmaking.fairs.making import open_fair, pool_of

    fair = open_fair(seats, thresholds={("creator", "reputation"): 400})
    pool = pool_of(fair, "creator")
    path = f"/fairs/{fair.pk}/signup/"
    seconds = at_once(people, lambda one: one.press(path, key="bench", party=one.pk, pool=pool.pk))
    count(pool.pool, len(people), seats)
    return seconds


def a_view(people: Sequence[Presser], seats: int) -> float:
    pool = bare_pool(seats)
    return at_once(people, lambda one: one.press(f"/bench/{pool}/", party=one.pk))


@contextmanager
def site() -> Iterator[int]:
    """The web server as `make run` starts it, with the bare view besides."""
    with socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    address = ("--host", "127.0.0.1", "--port", str(port))
    several = ("--workers", "2", "--blocking-threads", str(THREADS_PER_WORKER))
    server = subprocess.Popen(
        (
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "portal.wsgi:application"),
            *(*address, *several),
        ),
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.bench._bare_settings"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _web.append(server.pid)
    try:
        wait_until_open(port)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_until_open(port: int) -> None:
    for _try in range(1_200):
        try:
            create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the web server does not answer")


def signed_in(port: int) -> list[Presser]:
    """Creators with their owner's session."""
    from django.conf import settings

    from portal.core import clock
    from portal.parties.models import Membership
    from portal.parties.services import PartyLife, register_parties
    from portal.parties.states import PartyKind
    from portal.policies.services import give_first_consents
    from tests.factories import NO_CODE, SYSTEM, party_fields

    now = clock.now()
    lives = [
        PartyLife(
            kind=PartyKind.CREATOR,
            email=f"bench-{number}@example.com",
            owner_name=f"达人{number}",
            fields=party_fields(f"达人{number}", **NO_CODE),
            provider=None,
            registered_at=now,
            submitted_at=now,
            verified_at=now,
        )
        for number in range(EVERYBODY)
    ]
    made = register_parties(SYSTEM, lives=lives)
    owners = Membership.objects.filter(party__in=made).select_related("user")
    give_first_consents(SYSTEM, user_ids=[row.user_id for row in owners])
    token = "bench" * 6 + "ab"
    return [
        Presser(
            row.party_id,
            {
                "Cookie": f"{settings.SESSION_COOKIE_NAME}={session_of(row.user)}; "
                f"{settings.CSRF_COOKIE_NAME}={token}",
                "X-CSRFToken": token,
                "Content-Type": "application/x-www-form-urlencoded",
            },
            port,
        )
        for row in owners
    ]


def session_of(person: Any) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def count(pool: Any, people: int, seats: int) -> None:
    """Afterwards: exactly the seats, nobody lost, nobody twice."""
    from portal.seats.models import Claim, Pool, Step
    from portal.seats.selectors import differences

    claims = Claim.objects.filter(pool=pool)
    told = dict.fromkeys(claims.values_list("party", flat=True))
    assert len(told) == claims.count() == people, "nobody lost, nobody twice"
    assert claims.seated().count() == Pool.objects.get(pk=pool.pk).taken == seats
    assert claims.in_line().count() == people - seats
    assert Step.objects.filter(claim__pool=pool).count() == people
    assert not differences()


def bare_pool(seats: int) -> int:
    pool = next(_pools)
    execute("default", "INSERT INTO bench_pool VALUES (%s, %s)", [pool, seats])
    return pool


def one_bare(people: Sequence[Any], seats: int) -> float:
    from django.db import connection, transaction

    pool = bare_pool(seats)

    def press(party: Any) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE bench_pool SET taken = taken + 1 WHERE id = %s AND taken < capacity",
                [pool],
            )
            table = "bench_seat" if cursor.rowcount else "bench_waitlist"
            cursor.execute(
                f"INSERT INTO {table} (pool_id, party_id) VALUES (%s, %s)",  # noqa: S608 - ours
                [pool, party.pk],
            )

    return at_once(people, press)


def at_once(people: Sequence[Any], press: Callable[[Any], object]) -> float:
    from django.db import connection, connections

    barrier = Barrier(CLIENTS + 1)

    def client(some: Sequence[Any]) -> None:
        connection.ensure_connection()
        barrier.wait()
        try:
            for party in some:
                press(party)
        finally:
            connections.close_all()
            if hasattr(_wires, "wire"):
                _wires.wire.close()
                del _wires.wire

    with ThreadPoolExecutor(CLIENTS) as pool:
        running = [pool.submit(client, people[number::CLIENTS]) for number in range(CLIENTS)]
        barrier.wait()
        start = time.perf_counter()
        for each in running:
            each.result()
        return time.perf_counter() - start


def execute(alias: str, statement: str, values: Sequence[Any] = ()) -> None:
    from django.db import connections

    with connections[alias].cursor() as cursor:
        cursor.execute(statement, values or None)
