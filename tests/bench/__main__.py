"""`python -m tests.bench [module …]`: measure, print, keep each table in docs/bench.md."""

import importlib
import os
import pkgutil
import platform
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import tests.bench
from tests.bench import Row

HEADER = ("work", "ours", "floor", "ratio", "to reach", "ok")
KEPT = Path(__file__).parents[2] / "docs" / "bench.md"
PREFACE = """# Benches

Written by `make bench`, a part for each module of `tests/bench/`; `make bench ARGS=ranking`
measures one and leaves the rest. The floor is measured in the same run as ours; only the ratio
carries over to another machine.
"""


def main(chosen: Sequence[str]) -> int:
    parts = kept_parts(KEPT.read_text(encoding="utf-8"))
    are_ok = True
    for name in chosen or module_names():
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        rows = importlib.import_module(f"tests.bench.{name}").run()
        parts[name] = f"{machine()}\n\n{markdown(rows)}\n"
        print(parts[name], flush=True)
        keep({name: parts[name] for name in sorted(parts)})
        are_ok &= all(row.is_ok for row in rows)
    return 0 if are_ok else 1


def module_names() -> list[str]:
    found = sorted(module.name for module in pkgutil.iter_modules(tests.bench.__path__))
    return [name for name in found if not name.startswith("_")]


def kept_parts(text: str) -> dict[str, str]:
    """What docs/bench.md says of each module that still exists."""
    _preface, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    split = (part.partition("\n\n") for part in parts)
    return {name: body.strip() + "\n" for name, _gap, body in split if name in module_names()}


def keep(parts: dict[str, str]) -> None:
    KEPT.write_text("\n".join([PREFACE, *(f"## {n}\n\n{b}" for n, b in parts.items())]), "utf-8")


def markdown(rows: list[Row]) -> str:
    lines = [HEADER, ("---",) * len(HEADER), *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def machine() -> str:
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.machine()}, "
        f"Python {platform.python_version()}."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
