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
                if text := complaint(line):
                    say(f"{log.stem} | {text}")

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


def complaint(line: str) -> str | None:
    """What to show of a log line: errors, logged as JSON or as plain text; None for the rest."""
    try:
        record = json.loads(line)
    except ValueError:
        is_error = line.startswith("Traceback") or any(level in line for level in LEVELS)
        return line if is_error else None
    if not isinstance(record, dict) or record.get("level") not in LEVELS:
        return None
    return "\n".join(str(record[name]) for name in ("message", "exc_info") if record.get(name))


def _size(log: Path) -> int:
    return log.stat().st_size if log.exists() else 0
