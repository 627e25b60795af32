"""Whether the static files have to be collected again: that takes seconds at every start."""

from collections.abc import Iterator
from pathlib import Path

from portal.stack.paths import ROOT
from portal.stack.stamps import fingerprint_of

COLLECTED = ROOT / "staticfiles" / "staticfiles.json"
APPS = ("portal", "matchmaking", "training")


def fingerprint() -> str:
    """Changes with any of our own static files, with the packages and with the settings."""
    return fingerprint_of(_inputs())


def is_collected(stamp: Path) -> bool:
    return COLLECTED.exists() and stamp.exists() and stamp.read_text() == fingerprint()


def _inputs() -> Iterator[Path]:
    yield ROOT / "requirements" / "dev.txt"
    yield from sorted((ROOT / "portal" / "settings").glob("*.py"))
    folders = [ROOT / "static", *(found for app in APPS for found in (ROOT / app).glob("*/static"))]
    for folder in folders:
        yield from (path for path in folder.rglob("*") if path.is_file())
