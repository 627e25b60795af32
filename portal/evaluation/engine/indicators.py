"""What is known of the parties: one row each, one column an indicator."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Floats = NDArray[np.floating[Any]]  # of either precision
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

ONE_SEGMENT = "all"


class Row(NamedTuple):
    """One value of a party. sample: what it was seen in; None where that is enough."""

    party: str
    indicator: str
    value: float
    sample: float | None = None


@dataclass(frozen=True)
class Indicators:
    """Values and samples of `parties` (rows, sorted) by `codes` (columns).

    segments: (n,) of each party, whom it is compared with.
    values: (n, k) NaN where there is none.
    samples: (n, k) NaN where nothing is said, which means enough.
    applies: (n,) what an indicator's `applies_to` names.
    gates: party → codes of the gates it is under.

    Raises ValueError for what does not fit together. `of_rows` sorts and fills.
    """

    parties: tuple[str, ...]
    segments: tuple[str, ...]
    codes: tuple[str, ...]
    values: FloatArray
    samples: FloatArray
    applies: tuple[str, ...]
    gates: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shape = (len(self.parties), len(self.codes))
        if self.values.shape != shape or self.samples.shape != shape:
            raise ValueError("values, samples: a row for each party, a column for each code")
        if len(self.segments) != len(self.parties) or len(self.applies) != len(self.parties):
            raise ValueError("segments, applies: one for each party")
        if any(a >= b for a, b in zip(self.parties, self.parties[1:], strict=False)):
            raise ValueError("parties: not sorted, or one is there twice")
        if len(set(self.codes)) < len(self.codes):
            raise ValueError("codes: one is there twice")
        if np.isinf(self.values).any() or np.isinf(self.samples).any():
            raise ValueError("values, samples: finite, or NaN for none")
        if (self.samples < 0).any():
            raise ValueError("samples: below zero")
        if not self.gates.keys() <= set(self.parties):
            raise ValueError("gates: a party that is not there")

    @classmethod
    def of_rows(
        cls,
        rows: Iterable[Row | tuple[str, str, float, float | None]],
        *,
        segments: Mapping[str, str] | None = None,
        applies: Mapping[str, str] | None = None,
        gates: Mapping[str, Iterable[str]] | None = None,
        codes: Sequence[str] | None = None,
    ) -> Indicators:
        """From the long form, in any order.

        segments: of every party, also of those without a row; None puts all into one.
        applies: of every party, None where the segments say it.
        codes: the columns, None for those that rows name.

        Raises ValueError for the same value twice and KeyError for an unknown party or code.
        """
        rows = list(rows)
        if segments is None:
            segments = dict.fromkeys((row[0] for row in rows), ONE_SEGMENT)
        parties = tuple(sorted(segments))
        columns = tuple(sorted({row[1] for row in rows}) if codes is None else codes)
        party_at = {party: at for at, party in enumerate(parties)}
        code_at = {code: at for at, code in enumerate(columns)}
        values = np.full((len(parties), len(columns)), np.nan)
        samples = values.copy()
        for party, code, value, sample in rows:
            place = party_at[party], code_at[code]
            if not np.isnan(values[place]):
                raise ValueError(f"{party}, {code}: there twice")
            values[place] = value
            samples[place] = np.nan if sample is None else sample
        return cls(
            parties=parties,
            segments=tuple(segments[party] for party in parties),
            codes=columns,
            values=values,
            samples=samples,
            applies=tuple((applies or segments)[party] for party in parties),
            gates={party: frozenset(codes) for party, codes in (gates or {}).items()},
        )

    def columns(self, codes: Sequence[str]) -> tuple[FloatArray, FloatArray]:
        """Values and samples by these codes: (n, len(codes)); a code nobody has is empty."""
        if tuple(codes) == self.codes:
            return self.values, self.samples
        at = {code: place for place, code in enumerate(self.codes)}
        shape = (len(self.parties), len(codes))
        values, samples = np.full(shape, np.nan), np.full(shape, np.nan)
        for column, code in enumerate(codes):
            if code in at:
                values[:, column] = self.values[:, at[code]]
                samples[:, column] = self.samples[:, at[code]]
        return values, samples

    def row_of(self, party: str) -> int:
        """Raises KeyError for a party that is not there."""
        row = bisect_left(self.parties, party)
        if row == len(self.parties) or self.parties[row] != party:
            raise KeyError(party)
        return row

    def only(self, party: str) -> Indicators:
        """This party alone. Raises KeyError for one that is not there."""
        return self._taken([self.row_of(party)])

    def segment_of(self, party: str) -> Indicators:
        """The party and all it is compared with."""
        segment = self.segments[self.row_of(party)]
        return self._taken([row for row, one in enumerate(self.segments) if one == segment])

    def _taken(self, rows: list[int]) -> Indicators:
        parties = tuple(self.parties[row] for row in rows)
        return Indicators(
            parties=parties,
            segments=tuple(self.segments[row] for row in rows),
            codes=self.codes,
            values=self.values[rows],
            samples=self.samples[rows],
            applies=tuple(self.applies[row] for row in rows),
            gates={party: self.gates[party] for party in parties if party in self.gates},
        )
