"""Codes on scans and photos of papers, and pages of a PDF without what is said about it."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path

log = logging.getLogger(__name__)

READER = Path(__file__).with_name("scanned.py")
STRIPPER = Path(__file__).with_name("stripping.py")
SECONDS = 30


def read_codes(content: bytes) -> list[str]:
    """Texts of the QR codes on a picture, or on the last pages of a PDF; none where nothing can be
    read, whatever the reason."""
    said, _is_whole = _told_by(READER, content)
    return [json.loads(line) for line in said.decode().splitlines()]


def pages_alone(content: bytes) -> bytes | None:
    """A PDF's pages without its author, title and dates; None where it cannot be read."""
    said, is_whole = _told_by(STRIPPER, content)
    return said if is_whole and said.startswith(b"%PDF-") else None


def _told_by(program: Path, content: bytes) -> tuple[bytes, bool]:
    """What it wrote, nothing where it took too long; and whether it came to its end."""
    command = [sys.executable, "-I", "-W", "ignore", str(program)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell
            command, input=content, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        log.warning("a paper took too long to read")
        return b"", False
    if done.returncode:
        log.warning("a paper could not be read", extra={"status": done.returncode})
    return done.stdout, done.returncode == 0
