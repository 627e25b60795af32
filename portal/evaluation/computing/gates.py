"""Who is under which gate. The parts that confirm violations stand above this one and say so:

register_gates(lambda ends_on: {party_id: ["severe"]})
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

GateSource = Callable[[date], Mapping[int, Iterable[str]]]
_sources: list[GateSource] = []


def register_gates(source: GateSource) -> GateSource:
    """`source` answers for the end of a day, and the same whenever it is asked again: snapshots
    are recomputed."""
    _sources.append(source)
    return source


def gates_on(ends_on: date) -> dict[int, list[str]]:
    """Party → the codes of its gates, each once, sorted."""
    found: dict[int, set[str]] = {}
    for source in _sources:
        for party_id, codes in source(ends_on).items():
            found.setdefault(party_id, set()).update(codes)
    return {party_id: sorted(codes) for party_id, codes in found.items() if codes}
