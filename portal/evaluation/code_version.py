"""Which program computed a snapshot: the same version gives the same numbers to the last bit."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
PARTS = ("engine", "gathering", "computing")


@cache
def code_version() -> str:
    """SHA-256 of what turns facts into scores: our sources, NumPy's version and the processor's
    architecture, within which arithmetic is the same."""
    digest = hashlib.sha256(f"{np.__version__} {platform.machine()}".encode())
    for part in PARTS:
        for path in sorted((HERE / part).rglob("*.py")):
            digest.update(path.relative_to(HERE).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()
