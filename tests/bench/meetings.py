"""Planning the meetings of a fair: 12 slots, a table for each brand.

The floor is what no plan of this kind does without: OR-Tools' flow over the same pairs and a
colouring of what it takes, with no minimums, no checks and no bounds. With absence there is no such
floor: the row says how near to its bound a plan is. Times are those of the processor, as all of it
runs in one thread: other work on the machine does not count. Cost grows with the pairs, times the
slots and the rounds (about ten) where somebody is absent.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from ortools.graph.python import min_cost_flow

from matchmaking.engine.meetings import Fair, parse_fair, plan
from matchmaking.engine.meetings.colouring import colour
from tests.bench import Row

Made = TypeVar("Made")
SLOTS = 12
SIZES = ((60, 130, 2_000), (600, 1_300, 84_000), (6_000, 13_000, 841_000))


def run() -> list[Row]:
    rows = [row for size in SIZES for row in only_caps(*size)]
    rows += whole(*SIZES[-1])
    for size, seconds in (((120, 260, 8_000), 5), (SIZES[1], 30)):
        rows += with_absence(*size, seconds=seconds)
    return rows


def document(
    lefts: int, rights: int, pairs: int, *, absent: float = 0, fixed: int = 0, least: int = 0
) -> dict[str, object]:
    random = np.random.default_rng(1)
    keys = random.permutation(np.unique(random.integers(0, lefts * rights, pairs * 5 // 4)))[:pairs]
    values = random.integers(1, 1001, len(keys))
    couples = [(f"b{key // rights}", f"c{key % rights}") for key in keys.tolist()]
    sides: dict[str, list[dict[str, Any]]] = {
        side: [
            {
                "id": f"{letter}{at}",
                "min": least,
                "unavailable": np.flatnonzero(random.random(SLOTS) < absent).tolist(),
            }
            for at in range(count)
        ]
        for side, letter, count in (("left", "b", lefts), ("right", "c", rights))
    }
    everybody = [*sides["left"], *sides["right"]]
    away = {(one["id"], slot) for one in everybody for slot in one["unavailable"]}
    stand: list[dict[str, object]] = []
    for left, right in couples:
        slot = len(stand) % SLOTS
        if len(stand) == fixed:
            break
        if not away & {(left, slot), (right, slot)}:
            away |= {(left, slot), (right, slot)}
            stand.append({"left": left, "right": right, "slot": slot})
    return {
        "slots": SLOTS,
        "tables": lefts,
        **sides,
        "pairs": [
            {"left": left, "right": right, "value": value}
            for (left, right), value in zip(couples, values.tolist(), strict=True)
        ],
        "fixed": stand,
        "seed": 1,
    }


def only_caps(lefts: int, rights: int, pairs: int) -> list[Row]:
    fair = parse_fair(document(lefts, rights, pairs))
    ours, found = seconds_of(lambda: plan(fair))
    floor, most = seconds_of(lambda: flow_and_colours(fair))
    work = f"plan {lefts:,} × {rights:,}, {pairs:,} pairs, only caps"
    # A small fair costs its checks and reports, not its flow: an absolute figure says more.
    time_row = (floor, 3) if pairs > 10_000 else (None, 0.5)
    return [
        Row(work, ours, time_row[0], "s", "≤", time_row[1]),
        Row("… value, against the optimum", found.value, most, "", "≥", 1),
    ]


def with_absence(lefts: int, rights: int, pairs: int, *, seconds: float) -> list[Row]:
    fair = parse_fair(document(lefts, rights, pairs, absent=0.2, fixed=lefts // 2, least=3))
    ours, found = seconds_of(lambda: plan(fair))
    work = f"plan {lefts:,} × {rights:,}, {pairs:,} pairs, 20% absent, minimums, fixed meetings"
    return [
        Row(work, ours, None, "s", "≤", seconds),
        Row("… value, against its proven bound", found.value, found.upper_bound, "", "≥", 0.999),
    ]


def whole(lefts: int, rights: int, pairs: int) -> list[Row]:
    """From file to file, Python and Django starting included."""
    with tempfile.TemporaryDirectory() as folder:
        instance, out = Path(folder, "fair.json"), Path(folder, "plan.json")
        instance.write_text(json.dumps(document(lefts, rights, pairs)), encoding="utf-8")
        command = [sys.executable, "manage.py", "plan_meetings"]
        command += ["--instance", str(instance), "--out", str(out)]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        environment = os.environ | {"TRILINK_ENV": "test"}
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        ours = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    fair = parse_fair(document(lefts, rights, pairs))
    alone, _ = seconds_of(lambda: plan(fair))
    return [
        Row(f"… the engine alone at {lefts:,} × {rights:,}", alone, None, "s", "≤", 3),
        Row(f"… the whole command at {lefts:,} × {rights:,}", ours, None, "s", "≤", 10),
    ]


def seconds_of(work: Callable[[], Made]) -> tuple[float, Made]:
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


def flow_and_colours(fair: Fair) -> int:
    """The value of the most valuable set of pairs, laid on slots."""
    graph = min_cost_flow.SimpleMinCostFlow()
    lefts, rights = len(fair.left), len(fair.right)
    left, right = fair.pair_left, fair.pair_right
    total = min(fair.tables, lefts) * fair.slots
    arcs = graph.add_arcs_with_capacity_and_unit_cost(
        2 + left, 2 + lefts + right, np.ones_like(left), -fair.values.astype(np.int64)
    )
    for nodes, tail in ((2 + np.arange(lefts), 0), (2 + lefts + np.arange(rights), None)):
        hub = np.full(len(nodes), 1 if tail is None else tail)
        ends = (nodes, hub) if tail is None else (hub, nodes)
        caps = np.full(len(nodes), fair.slots)
        graph.add_arcs_with_capacity_and_unit_cost(*ends, caps, np.zeros_like(caps))
    graph.add_arc_with_capacity_and_unit_cost(0, 1, total, 0)
    graph.set_nodes_supplies([0, 1], [total, -total])
    assert graph.solve() == graph.OPTIMAL
    chosen = graph.flows(arcs) > 0
    colour(left[chosen], right[chosen], (lefts, rights), fair.slots)
    return -graph.optimal_cost()
