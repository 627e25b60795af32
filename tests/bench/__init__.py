"""Benches: each module here with `run() -> list[Row]` is measured by `python -m tests.bench`.

Absolute times differ from machine to machine, so a row compares our figure with a floor measured
in the same run, alternately with ours.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Row:
    """One measured piece of work.

    ours, floor: in `unit`; without a floor the target is absolute.
    sign, limit: what ours / floor (or ours alone) is to reach.
    """

    work: str
    ours: float
    floor: float | None
    unit: str
    sign: Literal["≤", "≥"]
    limit: float

    @property
    def ratio(self) -> float | None:
        return self.ours / self.floor if self.floor else None

    @property
    def is_ok(self) -> bool:
        figure = self.ours if self.ratio is None else self.ratio
        return figure <= self.limit if self.sign == "≤" else figure >= self.limit

    def cells(self) -> tuple[str, ...]:
        """Texts for the columns work, ours, floor, ratio, to reach, ok."""
        return (
            self.work,
            f"{self.ours:.4g} {self.unit}",
            "—" if self.floor is None else f"{self.floor:.4g} {self.unit}",
            "—" if self.ratio is None else f"{self.ratio:.2f}",
            f"{self.sign} {self.limit:g}{f' {self.unit}' if self.floor is None else ''}",
            "yes" if self.is_ok else "no",
        )


def median_ms(*works: Callable[[], object], repeats: int) -> list[float]:
    """Median milliseconds of each piece of work, run in turns after one warm-up turn.

    In turns, so that a slow moment of the machine falls on all of them alike.
    """
    times: list[list[float]] = [[] for _ in works]
    for turn in range(repeats + 1):
        for work, measured in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            if turn:
                measured.append((time.perf_counter() - start) * 1000)
    return [statistics.median(measured) for measured in times]
