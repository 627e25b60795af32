"""Shows on the terminal what the site logs as an error, so that nobody has to watch files."""

import json
from pathlib import Path

from portal.stack.supervisor import say

LEVELS = {"ERROR", "CRITICAL"}


class Complaints:
    """Follows log files from their present end."""

    def __init__(self, *logs: Path) -> None:
        self._positions = {log: _size(log) for log in logs}

    def show(self) -> None:
        for log in self._positions:
            for line in self._new_lines(log):
                if is_complaint(line):
                    say(f"{log.stem} | {line}")

    def _new_lines(self, log: Path) -> list[str]:
        start, size = self._positions[log], _size(log)
        if size <= start:
            self._positions[log] = size
            return []
        with log.open("rb") as file:
            file.seek(start)
            text = file.read(size - start)
        # A line still being written is left for the next time.
        whole, _, _ = text.rpartition(b"\n")
        self._positions[log] = start + len(whole) + (1 if whole else 0)
        return whole.decode(errors="replace").splitlines()


def is_complaint(line: str) -> bool:
    """A record of level ERROR, as JSON or as plain text, or the head of a traceback."""
    try:
        record = json.loads(line)
    except ValueError:
        return line.startswith("Traceback") or any(f"{level}" in line for level in LEVELS)
    return isinstance(record, dict) and record.get("level", record.get("levelname")) in LEVELS


def _size(log: Path) -> int:
    return log.stat().st_size if log.exists() else 0
