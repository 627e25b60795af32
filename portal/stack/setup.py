"""Builds what the checkout lacks: front-end files and compiled translations."""

import subprocess
import sys

from portal.stack.errors import StackError
from portal.stack.paths import ROOT

BUILDERS = ("frontend", "translations")


def set_up() -> None:
    for name in BUILDERS:
        if (ROOT / "portal" / "stack" / f"{name}.py").exists():
            _build(name)


def _build(name: str) -> None:
    module = f"portal.stack.{name}"
    done = subprocess.run([sys.executable, "-m", module], cwd=ROOT, check=False)
    if done.returncode:
        raise StackError(f"make setup failed in {module} (exit code {done.returncode}).")
