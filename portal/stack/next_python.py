"""Finds the newest Python of this machine and gives it an environment: `make test ALL=1`."""

import os
import subprocess
import sys
from pathlib import Path

NEWEST_FIRST = ("3.14", "3.13", "3.12")


def find_python() -> str | None:
    """The newest interpreter that really starts: pyenv's shims are there without one behind."""
    return next(
        (path for name in NEWEST_FIRST for path in _candidates(name) if _starts(path)), None
    )


def _candidates(version: str) -> list[str]:
    folders = [Path(folder) for folder in os.environ["PATH"].split(os.pathsep) if folder]
    folders.append(Path.home() / ".local" / "bin")  # where uv puts its own
    folders += sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin"), reverse=True)
    found = [folder / f"python{version}" for folder in folders]
    return [str(path) for path in found if path.exists()]


def _starts(path: str) -> bool:
    return subprocess.run([path, "-c", ""], check=False, capture_output=True).returncode == 0


def main(venv: str, lock: str) -> int:
    python = find_python()
    if python is None:
        print(
            "make test ALL=1 needs Python 3.12 or newer. Install one, for example:\n"
            f"  .venv/bin/uv python install {NEWEST_FIRST[0]}",
            file=sys.stderr,
        )
        return 1
    print(f"Again with {python} and the newest Django", flush=True)
    return subprocess.run([python, "portal/stack/venv.py", venv, lock], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
