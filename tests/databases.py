"""Databases of tests, copied from one that was migrated once: migrating takes half a minute.

The processes of one run share the template. On a server of your own it stays for the next run, one
for each state of the migrations; `DROP DATABASE` is all it takes to be rid of it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections
from django.test.utils import setup_databases

from tests.parallel import PROCESS

ROOT = Path(__file__).parents[1]
MAKING = 20_261_123  # whoever holds this advisory lock makes the template
ALIASES = frozenset({"default", "owner"})


def make_databases() -> Any:
    """A migrated database of this process's own; what `teardown_databases` wants."""
    template = f"trilink_template_{_fingerprint()}"
    with _alone() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        if not cursor.fetchone():
            _migrate(f"{template}_unfinished")
            cursor.execute(f"ALTER DATABASE {template}_unfinished RENAME TO {template}")
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:8]
    return _set_up(f"test_trilink_{run}_{PROCESS or 'alone'}", TEMPLATE=template)


def _fingerprint() -> str:
    """Changes with what the migrations say: not when they were written, not where they are."""
    digest = hashlib.sha256()
    found = [
        p
        for app in ("portal", "matchmaking", "training")
        for p in (ROOT / app).glob("*/migrations/*.py")
    ]
    for path in sorted([*found, ROOT / "portal/core/database.py", ROOT / "requirements/dev.txt"]):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _alone() -> Iterator[Any]:
    with connections["owner"]._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MAKING])
        yield cursor  # the end of the session frees the lock


def _migrate(name: str) -> None:
    for _, before, _ in _set_up(name):
        connections["default"].close()  # the mirror's session would keep the database in use
        connections["owner"].close()
        connections["owner"].settings_dict["NAME"] = before
        connections["default"].settings_dict["NAME"] = before


def _set_up(name: str, **options: str) -> Any:
    for one in connections.all():
        one.settings_dict["TEST"] |= {"NAME": name, **options}
    return setup_databases(verbosity=0, interactive=False, aliases=ALIASES, serialized_aliases=())
