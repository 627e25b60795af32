"""Which table a planned meeting gets: within a slot tables are alike, so what stays at its time
stays at its table, too, and nobody looks for it elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from matchmaking.fairs.rules import Place
from matchmaking.fairs.selectors import Pair


def tables_kept(found: Mapping[Pair, Place], before: Mapping[Pair, Place]) -> dict[Pair, int]:
    """Of each pair: its table in the plan before if it meets at the same time as then; else the one
    the planner chose, or where that is taken the first that is free."""
    by_slot: Mapping[int, list[Pair]] = defaultdict(list)
    for pair, place in found.items():
        by_slot[place.slot].append(pair)
    tables: dict[Pair, int] = {}
    for slot, pairs in by_slot.items():
        stay = {pair: was.table for pair in pairs if (was := before.get(pair)) and was.slot == slot}
        tables |= stay | _of_the_rest(found, [p for p in pairs if p not in stay], {*stay.values()})
    return tables


def _of_the_rest(
    found: Mapping[Pair, Place], pairs: list[Pair], taken: set[int]
) -> dict[Pair, int]:
    wanted = {pair: found[pair].table for pair in pairs if found[pair].table not in taken}
    free = (n for n in range(len(taken) + len(pairs)) if n not in taken | {*wanted.values()})
    return wanted | {pair: next(free) for pair in pairs if pair not in wanted}
