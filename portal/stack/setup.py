"""Builds what the checkout lacks: front-end files and compiled translations."""

import runpy

from portal.stack.errors import StackError
from portal.stack.paths import ROOT

BUILDERS = ("frontend", "translations")


def set_up() -> None:
    for name in BUILDERS:
        if (ROOT / "portal" / "stack" / f"{name}.py").exists():
            _build(f"portal.stack.{name}")


def _build(module: str) -> None:
    try:
        # In this process: another interpreter takes half a second, at every start of the site.
        runpy.run_module(module, run_name="__main__")
    except SystemExit as end:
        if end.code:
            raise StackError(f"{module} failed: {end.code}") from end
