"""What an upstream tells of a day against what is here.

Each row of one side is one of the other at most. Rows are paired by their number first; the rest by
order, line, event and phase, the most alike before others; the rest by order, line and amount. Who
is left is missing or extra. The rules are ranks of pairs, so the order of the lists decides nothing
but among rows that say the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Aspect(StrEnum):
    """How the two rows of a pair differ."""

    AMOUNT = "amount"
    STATUS = "status"
    TIMING = "timing"


class Told(NamedTuple):
    """One event as one side tells it; `ref` is which row of that side it is."""

    ref: int
    event_id: str
    order: str
    line: str
    kind: str
    phase: int
    amount: int
    day: date


Pair = tuple[Told, Told]


@dataclass(slots=True)
class Compared:
    pairs: list[Pair] = field(default_factory=list)
    missing: list[Told] = field(default_factory=list)  # told, and not here
    extra: list[Told] = field(default_factory=list)  # here, and not told


def aspects(pair: Pair) -> list[Aspect]:
    """In what the two differ; nothing where they say the same."""
    told, here = pair
    found = []
    if (told.order, told.line, told.kind, told.phase) != (
        here.order,
        here.line,
        here.kind,
        here.phase,
    ):
        found.append(Aspect.STATUS)
    if told.amount != here.amount:
        found.append(Aspect.AMOUNT)
    if told.day != here.day:
        found.append(Aspect.TIMING)
    return found


def compare(told: Sequence[Told], here: Sequence[Told]) -> Compared:
    found = Compared(missing=sorted(told, key=_place), extra=sorted(here, key=_place))
    for keys in ROUNDS:
        for key in keys:
            _pair(found, key)
    return found


def _pair(found: Compared, key: Callable[[Told], Hashable]) -> None:
    """Those of both sides with the same key, one by one in their order; a key of None is none."""
    waiting: dict[Hashable, list[Told]] = defaultdict(list)
    for one in found.extra:
        if (value := key(one)) is not None:
            waiting[value].append(one)
    for ones in waiting.values():
        ones.reverse()
    missing, taken = [], set[int]()
    for one in found.missing:
        value = key(one)
        if value is not None and waiting.get(value):
            other = waiting[value].pop()
            found.pairs.append((one, other))
            taken.add(other.ref)
        else:
            missing.append(one)
    found.missing = missing
    found.extra = [one for one in found.extra if one.ref not in taken]


def _place(one: Told) -> tuple[object, ...]:
    return (one.order, one.line, one.kind, one.phase, one.day, one.amount, one.event_id, one.ref)


def _number(one: Told) -> Hashable:
    return one.event_id or None


def _said(*names: str) -> Callable[[Told], Hashable]:
    return lambda one: tuple(getattr(one, name) for name in names)


EVENT = ("order", "line", "kind", "phase")
ROUNDS: Iterable[Sequence[Callable[[Told], Hashable]]] = (
    (_number,),
    (
        _said(*EVENT, "amount", "day"),
        _said(*EVENT, "amount"),
        _said(*EVENT, "day"),
        _said(*EVENT),
    ),
    (_said("order", "line", "amount", "day"), _said("order", "line", "amount")),
)
