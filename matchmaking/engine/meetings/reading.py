"""A fair from a document. What is wrong goes to faults, each with its path.

A fair has hundreds of thousands of pairs: they are checked as columns first, one by one only if
something is wrong in them.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from portal.core.textfiles.fields import Fields

from .entries import Entries, id_of, list_of
from .fair import NO_LIMIT, Fair, Fairness, Fixed, Hall, Id, Side
from .faults import FairFaults, Fault, gettext_noop
from .pairs import read_pairs

KEYS = (
    *("slots", "breaks", "tables", "halls", "left", "right", "pairs", "fixed", "forbidden"),
    *("fairness", "seed"),
)
PARTY_KEYS = ("id", "max", "min", "unavailable", "group")
MOST_SLOTS = 10_000
MOST_TABLES = 10**9


def parse_fair(value: object) -> Fair:
    """Raises FairFaults."""
    faults: list[Fault] = []
    fields = Fields.of(value, "$", KEYS, faults)
    if fields is None:
        raise FairFaults(faults)
    slots = fields.whole("slots", required=True, least=0, most=MOST_SLOTS)
    breaks = _slots_of(fields, "breaks", slots)
    halls = _halls(fields)
    sides = [_side(fields, key, slots, faults) for key in ("left", "right")]
    places = [{one: at for at, one in enumerate(side.ids)} for side in sides]
    # Whoever is missing on a side that is wrong may be missing for that reason alone.
    entries = Entries(fields, (places[0], places[1]), is_sound=not faults)
    pairs = read_pairs(entries)
    fixed = list(_fixed(entries, slots))
    forbidden = [pair for _, pair in entries.couples("forbidden", ("left", "right"))]
    fairness = _fairness(fields)
    seed = fields.whole("seed", least=-(2**63), most=2**63)
    if faults or slots is None:
        raise FairFaults(faults)
    return Fair(
        slots=slots,
        breaks=frozenset(breaks),
        halls=halls,
        left=sides[0],
        right=sides[1],
        pair_left=pairs.left,
        pair_right=pairs.right,
        values=pairs.values,
        musts=pairs.musts,
        fixed=tuple(fixed),
        forbidden=tuple(dict.fromkeys(forbidden)),
        fairness=fairness,
        seed=seed or 0,
    )


def _slots_of(fields: Fields, key: str, slots: int | None) -> list[int]:
    found = []
    for at, one in enumerate(list_of(fields, key)):
        if not isinstance(one, int) or isinstance(one, bool):
            fields.fault(key, "type", gettext_noop("This must be a whole number."), below=(at,))
        elif one < 0 or (slots is not None and one >= slots):
            message = gettext_noop("There is no such slot: they count from 0.")
            fields.fault(key, "slot", message, below=(at,))
        else:
            found.append(one)
    return found


# --- halls and tables -----------------------------------------------------------------------------


def _halls(fields: Fields) -> tuple[Hall, ...]:
    has_halls = fields.get("halls") is not None
    tables = fields.whole("tables", required=not has_halls, least=0, most=MOST_TABLES)
    if not has_halls:
        return (Hall("", tables or 0, 0),)
    halls: dict[Id, Hall] = {}
    for one in fields.objects_of("halls", ("id", "tables", "gap"), required=True):
        name = _new_id(one, halls)
        count = one.whole("tables", required=True, least=0, most=MOST_TABLES) or 0
        gap = one.whole("gap", least=0, most=NO_LIMIT) or 0
        if name is not None:
            halls[name] = Hall(name, count, gap)
    return tuple(halls.values())


def _fairness(fields: Fields) -> Fairness | None:
    inside = fields.inside("fairness", ("k", "spread"))
    if inside is None:
        return None
    k = inside.whole("k", required=True, least=0, most=NO_LIMIT)
    spread = inside.whole("spread", required=True, least=1, most=NO_LIMIT)
    return Fairness(k, spread) if k is not None and spread is not None else None


# --- the two sides --------------------------------------------------------------------------------


def _side(fields: Fields, key: str, slots: int | None, faults: list[Fault]) -> Side:
    fields.present(key, True)
    places: dict[Id, int] = {}
    most, least, groups, away = [], [], [], []
    for at, one in enumerate(list_of(fields, key)):
        party = Fields.of(one, fields.place(key, at), PARTY_KEYS, faults)
        if party is None:
            continue
        name = _new_id(party, places)
        upper, lower = _bounds(party)
        absent = _slots_of(party, "unavailable", slots)
        group = party.text("group")
        if name is None:
            continue
        places[name] = len(places)
        most.append(upper)
        least.append(lower)
        groups.append(group or "")
        away.append(absent)
    absences = np.zeros((len(places), slots or 0), np.bool_)
    for row, absent in enumerate(away if slots else ()):
        absences[row, absent] = True
    bounds = np.array(most, np.int64), np.array(least, np.int64)
    return Side(tuple(places), *bounds, absences, tuple(groups))


def _new_id(fields: Fields, known: dict[Id, Hall] | dict[Id, int]) -> Id | None:
    name = id_of(fields, "id")
    if name is not None and name in known:
        message = gettext_noop("“%(id)s” is there twice.")
        fields.fault("id", "duplicate", message, id=name)
        return None
    return name


def _bounds(party: Fields) -> tuple[int, int]:
    most = party.whole("max", least=0)
    least = party.whole("min", least=0, most=NO_LIMIT) or 0
    if most is not None and least > most:
        message = gettext_noop("The minimum %(least)s is above the maximum %(most)s.")
        party.fault("min", "crossing", message, least=least, most=most)
    return NO_LIMIT if most is None else min(most, NO_LIMIT), least


# --- what stands, and what may not be -------------------------------------------------------------


def _fixed(entries: Entries, slots: int | None) -> Iterator[Fixed]:
    seen: set[tuple[int, int]] = set()
    most = None if slots is None else slots - 1
    for fields, (left, right) in entries.couples("fixed", ("left", "right", "slot")):
        slot = fields.whole("slot", required=True, least=0, most=most)
        if (left, right) in seen:
            message = gettext_noop("This pair is there twice: it meets at most once.")
            fields.fault("right", "duplicate", message)
        elif slot is not None:
            seen.add((left, right))
            yield Fixed(left, right, slot)
