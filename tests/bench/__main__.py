"""`python -m tests.bench [module …]`: measure, print, and keep the whole table in docs/bench.md."""

import importlib
import os
import pkgutil
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

import tests.bench
from tests.bench import Row

HEADER = ("work", "ours", "floor", "ratio", "to reach", "ok")
TABLE = Path(__file__).parents[2] / "docs" / "bench.md"


def main(chosen: Sequence[str]) -> int:
    rows: list[Row] = []
    for name in chosen or module_names():
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        rows += importlib.import_module(f"tests.bench.{name}").run()
    table = markdown(rows)
    print(table)
    if not chosen:
        TABLE.write_text(f"{preface()}\n\n{table}\n", encoding="utf-8")
    return 0 if all(row.is_ok for row in rows) else 1


def module_names() -> list[str]:
    found = sorted(module.name for module in pkgutil.iter_modules(tests.bench.__path__))
    return [name for name in found if not name.startswith("_")]


def markdown(rows: list[Row]) -> str:
    lines = [HEADER, ("---",) * len(HEADER), *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def preface() -> str:
    return (
        "# Benches\n\n"
        "Written by `python -m tests.bench`. The floor is measured in the same run as ours; only "
        f"the ratio carries over to another machine. This run: {os.cpu_count()} cores, "
        f"{platform.machine()}, Python {platform.python_version()}."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
