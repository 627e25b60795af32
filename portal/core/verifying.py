"""Whether what is written in two places says the same: each app looks at its own, every night."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import connection

from portal.core.actor import system_actor
from portal.core.jobs import Progress, job, queue_job
from portal.core.verdict import Refused

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at (a message to translate), and the first that is wrong of it."""

    name: str
    wrong: Collection[Any]


def checked(queries: Mapping[str, str]) -> list[Check]:
    """By what was looked at, a query that finds what should not be there."""
    return [Check(name, _first(query)) for name, query in queries.items()]


def nightly(kind: str, fault: str, checks: Callable[[], Sequence[Check]]) -> Callable[[], None]:
    """What queues `checks` as a job, so that a fault waits in the operators' queue and is told to
    them. `fault`: what the job then says."""

    @job(kind)
    def verify(progress: Progress, args: dict[str, Any]) -> None:
        if faults := [check for check in checks() if check.wrong]:
            raise RuntimeError(f"{fault}: {faults}")

    def queue() -> None:
        with suppress(Refused):  # the one before is still at it
            queue_job(system_actor("task"), kind=kind)

    return queue


def _first(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"{query} LIMIT {SHOWN}")
        return list(cursor.fetchall())
