"""Whether the embedded database is as the last start left it: migrating takes seconds each time."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg

from portal.stack.account import database_account
from portal.stack.paths import ROOT, database_home
from portal.stack.stamps import fingerprint_of
from portal.stack.static import APPS

# Tables made, dropped, emptied or restored by hand, and migrations applied or taken back.
STATE = """
    SELECT md5(string_agg(format('%s %s', oid, relfilenode), ',' ORDER BY oid)),
           (SELECT md5(string_agg(format('%s %s', app, name), ',' ORDER BY id))
            FROM django_migrations)
    FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""


def stamp_of(var: Path) -> Path | None:
    """Beside the data, so that it goes with it. None for a database that is not ours to judge."""
    if "DATABASE_URL" in os.environ:
        return None
    return database_home(var, database_account()) / "prepared"


def is_prepared(stamp: Path | None, environment: Mapping[str, str]) -> bool:
    """Whether migrations and reference data were loaded from these files into this database."""
    if stamp is None or not stamp.exists():
        return False
    return stamp.read_text() == f"{inputs()}\n{_state(environment)}\n"


def write_stamp(stamp: Path | None, read: str, environment: Mapping[str, str]) -> None:
    """Note success. `read`: the `inputs()` from before the steps began."""
    if stamp:
        stamp.write_text(f"{read}\n{_state(environment)}\n")


def inputs() -> str:
    """Changes with the migrations, the reference data and whatever package brings its own."""
    return fingerprint_of(_inputs())


def _inputs() -> Iterator[Path]:
    yield ROOT / "requirements" / "dev.txt"
    yield from sorted((ROOT / "portal" / "settings").glob("*.py"))
    for app in APPS:
        yield from (ROOT / app).glob("*/migrations/*.py")
    for pattern in ("reference*", "staff*"):
        for found in (ROOT / "portal" / "parties").glob(pattern):
            yield from _files(found)


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    else:
        yield from (p for p in path.rglob("*") if p.is_file() and p.suffix != ".pyc")


def _state(environment: Mapping[str, str]) -> str:
    with psycopg.connect(environment["DATABASE_OWNER_URL"], connect_timeout=2) as connection:
        try:
            row = connection.execute(STATE).fetchone()
        except psycopg.errors.UndefinedTable:
            return "empty"
    return " ".join(map(str, row or ()))
