"""Seats: sixteen clients on one hot pool, against the bare transaction on the same server.

Ours is the seats' service: the rule, the claim, its step in the history, and the message to who
signed up; and the whole sign-up to a fair on top of it, with its thresholds and the audit. The
floor is one conditional UPDATE and one INSERT of a row with the same two keys, or an INSERT into a
waitlist once nothing is free. In turns, so that a slow moment falls on both. Afterwards it counts:
exactly the seats, nobody lost, nobody twice.
"""

from __future__ import annotations

import itertools
import os
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import django

from tests.bench import Row

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
CLIENTS, TURNS = 16, 3
EVERYBODY = int(os.environ.get("TRILINK_BENCH_SIGNUPS", "2000"))
SEATS = 200
_pools = itertools.count(1)
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
        compare(people, EVERYBODY, "claims, everyone accepted", one_of_ours),
        compare(people, SEATS, f"claims, {rest}", one_of_ours),
        compare(people, EVERYBODY, "sign-ups to a fair, everyone accepted", one_fair),
        compare(people, SEATS, f"sign-ups to a fair, {rest}", one_fair),
    ]


def compare(
    people: Sequence[Any],
    seats: int,
    label: str,
    ours_of: Callable[[Sequence[Any], int], float],
) -> Row:
    ours, floor = [], []
    for _turn in range(TURNS):
        ours.append(ours_of(people, seats))
        floor.append(one_bare(people, seats, pool=next(_pools)))
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


def one_fair(people: Sequence[Any], seats: int) -> float:
    from matchmaking.fairs.fields import SignUpFields
    from matchmaking.fairs.services import sign_up
    from tests.factories import SYSTEM
    from tests.matchmaking.fairs.making import open_fair, pool_of

    fair = open_fair(seats, thresholds={("creator", "reputation"): 400})
    pool = pool_of(fair, "creator")
    fields = SignUpFields(pool_id=pool.pk, key="bench")
    seconds = at_once(people, lambda party: sign_up(SYSTEM, fair=fair, party=party, fields=fields))
    count(pool.pool, len(people), seats)
    return seconds


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


def one_bare(people: Sequence[Any], seats: int, pool: int) -> float:
    from django.db import connection, transaction

    execute("default", "INSERT INTO bench_pool VALUES (%s, %s)", [pool, seats])

    def press(party: Any) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE bench_pool SET taken = taken + 1 WHERE id = %s AND taken < capacity",
                [pool],
            )
            table = "bench_seat" if cursor.rowcount else "bench_waitlist"
            cursor.execute(
                f"INSERT INTO {table} (pool_id, party_id) VALUES (%s, %s)",  # noqa: S608
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
