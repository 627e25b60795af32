"""Hard rules that cannot all be kept, found by looking at two or three of them at a time.

The path is that of the fixed meeting or must; the sentence names what it clashes with.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .fair import Fair, Fixed, Side
from .faults import Clash, Fault, gettext_noop
from .problem import fixed_counts, free_of


def check_clashes(fair: Fair) -> None:
    """Raises Clash, which names every entry."""
    for find in (_alone, _together), (_musts,), (_sums,):
        faults = [fault for part in find for fault in part(fair)]
        if faults:
            raise Clash(faults)


def must_path(at: int) -> str:
    return f"$.pairs[{at}].must"


def fixed_path(at: int) -> str:
    return f"$.fixed[{at}]"


def _alone(fair: Fair) -> Iterator[Fault]:
    forbidden = {pair: at for at, pair in enumerate(fair.forbidden)}
    for at, one in enumerate(fair.fixed):
        path = fixed_path(at)
        if one.slot in fair.breaks:
            message = gettext_noop("Slot %(slot)s is in $.breaks.")
            yield Fault(path, "break", message, {"slot": one.slot})
        for name, side, party in _ends(fair, one):
            if side.absent[party, one.slot]:
                message = gettext_noop("“%(id)s” is unavailable in slot %(slot)s (%(place)s).")
                place = f"$.{name}[{party}].unavailable"
                params = {"id": side.ids[party], "slot": one.slot, "place": place}
                yield Fault(path, "unavailable", message, params)
        if (one.left, one.right) in forbidden:
            yield Fault(path, "forbidden", FORBIDDEN, _names(fair, one.left, one.right))


FORBIDDEN = gettext_noop("“%(left)s” and “%(right)s” are in $.forbidden.")


def _names(fair: Fair, left: int, right: int) -> dict[str, object]:
    return {"left": fair.left.ids[left], "right": fair.right.ids[right]}


def _ends(fair: Fair, one: Fixed) -> Iterator[tuple[str, Side, int]]:
    yield "left", fair.left, one.left
    yield "right", fair.right, one.right


def _together(fair: Fair) -> Iterator[Fault]:
    """Two fixed meetings of a party in one slot, and more of them than tables."""
    first: dict[tuple[str, int, int], int] = {}
    taken = [0] * fair.slots
    for at, one in enumerate(fair.fixed):
        for name, side, party in _ends(fair, one):
            other = first.setdefault((name, party, one.slot), at)
            if other != at:
                message = gettext_noop("“%(id)s” is in %(other)s in the same slot.")
                params = {"id": side.ids[party], "other": fixed_path(other)}
                yield Fault(fixed_path(at), "two_places", message, params)
        taken[one.slot] += 1
        if taken[one.slot] > fair.tables:
            message = gettext_noop("Slot %(slot)s has more fixed meetings than tables: %(tables)s.")
            params = {"slot": one.slot, "tables": fair.tables}
            yield Fault(fixed_path(at), "tables", message, params)


def _musts(fair: Fair) -> Iterator[Fault]:
    forbidden = set(fair.forbidden)
    met = {(one.left, one.right) for one in fair.fixed}
    free = free_of(fair)
    for at in np.flatnonzero(fair.musts).tolist():
        left, right = int(fair.pair_left[at]), int(fair.pair_right[at])
        params = _names(fair, left, right)
        if (left, right) in forbidden:
            yield Fault(must_path(at), "forbidden", FORBIDDEN, params)
        elif (left, right) not in met and not (free[0][left] & free[1][right]).any():
            message = gettext_noop(
                "“%(left)s” and “%(right)s” have no open slot in common (unavailable, or in "
                "a fixed meeting)."
            )
            yield Fault(must_path(at), "no_slot", message, params)


def _sums(fair: Fair) -> Iterator[Fault]:
    """More fixed meetings and musts than a party's maximum, its slots, or all tables allow."""
    met = {fair.key(one.left, one.right) for one in fair.fixed}
    keys = fair.keys()
    musts = [at for at in np.flatnonzero(fair.musts).tolist() if int(keys[at]) not in met]
    entries: list[tuple[str, tuple[int, int]]] = [
        *((fixed_path(at), (one.left, one.right)) for at, one in enumerate(fair.fixed)),
        *((must_path(at), (int(fair.pair_left[at]), int(fair.pair_right[at]))) for at in musts),
    ]
    for end, (name, side) in enumerate((("left", fair.left), ("right", fair.right))):
        times = free_of(fair)[end].sum(axis=1) + fixed_counts(fair)[end]
        ends = np.array([pair[end] for _, pair in entries], np.int64)
        counts = np.bincount(ends, minlength=len(side))
        for party in np.flatnonzero(counts > np.minimum(side.most, times)).tolist():
            message = gettext_noop(
                "“%(id)s” has %(count)s fixed meetings and musts, at most %(most)s can be "
                "(%(place)s)."
            )
            most = int(min(side.most[party], times[party]))
            params = {"id": side.ids[party], "count": int(counts[party]), "most": most}
            params["place"] = f"$.{name}[{party}]"
            for path, pair in entries:
                if pair[end] == party:
                    yield Fault(path, "too_many", message, params)
    room = fair.tables * len(fair.open_slots)
    if len(entries) > room:
        message = gettext_noop("There are more fixed meetings and musts than places: %(room)s.")
        yield from (Fault(path, "tables", message, {"room": room}) for path, _ in entries)
