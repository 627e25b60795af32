"""The pairs of a fair, as columns."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple, cast

import numpy as np

from portal.core.textfiles.fields import Fields

from .entries import Couple, Entries, Places, list_of
from .fair import BoolArray, FloatArray, IntArray
from .faults import gettext_noop

KEYS = frozenset(("left", "right", "value", "must"))
MOST_VALUE = 1e15


class Pairs(NamedTuple):
    left: IntArray
    right: IntArray
    values: FloatArray
    musts: BoolArray


def read_pairs(entries: Entries) -> Pairs:
    """What is wrong goes to the faults."""
    objects = list_of(entries.fields, "pairs")
    try:
        return _columns(objects, entries)
    except (_Wrong, KeyError, TypeError, OverflowError):
        return _one_by_one(entries)


class _Wrong(Exception):
    """Something is, somewhere."""


def _columns(objects: Sequence[object], entries: Entries) -> Pairs:
    _check(_types(objects) <= {dict})
    rows = cast("Sequence[dict[str, Any]]", objects)  # the line above looked
    _check(all(map(KEYS.issuperset, rows)))
    left = _places([row["left"] for row in rows], entries.places[0])
    right = _places([row["right"] for row in rows], entries.places[1])
    values = [row["value"] for row in rows]
    _check(_types(values) <= {int, float})
    found = np.array(values, np.float64)
    _check(bool(((found >= 0) & (found <= MOST_VALUE)).all()))  # of NaN it is False
    musts = [row.get("must") for row in rows]
    _check(_types(musts) <= {bool, type(None)})
    keys = np.sort(left * len(entries.places[1]) + right)
    _check(bool((keys[1:] != keys[:-1]).all()))
    return Pairs(left, right, found, np.array(musts, np.bool_))


def _places(names: list[Any], places: Places) -> IntArray:
    _check(_types(names) <= {str, int})
    return np.array([places[name] for name in names], np.int64)


def _types(values: Sequence[object]) -> set[type]:
    return set(map(type, values))


def _check(is_sound: bool) -> None:
    if not is_sound:
        raise _Wrong


# --- where something is wrong ---------------------------------------------------------------------


def _one_by_one(entries: Entries) -> Pairs:
    found: dict[Couple, tuple[float, bool]] = {}
    for fields, couple in entries.couples("pairs", sorted(KEYS)):
        value, must = _value(fields), _must(fields)
        if couple in found:
            fields.fault("right", "duplicate", gettext_noop("This pair is there twice."))
        found[couple] = (value, must)
    couples = np.array(list(found), np.int64).reshape(-1, 2)
    values = np.array([value for value, _ in found.values()], np.float64)
    musts = np.array([must for _, must in found.values()], np.bool_)
    return Pairs(couples[:, 0], couples[:, 1], values, musts)


def _value(fields: Fields) -> float:
    if not fields.present("value", True):
        return 0.0
    value = fields.values["value"]
    if not isinstance(value, int | float) or isinstance(value, bool) or value != value:
        fields.fault("value", "type", gettext_noop("This must be a number."))
        return 0.0
    if value < 0:
        fields.fault("value", "too_small", gettext_noop("This must not be below 0."))
        return 0.0
    if value > MOST_VALUE or math.isinf(value):
        message = gettext_noop("This must be at most %(most)g.")
        fields.fault("value", "too_large", message, most=MOST_VALUE)
        return 0.0
    return float(value)


def _must(fields: Fields) -> bool:
    must = fields.get("must")
    if must is None or isinstance(must, bool):
        return bool(must)
    fields.fault("must", "type", gettext_noop("This must be true or false."))
    return False
