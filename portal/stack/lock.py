"""One run per data folder: a lock that ends with the processes that hold it."""

import fcntl
import os
import time
from pathlib import Path

from portal.stack.errors import StackError

CLEANUP_SECONDS = 15.0
POLL_SECONDS = 0.2


def hold(path: Path) -> int:
    """Take the lock and write our pid into it. Returns the file descriptor to keep open."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + CLEANUP_SECONDS
    while not _try_lock(descriptor):
        holder = _read_pid(descriptor)
        # A dead holder means that its guard still cleans up, which takes seconds at most.
        if _is_alive(holder) or time.monotonic() > deadline:
            os.close(descriptor)
            raise StackError(
                f"Trilink is already running: process {holder} holds the data in {path.parent}. "
                f"Stop it first (kill {holder})."
            )
        time.sleep(POLL_SECONDS)
    os.truncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    return descriptor


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read_pid(descriptor: int) -> int:
    return int(os.pread(descriptor, 20, 0) or b"0")


def _is_alive(pid: int) -> bool:
    return pid > 0 and Path(f"/proc/{pid}").exists()
