"""`python -m portal.stack test`: services of its own, gone afterwards."""

import json
import signal
import tempfile
from pathlib import Path

from tests.stack.conftest import Launch
from tests.stack.test_supervisor import assert_nothing_left

STACK = ("-m", "portal.stack", "test", "--")
LOOK = """
import json, os, psycopg
owner = psycopg.connect(os.environ["DATABASE_OWNER_URL"])
app = psycopg.connect(os.environ["DATABASE_URL"])
print(json.dumps({
    "roles": [owner.info.user, app.info.user],
    "trigrams": app.execute("SELECT cardinality(show_trgm('中文字'))").fetchone()[0],
    "mode": os.environ["TRILINK_ENV"],
    "folder": app.info.host,
}))
raise SystemExit(3)
"""


def test_command_gets_services_and_its_exit_code_is_kept(launch: Launch) -> None:
    code, output = launch(*STACK, "python", "-W", "ignore", "-c", LOOK, services=True).end()

    seen = json.loads(output)
    assert code == 3
    assert seen["roles"] == ["trilink_owner", "trilink_app"]
    assert seen["trigrams"] > 0
    assert seen["mode"] == "test"
    assert not Path(seen["folder"]).parent.parent.exists()


def test_kill_leaves_neither_process_nor_folder(launch: Launch) -> None:
    program = "import os, time; print(os.environ['REDIS_URL'], flush=True); time.sleep(1000)"
    before = throwaway_folders()
    run = launch(*STACK, "python", "-c", program, services=True)
    run.wait_for("unix://")

    made = throwaway_folders() - before
    run.process.kill()
    run.process.wait()

    assert made
    assert_nothing_left(run, seconds=10)
    assert not made & throwaway_folders()


def test_stop_is_no_success(launch: Launch) -> None:
    run = launch(*STACK, "python", "-c", "import time; print('on', flush=True); time.sleep(1000)")
    run.wait_for("on")

    run.process.send_signal(signal.SIGINT)

    assert run.end()[0] == 130


def test_half_a_configuration_is_refused(launch: Launch) -> None:
    run = launch(*STACK, "true", services=True, DATABASE_URL="postgresql://localhost/trilink")

    code, output = run.end()

    assert code == 1
    assert "Set both DATABASE_URL" in output


def throwaway_folders() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("trilink-*"))
