"""Builds what the checkout lacks: front-end files and compiled translations."""

from portal.stack.frontend import build_frontend
from portal.stack.paths import ROOT
from portal.stack.supervisor import say
from portal.stack.translations import compile_catalogues


def set_up() -> None:
    did_build = build_frontend()
    say("Front-end files built." if did_build else "Front-end files are up to date.")
    compile_catalogues(ROOT / "locale")
