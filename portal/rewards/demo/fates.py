"""How a claim fares: drawn for the many, told for the parties of the guide."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Fate:
    """`done`: of each step, 1 is all of it; `pace`: when the last record stands, of the time there
    is. `begins`: when it is claimed, of the season until now; None is drawn, as the others are."""

    done: float
    pace: float = 0.6
    begins: float | None = None
    gives_up: bool = False
    waits: bool = False
    fails: bool | None = None
    odd: bool | None = None


def drawn_fate(random: Random) -> Fate:
    drawn, pace = random.random(), 0.2 + 0.7 * random.random()
    if drawn < 0.64:
        return Fate(1.0, pace)
    if drawn < 0.84:
        return Fate(0.25 + 0.6 * random.random(), pace)
    if drawn < 0.92:
        return Fate(0.0, pace)
    return Fate(0.3, pace, gives_up=True)


DONE = Fate(1.0, 0.3, 0.3, fails=False, odd=False)
HALF = Fate(0.6, 0.4, 0.85, odd=False)
FAILED = Fate(1.0, 0.15, 0.5, fails=True, odd=False)
LATELY = Fate(1.0, 0.1, 0.7, fails=True, odd=False)
WAITING = Fate(1.0, 0.1, 0.9, waits=True, fails=False)
LATE = Fate(1.0, 0.9, 0.9, fails=False, odd=False)
# By the quarters back and the name of the story; a task that is not for them is left out.
CAST: dict[tuple[int, str], Fate] = {
    **{(2, f"live-{level}"): DONE for level in (2, 3)},
    **{(1, f"live-{level}"): DONE for level in (3, 4)},
    **{(1, f"followers-{level}"): DONE for level in (3, 4)},
    **{(0, f"live-{level}"): HALF for level in (3, 4)},
    (0, "followers-3"): DONE,
    (0, "value-3"): HALF,
    (0, "efficiency-3"): Fate(0.5, 0.3, 0.8, odd=False),
    **{(1, f"i1-{size}"): DONE for size in "sml"},
    **{(1, f"h4-{size}"): FAILED for size in "sml"},
    **{(0, f"t1-{size}"): DONE for size in "sml"},
    **{(0, f"c4-{size}"): HALF for size in "sml"},
    **{(0, f"h4-{size}"): LATELY for size in "sml"},
    **{(0, f"g1-{size}"): WAITING for size in "sml"},
    (1, "agency-courses"): DONE,
    (1, "agency-certificates"): DONE,
    (0, "roster-live"): LATE,
    (0, "agency-sales"): HALF,
    (0, "agency-courses"): DONE,
    (0, "agency-orders"): WAITING,
}
