"""Meetings that every plan has, fixed ones and musts: is there a slot and a hall for each?

Asked of CP-SAT: with absence or ways between halls no simple count decides it. The search ends
after a fixed amount of work, not of time, so the answer is always the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from .clashes import fixed_path, must_path
from .fair import Fair
from .faults import Clash, Fault, NotFound, gettext_noop
from .problem import free_of

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

MOST_WORK = 60.0  # CP-SAT's deterministic time

Place = tuple[int, int]  # open slot, hall


@dataclass(frozen=True)
class Firm:
    """at: index in the fair's fixed meetings, or of a must in its pairs."""

    path: str
    left: int
    right: int
    places: tuple[Place, ...]


@dataclass(frozen=True)
class FirmPlaces:
    """fixed: of each fixed meeting; musts: pair (its place in the fair) → where it is."""

    fixed: tuple[Place, ...]
    musts: dict[int, Place]


def place_fixed(fair: Fair) -> tuple[Place, ...]:
    """Raises as below; a question only where halls are apart."""
    if fair.has_gaps and fair.fixed:
        return place_firm(replace(fair, musts=np.zeros_like(fair.musts))).fixed
    return tuple(firm.places[0] for firm in _fixed(fair))


def place_firm(fair: Fair) -> FirmPlaces:
    """Raises Clash where there is no such placing, NotFound where none was found."""
    fixed, musts = list(_fixed(fair)), dict(_musts(fair))
    found = _Search(fair, [*fixed, *musts.values()]).places()
    places = dict(zip(musts, found[len(fixed) :], strict=True))
    return FirmPlaces(tuple(found[: len(fixed)]), places)


def _fixed(fair: Fair) -> Iterator[Firm]:
    order = {slot: at for at, slot in enumerate(fair.open_slots.tolist())}
    for at, one in enumerate(fair.fixed):
        places = tuple((order[one.slot], hall) for hall in _halls(fair))
        yield Firm(fixed_path(at), one.left, one.right, places)


def _musts(fair: Fair) -> Iterator[tuple[int, Firm]]:
    met = {(one.left, one.right) for one in fair.fixed}
    lefts, rights = free_of(fair)
    for at in np.flatnonzero(fair.musts).tolist():
        left, right = int(fair.pair_left[at]), int(fair.pair_right[at])
        if (left, right) not in met:
            slots = np.flatnonzero(lefts[left] & rights[right]).tolist()
            places = tuple((slot, hall) for slot in slots for hall in _halls(fair))
            yield at, Firm(must_path(at), left, right, places)


def _halls(fair: Fair) -> range:
    """Without ways between them all halls are one."""
    return range(len(fair.halls) if fair.has_gaps else 1)


class _Search:
    def __init__(self, fair: Fair, firms: Sequence[Firm]) -> None:
        # Here, not above: it takes 1.7 s and pandas' memory, and most processes never plan.
        from ortools.sat.python import cp_model  # noqa: PLC0415

        self.fair, self.firms, self.solving = fair, firms, cp_model
        self.model = cp_model.CpModel()
        self.is_at = [{place: self.model.new_bool_var("") for place in f.places} for f in firms]
        self.is_kept = [self.model.new_bool_var("") for _ in firms]
        for places, kept in zip(self.is_at, self.is_kept, strict=True):
            self.model.add_exactly_one(places.values()).only_enforce_if(kept)
        self._one_place_at_a_time()
        self._tables()

    def places(self) -> list[Place]:
        self.model.add_assumptions(self.is_kept)
        solver = self.solving.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = self.fair.seed % 2**31
        solver.parameters.max_deterministic_time = MOST_WORK
        status = solver.solve(self.model)
        if status == self.solving.INFEASIBLE:
            raise Clash(self._faults(set(solver.sufficient_assumptions_for_infeasibility())))
        if status not in (self.solving.OPTIMAL, self.solving.FEASIBLE):
            raise NotFound("no plan with all musts was found, nor a proof that there is none")
        return [
            next(place for place, var in places.items() if solver.boolean_value(var))
            for places in self.is_at
        ]

    def _one_place_at_a_time(self) -> None:
        """Of each party; in halls that are too far from each other it cannot be, either."""
        for end in range(2):
            at: dict[int, dict[Place, list[cp_model.IntVar]]] = {}
            for firm, places in zip(self.firms, self.is_at, strict=True):
                party = (firm.left, firm.right)[end]
                for place, var in places.items():
                    at.setdefault(party, {}).setdefault(place, []).append(var)
            for found in at.values():
                for here in found.values():
                    self.model.add_at_most_one(here)
                for one, other in combinations(found, 2):
                    if clash(self.fair, one, other):
                        self.model.add_at_most_one([*found[one], *found[other]])

    def _tables(self) -> None:
        taken: dict[Place, list[cp_model.IntVar]] = {}
        for places in self.is_at:
            for place, var in places.items():
                taken.setdefault(place, []).append(var)
        for (_, hall), found in taken.items():
            room = self.fair.halls[hall].tables if self.fair.has_gaps else self.fair.tables
            if len(found) > room:
                self.model.add(self.solving.LinearExpr.sum(found) <= room)

    def _faults(self, core: set[int]) -> Iterator[Fault]:
        """Of those that cannot all be kept."""
        message = gettext_noop("“%(left)s” and “%(right)s”: no plan has all of these.")
        for firm, kept in zip(self.firms, self.is_kept, strict=True):
            if kept.index in core or not core:
                left, right = self.fair.left.ids[firm.left], self.fair.right.ids[firm.right]
                params = {"left": left, "right": right}
                yield Fault(firm.path, "infeasible", message, params)


def clash(fair: Fair, one: Place, other: Place) -> bool:
    """Whether nobody can be in both places."""
    if one[0] == other[0]:
        return True
    if one[1] == other[1]:
        return False
    slots = fair.open_slots
    between = abs(int(slots[one[0]]) - int(slots[other[0]])) - 1
    return between < max(fair.halls[one[1]].gap, fair.halls[other[1]].gap)
