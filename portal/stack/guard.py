"""Cleans up behind a supervisor that was killed.

One small process, started by file with only the standard library. It reads lines from a pipe that
nobody but the supervisor holds, so the end of the file means that the supervisor is gone:

    session 123       a process of the stack leads this session
    postgres /path    PostgreSQL works on this data folder (its processes have own sessions)
    remove /path      a throwaway folder, deleted at the end
    forget 123        that session is over; its number may soon be somebody else's

It also holds the lock on the data, so no new run starts before the old one is cleaned up.
"""

import os
import shutil
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

PATIENCE_SECONDS = 10.0
POLL_SECONDS = 0.1
STAT_STATE, STAT_SESSION = 0, 3


def living(sessions: set[int], data_folders: set[Path]) -> list[int]:
    """The pids of all processes in these sessions, and of PostgreSQL in these folders."""
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [pid for pid in pids if _session(pid) in sessions or _is_postgres(pid, data_folders)]


def _session(pid: int) -> int | None:
    """The session of a process; None for one that is gone or only waits to be reaped."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    # The name before the last parenthesis may itself hold spaces and parentheses.
    fields = stat.rpartition(")")[2].split()
    return None if fields[STAT_STATE] in "ZX" else int(fields[STAT_SESSION])


def _is_postgres(pid: int, data_folders: set[Path]) -> bool:
    try:
        name = Path(f"/proc/{pid}/comm").read_text().strip()
        return name == "postgres" and Path(os.readlink(f"/proc/{pid}/cwd")) in data_folders
    except OSError:
        return False


def kill(pids: list[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    told: dict[str, set[str]] = {"session": set(), "postgres": set(), "remove": set()}
    for line in sys.stdin:
        kind, _, value = line.strip().partition(" ")
        if kind == "forget":
            told["session"].discard(value)
        else:
            told[kind].add(value)
    _clean({int(pid) for pid in told["session"]}, {Path(folder) for folder in told["postgres"]})
    for folder in told["remove"]:
        shutil.rmtree(folder, ignore_errors=True)


def _clean(sessions: set[int], data_folders: set[Path]) -> None:
    """Give the processes time to end by the signal of their parent's death, then kill them."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while left := living(sessions, data_folders):
        kill(left if time.monotonic() > deadline else _orphans(sessions))
        time.sleep(POLL_SECONDS)


def _orphans(sessions: set[int]) -> list[int]:
    """Processes whose session's leader is gone: nobody will tell them to end."""
    return living({leader for leader in sessions if _session(leader) is None}, set())


if __name__ == "__main__":
    main()
