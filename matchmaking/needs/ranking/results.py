"""Past results as a column beside the market's: of the newest night, kept in the process.

A night's results never change: they are read once, and each view asks with one small query which
night is the newest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from django.utils.translation import ngettext
from numpy.typing import NDArray

from matchmaking.needs.models import CategoryResult, ResultRun
from portal.core.money import Money

Floats = NDArray[np.float64]
Board = tuple[NDArray[np.int64], Floats]  # keys of parties, ascending, and their values


@dataclass(frozen=True, slots=True)
class Results:
    """One night's. `boards`: by first-level category."""

    run: int
    boards: Mapping[int, Board]

    def of(self, ids: NDArray[np.int64], categories: Sequence[int]) -> Floats:
        """(len(ids),): the mean over those of the categories that a party settled something in;
        NaN where it settled in none of them."""
        points, known = np.zeros(len(ids)), np.zeros(len(ids))
        for category in categories:
            if category in self.boards:
                keys, values = self.boards[category]
                at = np.minimum(np.searchsorted(keys, ids), len(keys) - 1)
                has = keys[at] == ids
                points += np.where(has, values[at], 0.0)
                known += has
        mean = np.full(len(ids), np.nan)
        np.divide(points, known, out=mean, where=known > 0)
        return mean


_kept: list[Results] = []
_lock = Lock()


def results_now() -> Results | None:
    """None before the first night."""
    newest = newest_run()
    if newest is None:
        return None
    with _lock:
        if not _kept or _kept[0].run != newest:
            _kept[:] = [_read(newest)]
        return _kept[0]


def newest_run() -> int | None:
    return ResultRun.objects.order_by("-pk").values_list("pk", flat=True).first()


def result_words(run: int, ids: Sequence[int], categories: Sequence[int]) -> dict[int, list[str]]:
    """By party: what it settled in each of the categories, within a tenfold, and for how many."""
    rows = CategoryResult.objects.filter(run=run, party__in=ids, category__in=categories)
    said: defaultdict[int, list[str]] = defaultdict(list)
    for row in rows.select_related("category").order_by("-fen", "pk"):
        said[row.party_id].append(_words(row))
    return dict(said)


def _words(row: CategoryResult) -> str:
    least = 10 ** (len(str(row.fen)) - 1)
    sentence = ngettext(
        "%(category)s: %(low)s to %(high)s settled in a year, for %(n)s merchant",
        "%(category)s: %(low)s to %(high)s settled in a year, for %(n)s merchants",
        row.merchants,
    )
    said = {
        "category": row.category.name,
        "low": Money(least).short,
        "high": Money(10 * least).short,
        "n": row.merchants,
    }
    return sentence % said


def _read(run: int) -> Results:
    rows = CategoryResult.objects.filter(run=run).order_by("category", "party")
    found: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    for category, party, value in rows.values_list("category", "party", "value").iterator(5_000):
        found[category].append((party, value))
    return Results(run, {category: _board(pairs) for category, pairs in found.items()})


def _board(pairs: Sequence[tuple[int, float]]) -> Board:
    keys, values = zip(*pairs, strict=True)
    return np.array(keys, dtype=np.int64), np.array(values, dtype=np.float64)
