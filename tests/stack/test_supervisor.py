"""Real processes are started and killed; what counts is that none is left."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portal.stack.paths import ROOT
from tests.stack.conftest import Launch, Run, descendants, is_alive, parent_of

SITE = ("-m", "tests.stack.dummy_site")
SERVICES_AND_DUMMY = 5  # guard, Valkey, PostgreSQL, the dummy and its child, at the least


def assert_nothing_left(run: Run, *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while left := run.left_over():
        assert time.monotonic() < deadline, f"{left} still run after {seconds} seconds"
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stop_ends_every_process(launch: Launch, number: signal.Signals) -> None:
    run = launch(*SITE, "ordinary", services=True)
    run.wait_for("ready")
    assert len(run.pids) >= SERVICES_AND_DUMMY

    run.process.send_signal(number)

    assert run.end() == (0, "")
    assert_nothing_left(run, seconds=0)
    assert "database system is shut down" in (run.var / "log" / "postgres.log").read_text()


def test_kill_of_supervisor_ends_every_process(launch: Launch) -> None:
    run = launch(*SITE, "ordinary", services=True)
    run.wait_for("ready")
    assert len(run.pids) >= SERVICES_AND_DUMMY

    run.process.kill()
    run.process.wait()

    assert_nothing_left(run, seconds=10)


def test_kill_of_supervisor_ends_a_process_deaf_to_its_signal(launch: Launch) -> None:
    run = launch(*SITE, "stubborn")
    run.wait_for("ready")

    run.process.kill()
    run.process.wait()

    assert_nothing_left(run, seconds=15)


def test_second_stop_does_not_wait_for_the_deaf(launch: Launch) -> None:
    run = launch(*SITE, "stubborn")
    run.wait_for("ready")

    run.process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    assert run.process.poll() is None
    run.process.send_signal(signal.SIGINT)
    run.process.wait(timeout=3)

    assert_nothing_left(run, seconds=0)


def test_kill_of_make_ends_every_process(launch: Launch) -> None:
    program = f"import subprocess; subprocess.run({[sys.executable, *SITE, 'ordinary']!r})"
    run = launch("-c", program, MAKELEVEL="1")
    run.wait_for("ready")

    run.process.kill()
    run.process.wait()

    assert_nothing_left(run, seconds=5)


def test_closed_terminal_ends_every_process(var: Path) -> None:
    ours, theirs = os.openpty()
    terminal = subprocess.Popen(
        ["setsid", "--ctty", sys.executable, *SITE, "ordinary"],
        cwd=ROOT,
        env=os.environ | {"TRILINK_VAR": str(var)},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        text=True,
    )
    os.close(theirs)
    while b"ready" not in os.read(ours, 1000):
        pass
    run = Run(terminal, var, descendants(terminal.pid))

    os.close(ours)

    assert terminal.wait(timeout=20) == 0
    assert_nothing_left(run, seconds=0)


def test_end_of_a_process_stops_all_and_says_which(launch: Launch) -> None:
    run = launch(*SITE, "failing", services=True)

    code, output = run.end()

    assert code == 1
    assert f"dummy ended with exit code 7. Its log is {run.var}/log/dummy.log" in output
    assert "| out of paper" in output
    assert_nothing_left(run, seconds=0)


def test_kill_of_a_service_stops_all_and_says_which(launch: Launch) -> None:
    run = launch(*SITE, "ordinary", services=True)
    run.wait_for("ready")
    # Not one of the server's own children: it would recover from the loss of those.
    children = [pid for pid in run.pids if parent_of(pid) == run.process.pid]
    server = next(pid for pid in children if name_of(pid) == "postgres")

    os.kill(server, signal.SIGKILL)

    code, output = run.end()
    assert code == 1
    assert "PostgreSQL ended with signal 9" in output
    assert_nothing_left(run, seconds=0)


def test_second_run_names_the_holder(launch: Launch) -> None:
    first = launch(*SITE, "ordinary")
    first.wait_for("ready")

    code, output = launch(*SITE, "ordinary").end()

    assert code == 1
    assert f"process {first.process.pid} holds the data in {first.var}" in output
    assert is_alive(first.process.pid)


def test_run_after_a_kill_waits_for_the_cleaning(launch: Launch) -> None:
    killed = launch(*SITE, "ordinary", services=True)
    killed.wait_for("ready")
    killed.process.kill()
    killed.process.wait()

    run = launch(*SITE, "ordinary", services=True)
    run.wait_for("ready")

    assert killed.left_over() <= run.pids | {run.process.pid}


def name_of(pid: int) -> str:
    return Path(f"/proc/{pid}/comm").read_text().strip()
