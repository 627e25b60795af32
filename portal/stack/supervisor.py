"""Starts processes, watches them, and leaves none behind, however it ends itself."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from portal.stack import guard
from portal.stack.children import Child, spawn, tie
from portal.stack.errors import ChildEnded, StackError, StopAsked

POLL_SECONDS = 0.05


def say(text: str) -> None:
    """Print a line; a terminal that was closed meanwhile must not keep us from cleaning up."""
    with suppress(OSError):
        print(text, flush=True)


class Supervisor:
    """The processes of one command. Use it through `supervising()`, from the main thread."""

    def __init__(self, guard_log: Path | None, lock: int | None) -> None:
        self._running: dict[Child, subprocess.Popen[bytes]] = {}
        self._sessions: set[int] = set()
        self._data_folders: set[Path] = set()
        self._stops_asked = 0
        told, self._pipe = os.pipe()
        self._guard = _start_guard(told, guard_log, lock)
        os.close(told)

    def start(self, child: Child) -> None:
        process = spawn(child)
        self._running[child] = process
        self._sessions.add(process.pid)
        self._tell(f"session {process.pid}")

    def start_postgres(self, child: Child, data: Path) -> None:
        self._data_folders.add(data)
        self._tell(f"postgres {data}")
        self.start(child)

    def remove_at_end(self, folder: Path) -> None:
        self._tell(f"remove {folder}")

    def finish(self, *steps: Child) -> None:
        """Run the steps side by side to their end. Raises ChildEnded for the first that fails."""
        for step in steps:
            self.start(step)
        while any(step in self._running for step in steps):
            self._check()
            time.sleep(POLL_SECONDS)

    def exit_code(self, child: Child) -> int:
        """Run one step to its end and return its exit code, shell-style for signals."""
        try:
            self.finish(child)
        except ChildEnded as ended:
            if ended.name != child.name:
                raise
            return ended.returncode if ended.returncode >= 0 else 128 - ended.returncode
        return 0

    def wait_until(self, is_ready: Callable[[], bool], *, what: str, seconds: float) -> None:
        """Raises StackError if `what` is not ready in time."""
        deadline = time.monotonic() + seconds
        while not is_ready():
            self._check()
            if time.monotonic() > deadline:
                raise StackError(f"{what} did not answer within {seconds:.0f} seconds.")
            time.sleep(POLL_SECONDS)

    def watch(self, every: Callable[[], None]) -> None:
        """Watch until a stop is asked for or a child ends; both leave by an exception."""
        while True:
            self._check()
            every()
            time.sleep(POLL_SECONDS * 4)

    def note_signal(self, number: int, frame: FrameType | None) -> None:
        self._stops_asked += 1

    def stop(self) -> None:
        """End the users of the services first, then the services, then whatever they left."""
        for is_service in (False, True):
            self._stop([child for child in self._running if child.is_service == is_service])
        guard.kill(guard.living(self._sessions, self._data_folders))
        os.close(self._pipe)
        self._guard.wait()

    def _check(self) -> None:
        if self._stops_asked:
            raise StopAsked
        if self._guard.poll() is not None:
            raise ChildEnded("the guard", self._guard.returncode, None)
        for child, process in list(self._running.items()):
            if process.poll() is not None:
                self._note_end(child, process)

    def _note_end(self, child: Child, process: subprocess.Popen[bytes]) -> None:
        if process.returncode or not child.is_step:
            raise ChildEnded(child.name, process.returncode, child.log)
        del self._running[child]
        # A session number is free for others once its last process is gone.
        if not guard.living({process.pid}, set()):
            self._sessions.discard(process.pid)
            self._tell(f"forget {process.pid}")

    def _stop(self, children: list[Child]) -> None:
        for child in children:
            self._signal(child)
        asked = time.monotonic()
        stops_before = self._stops_asked
        while waiting := [child for child in children if self._running[child].poll() is None]:
            late = [child for child in waiting if time.monotonic() - asked > child.patience]
            # A second Ctrl-C means that the patience is over.
            if self._stops_asked > stops_before:
                late = waiting
            guard.kill([self._running[child].pid for child in late])
            time.sleep(POLL_SECONDS)

    def _signal(self, child: Child) -> None:
        if self._running[child].poll() is None:
            os.kill(self._running[child].pid, child.stop_signal)

    def _tell(self, line: str) -> None:
        try:
            os.write(self._pipe, f"{line}\n".encode())
        except BrokenPipeError as error:
            raise StackError("The guard process ended, so nothing may be started.") from error


def _start_guard(told: int, log: Path | None, lock: int | None) -> subprocess.Popen[bytes]:
    with (log or Path(os.devnull)).open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-I", guard.__file__],
            stdin=told,
            stdout=output,
            stderr=output,
            cwd="/",
            start_new_session=True,
            pass_fds=() if lock is None else (lock,),
        )


@contextmanager
def supervising(*, log: Path | None = None, lock: int | None = None) -> Iterator[Supervisor]:
    """A supervisor whose processes are all gone when the block is left."""
    supervisor = Supervisor(log, lock)
    _listen(supervisor)
    try:
        yield supervisor
    finally:
        supervisor.stop()


def _listen(supervisor: Supervisor) -> None:
    # A shell starts its background jobs deaf to SIGINT; whoever sends it to us still means it.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, supervisor.note_signal)
    # nohup makes us deaf to SIGHUP, and means that too.
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, supervisor.note_signal)
    if "MAKELEVEL" in os.environ:
        # make dies on its own when it is killed; nobody would tell us.
        tie(signal.SIGTERM)
