"""Whether a plan keeps every rule: written apart from what makes plans, as plainly as can be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from .fair import Fair, Hall, Meeting, Side, among


class BrokenRule(AssertionError):
    """A plan that must not be used."""


def check_plan(fair: Fair, meetings: Sequence[Meeting]) -> None:
    """Raises BrokenRule, which names every rule and where it is broken."""
    broken = [
        *_pairs(fair, meetings),
        *_places(fair, meetings),
        *_parties("left", fair.left, [(one.left, one.slot) for one in meetings]),
        *_parties("right", fair.right, [(one.right, one.slot) for one in meetings]),
        *_halls(fair, meetings),
        *_fairness(fair, meetings),
    ]
    if broken:
        raise BrokenRule("\n".join(broken))


def _pairs(fair: Fair, meetings: Sequence[Meeting]) -> Iterator[str]:
    met = Counter((one.left, one.right) for one in meetings)
    fixed = {(one.left, one.right) for one in fair.fixed}
    keys = np.array([fair.key(*pair) for pair in met], np.int64)
    listed = among(keys, fair.keys()).tolist()
    forbidden = set(fair.forbidden)
    for (pair, times), is_listed in zip(met.items(), listed, strict=True):
        if pair in forbidden or not (is_listed or pair in fixed):
            yield f"{pair} may not meet"
        if times > 1:
            yield f"{pair} meets {times} times"
    held = {(one.left, one.right, one.slot) for one in meetings}
    yield from (f"fixed {tuple(one)} is missing" for one in fair.fixed if tuple(one) not in held)
    musts = fair.pair_left[fair.musts].tolist(), fair.pair_right[fair.musts].tolist()
    yield from (f"must {pair} is missing" for pair in zip(*musts, strict=True) if pair not in met)


def _places(fair: Fair, meetings: Sequence[Meeting]) -> Iterator[str]:
    taken = Counter((one.slot, one.table) for one in meetings)
    for (slot, table), times in taken.items():
        if not 0 <= slot < fair.slots or slot in fair.breaks:
            yield f"slot {slot} is not open"
        if not 0 <= table < fair.tables:
            yield f"there is no table {table}"
        if times > 1:
            yield f"table {table} in slot {slot} has {times} meetings"


def _parties(name: str, side: Side, held: Sequence[tuple[int, int]]) -> Iterator[str]:
    absent, most = side.absent.tolist(), side.most.tolist()
    for (party, slot), times in Counter(held).items():
        if times > 1:
            yield f"{name} {party} is in {times} places in slot {slot}"
        if absent[party][slot]:
            yield f"{name} {party} is unavailable in slot {slot}"
    for party, count in Counter(party for party, _ in held).items():
        if count > most[party]:
            yield f"{name} {party} has {count} meetings"


def hall_of(fair: Fair, table: int) -> Hall:
    """Tables are numbered through the halls, in their order."""
    for hall in fair.halls:
        if table < hall.tables:
            return hall
        table -= hall.tables
    raise BrokenRule(f"there is no table {table}")


def _halls(fair: Fair, meetings: Sequence[Meeting]) -> Iterator[str]:
    if not fair.has_gaps:
        return
    ways = defaultdict(list)
    for one in meetings:
        ways["left", one.left].append((one.slot, one.table))
        ways["right", one.right].append((one.slot, one.table))
    for party, stops in ways.items():
        for (slot, table), (later, other) in pairwise(sorted(stops)):
            halls = {hall_of(fair, table), hall_of(fair, other)}
            if len(halls) > 1 and later - slot - 1 < max(hall.gap for hall in halls):
                yield f"{party} has no time for the way from slot {slot} to {later}"


def _fairness(fair: Fair, meetings: Sequence[Meeting]) -> Iterator[str]:
    """Where anybody is short of what it could have of the first k, nobody has k + spread, but by
    its own minimum, fixed meetings and musts."""
    if fair.fairness is None:
        return
    k, spread = fair.fairness
    is_anybody_short, many = False, []
    for end, side in enumerate((fair.left, fair.right)):
        counts = Counter(one[end] for one in meetings)
        fixed = Counter(one[end] for one in fair.fixed)
        musts = Counter((fair.pair_left, fair.pair_right)[end][fair.musts].tolist())
        able = _able(fair, end, side)
        for party in range(len(side)):
            is_anybody_short |= counts[party] < min(k, able[party])
            granted = max(int(side.least[party]), fixed[party] + musts[party])
            if counts[party] >= k + spread and counts[party] > granted:
                many.append(f"{side.ids[party]} has {counts[party]} meetings, others not yet {k}")
    if is_anybody_short:
        yield from many


def _able(fair: Fair, end: int, side: Side) -> list[int]:
    """How many meetings each could have if it were alone."""
    fixed = {(one.left, one.right) for one in fair.fixed}
    busy = {(one[end], one.slot) for one in fair.fixed}
    others = (fair.right, fair.left)[end]
    taken = {(one[1 - end], one.slot) for one in fair.fixed}
    slots = [one for one in range(fair.slots) if one not in fair.breaks]
    found = [0] * len(side)
    listed = set(zip(fair.pair_left.tolist(), fair.pair_right.tolist(), strict=True))
    for pair in listed - fixed - set(fair.forbidden):
        one, other = pair[end], pair[1 - end]
        found[one] += any(
            not (side.absent[one, slot] or others.absent[other, slot])
            and (one, slot) not in busy
            and (other, slot) not in taken
            for slot in slots
        )
    has = Counter(one[end] for one in fair.fixed)
    for party in range(len(side)):
        times = sum(not side.absent[party, slot] for slot in slots)
        found[party] = min(found[party] + has[party], times, int(side.most[party]))
    return found
