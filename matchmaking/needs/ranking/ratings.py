"""The dimension scores of the newest official snapshot, as columns beside the market's.

A published snapshot never changes: its scores are read once and kept in the process, and each view
asks with one small query which one is the newest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from portal.evaluation.models import DimensionScore, Snapshot
from portal.evaluation.selectors import METHOD_OF
from portal.parties.states import PartyKind

HOME = 0  # stands for the service most of a party's business is in
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Board:
    """One service's scores: (n,) keys of parties, ascending, and (n, D) points or NaN."""

    ids: NDArray[np.int64]
    scores: Floats

    def of(self, ids: NDArray[np.int64]) -> Floats:
        """(len(ids), D), NaN for those it does not know."""
        at = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        return np.where((self.ids[at] == ids)[:, None], self.scores[at], np.nan)


@dataclass(frozen=True, slots=True)
class Ratings:
    """`dimensions`: code → weight, in the method's order. `boards`: by service."""

    snapshot: int
    dimensions: Mapping[str, float]
    boards: Mapping[int, Board]

    def of(
        self, ids: NDArray[np.int64], services: Collection[int], dimensions: Sequence[str]
    ) -> Floats:
        """(len(ids), len(dimensions)): the mean over those of the services that a party is rated
        in; who is rated in none of them is taken by its home."""
        own = [*self.dimensions]
        found = self._mean(ids, services)
        strangers = np.isnan(found).all(axis=1)
        if HOME in self.boards:
            found[strangers] = self.boards[HOME].of(ids[strangers])
        columns = [
            found[:, own.index(c)] if c in own else np.full(len(ids), np.nan) for c in dimensions
        ]
        return np.column_stack(columns) if columns else np.empty((len(ids), 0))

    def _mean(self, ids: NDArray[np.int64], services: Collection[int]) -> Floats:
        shape = (len(ids), len(self.dimensions))
        points, rated = np.zeros(shape), np.zeros(shape)
        for service in sorted(services):
            if service in self.boards:
                scores = self.boards[service].of(ids)
                rated += ~np.isnan(scores)
                points += np.nan_to_num(scores)
        mean = np.full(shape, np.nan)
        np.divide(points, rated, out=mean, where=rated > 0)
        return mean


_kept: dict[str, Ratings] = {}
_lock = Lock()


def ratings_of(kind: PartyKind) -> Ratings | None:
    """None where parties of this kind are not rated, or not yet."""
    code = METHOD_OF.get(kind)
    newest = Snapshot.objects.official(code).values_list("pk", flat=True).first() if code else None
    if code is None or newest is None:
        return None
    with _lock:
        kept = _kept.get(code)
        if kept is None or kept.snapshot != newest:
            kept = _kept[code] = _read(newest)
        return kept


def has_ratings(kind: PartyKind) -> bool:
    code = METHOD_OF.get(kind)
    return code is not None and Snapshot.objects.official(code).exists()


def _read(pk: int) -> Ratings:
    document = Snapshot.objects.select_related("method").get(pk=pk).method.document
    weights = {one["code"]: float(one["weight"]) for one in document["dimensions"]}
    column = {code: at for at, code in enumerate(weights)}
    boards: defaultdict[int, dict[int, Floats]] = defaultdict(dict)
    found = DimensionScore.objects.filter(rating__snapshot=pk, score__isnull=False)
    fields = ("rating__party_id", "rating__service_id", "rating__is_home", "dimension", "score")
    for party, service, is_home, dimension, score in found.values_list(*fields).iterator(5_000):
        for board in {service or HOME} | ({HOME} if is_home else set()):
            row = boards[board].setdefault(party, np.full(len(column), np.nan))
            row[column[dimension]] = min(max(score, 0.0), 100.0)
    return Ratings(pk, weights, {service: _board(rows) for service, rows in boards.items()})


def _board(rows: Mapping[int, Floats]) -> Board:
    ids = sorted(rows)
    return Board(np.array(ids, dtype=np.int64), np.stack([rows[key] for key in ids]))
