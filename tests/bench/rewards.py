"""Claims of tasks: sixteen clients on one task and its pool, against the bare way on the same
server.

A claim asks the rule (audience, bars, objections, what is left), takes a place of the task and its
reward out of the pool, and writes the claim, its step, the pool's row, the audit row and what
machines are told; what counted before it is looked at besides. The floor is the seats' bench's: one
conditional UPDATE and one INSERT with the same two keys, and where nothing is left, the UPDATE that
finds nothing. In turns, so that a slow moment falls on both. Afterwards it counts: exactly the
places, never more than the pool, and everybody else told the one sentence.
"""

from __future__ import annotations

import itertools
import os
import statistics
from collections import Counter
from collections.abc import Sequence
from typing import Any

import django

from tests.bench import Row
from tests.bench.seats import CLIENTS, TURNS, at_once, execute

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
EVERYBODY = int(os.environ.get("TRILINK_BENCH_CLAIMS", "2000"))
PLACES, REWARD = 200, 10_000
_tasks = itertools.count(1)
BARE = (
    "CREATE TABLE bench_task (id bigint PRIMARY KEY, quota int, taken int DEFAULT 0,"
    " CHECK (taken <= quota))",
    "CREATE TABLE bench_claim (id bigserial PRIMARY KEY, task_id bigint REFERENCES bench_task,"
    " party_id bigint REFERENCES parties_party, at timestamptz DEFAULT now(),"
    " UNIQUE (task_id, party_id))",
    "GRANT ALL ON ALL TABLES IN SCHEMA public TO trilink_app",
    "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO trilink_app",
)


def run() -> list[Row]:
    django.setup()
    from django.core.management import call_command

    from portal.core.actor import system_actor
    from portal.parties.reference import load_reference
    from tests.rewards.making import parties

    call_command("migrate", database="owner", verbosity=0)
    load_reference(system_actor("command"))
    for statement in BARE:
        execute("owner", statement)
    people = parties(EVERYBODY)
    return [
        compare(people, EVERYBODY, "claims of one task, everyone accepted"),
        compare(people, PLACES, f"claims of one task, {PLACES} places, the others refused"),
    ]


def compare(people: Sequence[Any], places: int, label: str) -> Row:
    ours, floor = [], []
    for _turn in range(TURNS):
        ours.append(ours_of(people, places))
        floor.append(bare_of(people, places))
    rates = [len(people) / statistics.median(times) for times in (ours, floor)]
    return Row(f"{len(people):,} {label}, {CLIENTS} clients", *rates, "/s", "≥", 0.5)


def ours_of(people: Sequence[Any], places: int) -> float:
    from portal.core.verdict import Refused
    from tests.rewards.making import claimed, season, task_of

    task = task_of(season(budget=places * REWARD), quota=places, amount_fen=REWARD)
    said: Counter[str] = Counter()

    def press(party: Any) -> None:
        try:
            claimed(task, party)
        except Refused as refusal:
            said[str(refusal.verdict.reason)] += 1

    seconds = at_once(people, press)
    count(task, len(people), places, said)
    return seconds


def count(task: Any, people: int, places: int, said: Counter[str]) -> None:
    from portal.rewards import rules
    from portal.rewards.models import Claim
    from portal.rewards.selectors import verification

    task.refresh_from_db()
    task.pool.refresh_from_db()
    assert Claim.objects.filter(task=task).count() == task.taken == places
    assert (task.pool.reserved, task.pool.free) == (places * REWARD, 0)
    assert said == ({str(rules.GONE): people - places} if people > places else {})
    assert not [check for check in verification() if check.wrong]


def bare_of(people: Sequence[Any], places: int) -> float:
    from django.db import connection, transaction

    task = next(_tasks)
    execute("default", "INSERT INTO bench_task VALUES (%s, %s)", [task, places])

    def press(party: Any) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE bench_task SET taken = taken + 1 WHERE id = %s AND taken < quota", [task]
            )
            if cursor.rowcount:
                cursor.execute(
                    "INSERT INTO bench_claim (task_id, party_id) VALUES (%s, %s)", [task, party.pk]
                )

    return at_once(people, press)
