"""From a file to a file: what the command `plan_meetings` does, without a database."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from portal.core.textfiles.handed_in import open_files, read_json, write_whole

from .fair import Fair, Plan
from .planning import plan
from .reading import parse_fair


def plan_files(instance: Path, out: Path) -> Plan:
    """Writes the plan. Raises Refused before anything is written for files that cannot be opened or
    are no fair, and Clash or NotFound where there is no plan."""
    start = time.perf_counter()
    raw = open_files({"instance": instance}, out)
    with _uncollected():
        fair = _read(instance, raw["instance"])
    found = plan(fair)
    write_whole(out, plan_pieces(fair, found, time.perf_counter() - start))
    return found


@contextmanager
def _uncollected() -> Iterator[None]:
    """A million objects are made and none is garbage: looking for it takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(path: Path, raw: bytes) -> Fair:
    """Python's own reader is many times as fast as ours, but does not say where anything stands: if
    it or the fair's finds fault, ours reads again."""
    try:
        return parse_fair(
            json.loads(
                raw.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_no_constant
            )
        )
    except (ValueError, RecursionError):  # FairFaults are such errors, too
        return read_json(path, raw, parse_fair)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is there twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def plan_pieces(fair: Fair, found: Plan, seconds: float) -> Iterator[str]:
    """The text of plan.json, bit by bit: a line for each meeting."""
    left = [_text(one) for one in fair.left.ids]
    right = [_text(one) for one in fair.right.ids]
    yield '{\n"meetings": ['
    before = "\n"
    for one in found.meetings:
        yield (
            f'{before}{{"left": {left[one.left]}, "right": {right[one.right]}, '
            f'"slot": {one.slot}, "table": {one.table}}}'
        )
        before = ",\n"
    yield "\n]"
    rest = {
        "value": found.value,
        "upper_bound": found.upper_bound,
        "gap": found.gap,
        "shortfall_bound": found.shortfall_bound,
        **({} if found.gini is None else {"gini": found.gini}),
        "unmet": [one._asdict() for one in found.unmet],
        "seconds": round(seconds, 3),
    }
    for key, value in rest.items():
        yield f",\n{_text(key)}: {_text(value)}"
    yield "\n}\n"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
