"""What goes wrong in the stack, as sentences a person can act on."""

from pathlib import Path

TAIL_LINES = 20


class StackError(Exception):
    """The command cannot go on; the message says why and what to do."""


class StopAsked(Exception):
    """Somebody pressed Ctrl-C, closed the terminal or sent SIGTERM."""


class ChildEnded(StackError):
    """A process of the stack ended, or a step failed."""

    def __init__(self, name: str, returncode: int, log: Path | None) -> None:
        self.name = name
        self.returncode = returncode
        super().__init__(f"{name} ended with {_outcome(returncode)}.{_excerpt(log)}")


def _outcome(returncode: int) -> str:
    return f"signal {-returncode}" if returncode < 0 else f"exit code {returncode}"


def _excerpt(log: Path | None) -> str:
    if log is None or not log.exists():
        return ""
    last = log.read_text(errors="replace").splitlines()[-TAIL_LINES:]
    lines = "".join(f"\n  | {line}" for line in last)
    return f" Its log is {log}{', which ends:' if lines else '.'}{lines}"
