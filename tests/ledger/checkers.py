"""Programs that are not ours, which check books that were taken out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from django.core.management import call_command

BEAN_CHECK = (sys.executable, "-m", "beancount.scripts.check")  # a moved folder breaks its script


def written(folder: Path, form: str) -> Path:
    path = folder / f"books.{form}"
    call_command("export_books", form, out=path)
    return path


def run(program: str | Path, *arguments: object) -> str:
    found = shutil.which(str(program))
    assert found, f"{program} is missing: `make test` installs it, see CONTRIBUTING.md"
    done = subprocess.run([found, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def accept(folder: Path) -> None:
    """hledger, strictly, and Beancount: balanced, and every account as the site has it."""
    run("hledger", "-f", written(folder, "hledger"), "check", "--strict")
    run(*BEAN_CHECK, written(folder, "beancount"))
