"""Who has fewer meetings than its minimum, and why."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .fair import IntArray, Side, Unmet
from .problem import Parties, Problem, fixed_counts


def unmet(problem: Problem, counts: tuple[IntArray, IntArray], is_least: bool) -> list[Unmet]:
    """counts: meetings by party, the fixed among them. is_least: whether no plan is less short."""
    fair = problem.fair
    ends = problem.left, problem.right
    parties = problem.lefts, problem.rights
    return [
        one
        for at, side in enumerate((fair.left, fair.right))
        for one in _of_side(
            side,
            parties[at],
            counts[at],
            fixed_counts(fair)[at],
            np.bincount(ends[at], minlength=len(side)),
            is_least,
        )
    ]


def _of_side(
    side: Side,
    parties: Parties,
    counts: IntArray,
    fixed: IntArray,
    partners: IntArray,
    is_least: bool,
) -> Iterator[Unmet]:
    for party in np.flatnonzero(counts < side.least).tolist():
        wanted, got = int(side.least[party]), int(counts[party])
        times = int(parties.free[party].sum() + fixed[party])
        able = int(partners[party] + fixed[party])
        if times < wanted:
            reason = f"It has time in {_slots(times)} only."
        elif able < wanted:
            reason = f"No more than {able} of the pairs listed with it can meet."
        elif is_least:
            reason = "Partners and tables are taken: no plan falls short of fewer minimums in all."
        else:
            reason = "No plan was found in which its partners and the tables have room for more."
        yield Unmet(side.ids[party], wanted, got, reason)


def _slots(count: int) -> str:
    return "1 slot" if count == 1 else f"{count} slots"
