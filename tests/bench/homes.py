"""Each home, and the public one, beside the bare rendering of the same HTML, at the size of the
demo and at ten times it.

Ours: the whole stack of middleware, session, person and party, what waits, the numbers, the cards,
the templates. The floor: the same template from a context that is ready. Both answer in one
process, in turns, and are measured in time of the processor. A size has two databases of its own
on the same server: the demo makes its world in one, and the other is its copy with nine more of
it. What is there already is measured again; a copy that was broken off is thrown away.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from tests.bench import Row, median_ms

SIZES = (1,)
CAST = ("operator", "merchant", "provider", "agency", "creator")
MOST_QUERIES = 65
MOST_MS = 100
MOST_TIMES = 10
REPEATS = 20


def run() -> list[Row]:
    """TRILINK_BENCH_HOMES=0.004 measures a small world and ten of it."""
    sizes = os.environ.get("TRILINK_BENCH_HOMES", "").split() or SIZES
    return [row for size in sizes for row in _of_size(float(size))]


def _of_size(size: float) -> list[Row]:
    server, name = os.environ["DATABASE_OWNER_URL"], f"bench_homes_{round(size * 10_000)}"
    if not _is_there(server, name):
        _ask(server, f"CREATE DATABASE {name}")
    rows = _rows_of(_answer(size, name, "world"))
    tenfold, begun = f"{name}_tenfold", f"{name}_begun"
    if not _is_there(server, tenfold):
        _ask(server, f"DROP DATABASE IF EXISTS {begun} WITH (FORCE)")
        _ask(server, f"CREATE DATABASE {begun} TEMPLATE {name} STRATEGY FILE_COPY")
        _answer(size, begun, "multiply")
        _ask(server, f"ALTER DATABASE {begun} RENAME TO {tenfold}")
    return rows + _rows_of(_answer(size, tenfold, "homes"))


def _answer(size: float, name: str, what: str) -> str:
    """Of a process of its own, because a process has one database; its failure is this one's."""
    told = {"TRILINK_ENV": "demo", "DEMO_SCALE": str(size)}
    places = {key: _named(os.environ[key], name) for key in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    command = [sys.executable, "-m", "tests.bench.homes", what]
    env = {"SECRET_KEY": "bench"} | os.environ | told | places
    print(f"  {what} in {name}", file=sys.stderr, flush=True)
    return subprocess.run(
        command, env=env, check=True, stdout=subprocess.PIPE, text=True
    ).stdout.splitlines()[-1]


def _rows_of(answer: str) -> list[Row]:
    return [Row(*one) for one in json.loads(answer)]


def _named(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _is_there(url: str, name: str) -> bool:
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        found = server.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None


def _ask(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        server.execute(statement)  # type: ignore[arg-type]  # of names that are written here


def measure(what: str) -> list[Row]:
    """The world, made where it is not there, and its homes; or its homes alone; or nine more of
    it, and nothing measured."""
    import logging

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    if what == "world":
        _make_world()
    logging.disable(logging.INFO)
    if what != "multiply":
        return _homes()
    _multiply()
    return []


def _homes() -> list[Row]:
    from portal.parties.models import Party

    parties = Party.objects.count()
    rows = [row for who in CAST for row in _home(f"{who}'s home", _client(who), parties)]
    rows += _public(parties)
    for row in rows:
        print(" ", *row.cells(), file=sys.stderr, flush=True)
    return rows


def _multiply() -> None:
    from django.db import connections

    from portal.parties.models import Party
    from tests.bench._tenfold import COPIES, multiply

    before = Party.objects.count()
    with connections["owner"].cursor() as cursor:
        multiply(cursor)
    after = Party.objects.count()
    assert after == before * (COPIES + 1), f"{before} parties became {after}"


def _make_world() -> None:
    """Whole, or goes on with one that was broken off."""
    from django.core.management import call_command

    from portal.core.models import Job, JobState
    from portal.pages.demo import KIND

    call_command("migrate", database="owner", verbosity=0)
    call_command("load_reference", verbosity=0)
    call_command("demo", stdout=sys.stderr)
    assert Job.objects.filter(kind=KIND).latest("created_at").state == JobState.DONE


def _client(who: str) -> Any:
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    user = get_user_model()._default_manager.get(email=f"{who}@demo.trilink.local")
    client.force_login(user, backend="portal.parties.backends.StaffBackend")
    return client


def _home(work: str, client: Any, parties: int, path: str = "/workbench/") -> list[Row]:
    """How much slower than its bare rendering; its time; how often it asks the database."""
    from tests.bench.pages import _bare, _page

    ours = _page(client, path)
    ours()  # the first visit is noted
    floor = _bare(client, path)
    assert ours() == floor(), "the bare view must render the same page"
    ours_ms, floor_ms = _cpu_ms(ours, floor)
    of = f"{work}, {parties:,} parties"
    return [
        Row(f"{of}, beside its bare rendering", ours_ms, floor_ms, "ms", "≤", MOST_TIMES),
        Row(f"{of}, processor", ours_ms, None, "ms", "≤", MOST_MS),
        Row(f"{of}, queries", _queries(ours), None, "", "≤", MOST_QUERIES),
    ]


def _public(parties: int) -> list[Row]:
    """What visitors get, beside the same page made anew for each."""
    from django.core.cache import caches
    from django.test import Client

    client = Client()

    def anew() -> None:
        caches["local"].clear()
        client.get("/")

    kept_ms, anew_ms = median_ms(lambda: client.get("/"), anew, repeats=REPEATS)
    work = f"public home, {parties:,} parties, kept, beside made anew, pages/s"
    return [Row(work, 1000 / kept_ms, 1000 / anew_ms, "/s", "≥", 2)]


def _cpu_ms(*works: Callable[[], object]) -> list[float]:
    """As `median_ms`, in time of the processor: what waits for the database does not count."""
    times: list[list[float]] = [[] for _ in works]
    for _turn in range(REPEATS):
        for work, measured in zip(works, times, strict=True):
            start = time.process_time()
            work()
            measured.append((time.process_time() - start) * 1000)
    return [statistics.median(measured) for measured in times]


def _queries(work: Callable[[], object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


if __name__ == "__main__":
    rows = measure(sys.argv[1] if len(sys.argv) > 1 else "world")
    print(json.dumps([[getattr(row, name) for name in Row.__dataclass_fields__] for row in rows]))
