"""One process of the stack: how it is described, started and ended."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.stack.account import Account, as_account
from portal.stack.errors import StackError
from portal.stack.paths import ROOT

PR_SET_PDEATHSIG = 1
LOG_BYTES = 20_000_000

# Loaded here because between fork and exec nothing may be imported or allocated at leisure.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True, eq=False)
class Child:
    """What to start. `patience` is the time in seconds from `stop_signal` to SIGKILL."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    log: Path | None = None  # None: the terminal's own input and output
    account: Account | None = None
    folder: Path = ROOT
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 10.0
    is_service: bool = False  # stopped after everything that uses it
    is_step: bool = False  # may end, with exit code 0


def spawn(child: Child) -> subprocess.Popen[bytes]:
    """Start the child in a session of its own; it gets `stop_signal` when this process dies."""
    log = _open_log(child.log)
    try:
        return subprocess.Popen(
            child.command,
            cwd=child.folder,
            env=dict(child.environment),
            stdin=None if log is None else subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=_leash(os.getpid(), child.stop_signal),
            **as_account(child.account),
        )
    except OSError as error:
        raise StackError(f"{child.name} could not be started: {error}") from error
    finally:
        if log is not None:
            os.close(log)


def _leash(parent: int, stop_signal: signal.Signals) -> Callable[[], None]:
    def tie_to_parent() -> None:
        tie(stop_signal)
        # The parent may have died before the signal was asked for.
        if os.getppid() != parent:
            os._exit(1)

    return tie_to_parent


def tie(stop_signal: signal.Signals) -> None:
    """Ask the kernel to send this process the signal when its parent dies."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, int(stop_signal))


def _open_log(log: Path | None) -> int | None:
    if log is None:
        return None
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    return os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
