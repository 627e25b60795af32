import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from portal.stack.guard import living
from portal.stack.paths import ROOT

SERVICES = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")


@dataclass
class Run:
    """A supervisor in a process of its own, and the processes it was seen to start."""

    process: subprocess.Popen[str]
    var: Path
    pids: set[int] = field(default_factory=set)

    def wait_for(self, text: str) -> None:
        assert self.process.stdout
        seen = []
        for line in self.process.stdout:
            seen.append(line)
            if text in line:
                self.pids = descendants(self.process.pid)
                return
        raise AssertionError(f"{text!r} was never printed, but {''.join(seen)}")

    def end(self) -> tuple[int, str]:
        output, _ = self.process.communicate(timeout=20)
        return self.process.returncode, output

    def left_over(self) -> set[int]:
        everyone = {pid for pid in self.pids if is_alive(pid)}
        return everyone | set(living(self.pids, {self.var / "postgres" / "data"}))


Launch = Callable[..., Run]


@pytest.fixture
def var() -> Iterator[Path]:
    """A data folder that PostgreSQL's account can enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="trilink-stack-")).resolve()
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def launch(var: Path) -> Iterator[Launch]:
    runs = []

    def launch(*command: str, services: bool = False, **environment: str) -> Run:
        inherited = {k: v for k, v in os.environ.items() if not services or k not in SERVICES}
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=inherited | {"TRILINK_VAR": str(var)} | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        runs.append(Run(process, var))
        return runs[-1]

    yield launch
    for run in runs:
        run.process.terminate()
        run.process.communicate(timeout=20)


def descendants(pid: int) -> set[int]:
    found = {pid}
    while more := {child for child in _children_of(found) if child not in found}:
        found |= more
    return found - {pid}


def _children_of(parents: set[int]) -> set[int]:
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and parent_of(int(entry.name)) in parents:
            found.add(int(entry.name))
    return found


def parent_of(pid: int) -> int | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return int(fields[1])


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
