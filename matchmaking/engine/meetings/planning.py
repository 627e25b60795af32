"""From a fair to its plan: choose pairs, lay them on slots and tables, say how good that is."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import replace

import numpy as np

from matchmaking.engine.fairness import gini

from .checking import check_plan
from .clashes import check_clashes
from .colouring import colour
from .fair import BoolArray, Fair, FloatArray, IntArray, Meeting, Plan
from .firm import Place, place_firm, place_fixed
from .homes import at_home
from .improving import improve, start_at_home
from .layout import Layout
from .placing import place
from .problem import Problem, problem_of
from .relaxing import Standing, highest_units, relax, standing_of
from .together import improve_together
from .unmet import unmet


def plan(fair: Fair) -> Plan:
    """The same fair and seed give the same plan. Raises Clash for rules that cannot all be kept,
    NotFound where no plan with all musts was found."""
    check_clashes(fair)
    fixed = place_fixed(fair)
    problem = problem_of(fair, _room(fair, fixed))
    best, layout = _solve(problem, fixed)
    reached = standing_of(problem, layout.is_met)
    highest = highest_units(problem, best, reached)
    if fair.fairness and reached.unfair:
        capped = problem.capped(sum(fair.fairness) - 1)
        best_capped, layout = _solve(capped, fixed)
        reached = standing_of(problem, layout.is_met)
        # Where no plan is fair at this shortfall, every plan is capped; elsewhere some may not be.
        is_capped = best.short == reached.short and best.unfair > 0
        bounds = (capped, best_capped) if is_capped else (problem, best)
        highest = highest_units(*bounds, reached)
    meetings = _seat(layout)
    check_plan(fair, meetings)
    return _report(problem, meetings, best, reached, highest)


def _room(fair: Fair, fixed: tuple[Place, ...]) -> IntArray:
    """(open slots, halls) tables that the fixed meetings leave; without ways all halls are one."""
    halls = [hall.tables for hall in fair.halls] if fair.has_gaps else [fair.tables]
    room = np.tile(np.array(halls, np.int64), (len(fair.open_slots), 1))
    for one in fixed:
        room[one] -= 1
    return room


def _solve(problem: Problem, fixed: tuple[Place, ...]) -> tuple[Standing, Layout]:
    """How good a plan could be at most, and one."""
    chosen = relax(problem)
    layout = Layout.empty(problem, fixed)
    if problem.is_open:
        sizes = len(problem.fair.left), len(problem.fair.right)
        colours = len(problem.fair.open_slots)
        layout.slots[chosen] = colour(problem.left[chosen], problem.right[chosen], sizes, colours)
        layout.halls[chosen] = 0
    else:
        layout = _search(layout, chosen)
        if not layout.is_met[problem.musts].all():
            layout = _search(_with_musts(problem), chosen)
    return standing_of(problem, chosen), layout


def _search(layout: Layout, chosen: BoolArray) -> Layout:
    problem, seed = layout.problem, layout.problem.fair.seed
    if problem.fair.has_gaps:
        other = Layout(problem, layout.slots.copy(), layout.halls.copy(), layout.fixed)
        start_at_home(other, at_home(problem, chosen))
        return max(layout, other, key=lambda one: improve(one, seed).rank)
    place(layout, chosen)
    improve(layout, seed)
    improve_together(layout, standing_of(problem, chosen), seed)
    return layout


def _with_musts(problem: Problem) -> Layout:
    firm = place_firm(problem.fair)
    room = _room(problem.fair, firm.fixed)
    layout = Layout.empty(replace(problem, room=room), firm.fixed)
    at = {pair: here for here, pair in enumerate(problem.pairs.tolist())}
    for pair, found in firm.musts.items():
        layout.put(np.array([at[pair]]), found)
    return layout


def _seat(layout: Layout) -> tuple[Meeting, ...]:
    """By slot. Tables are numbered through the halls; within one they go by the order in which the
    parties are written."""
    problem, fair = layout.problem, layout.problem.fair
    laid = np.flatnonzero(layout.is_met)
    rows = [
        (slot, hall, one.left, one.right)
        for one, (slot, hall) in zip(fair.fixed, layout.fixed, strict=True)
    ]
    columns = (layout.slots, layout.halls, problem.left, problem.right)
    rows += zip(*(column[laid].tolist() for column in columns), strict=True)
    slots = fair.open_slots.tolist()
    first = np.cumsum([0, *(hall.tables for hall in fair.halls)]).tolist()
    taken: Counter[Place] = Counter()
    found = []
    for slot, hall, left, right in sorted(rows):
        found.append(Meeting(left, right, slots[slot], first[hall] + taken[slot, hall]))
        taken[slot, hall] += 1
    return tuple(found)


def _report(
    problem: Problem, meetings: tuple[Meeting, ...], best: Standing, reached: Standing, highest: int
) -> Plan:
    fair, scale = problem.fair, problem.scale
    fixed = _values(fair, [fair.key(one.left, one.right) for one in fair.fixed])
    if scale.is_exact:
        base = int(np.rint(fixed * 10.0**scale.digits).astype(np.int64).sum())
        value, bound = scale.value(base + reached.units), scale.value(base + highest)
    else:
        value = math.fsum(_values(fair, [fair.key(one.left, one.right) for one in meetings]))
        bound = max(math.fsum(fixed) + scale.bound(highest, problem.total), value)
    ends = np.array([(one.left, one.right) for one in meetings], np.int64).reshape(-1, 2)
    counts = (
        np.bincount(ends[:, 0], minlength=len(fair.left)),
        np.bincount(ends[:, 1], minlength=len(fair.right)),
    )
    short = sum(
        int(np.maximum(side.least - got, 0).sum())
        for side, got in zip((fair.left, fair.right), counts, strict=True)
    )
    return Plan(
        meetings=meetings,
        value=value,
        upper_bound=bound,
        shortfall_bound=short - (reached.short - best.short),
        unmet=tuple(unmet(problem, counts, best.short == reached.short)),
        gini=_gini(fair, counts),
    )


def _values(fair: Fair, keys: list[int]) -> FloatArray:
    """Of pairs by their keys; 0 for a fixed one that is not listed."""
    order = np.argsort(fair.keys())
    known = fair.keys()[order]
    at = np.searchsorted(known, np.array(keys, np.int64))
    places = np.minimum(at, len(known) - 1)
    is_listed = known[places] == keys if len(known) else np.zeros(len(keys), np.bool_)
    return np.where(is_listed, fair.values[order[places]] if len(known) else 0.0, 0.0)


def _gini(fair: Fair, counts: tuple[IntArray, IntArray]) -> dict[str, float | None] | None:
    groups = defaultdict(list)
    for side, got in zip((fair.left, fair.right), counts, strict=True):
        for group, count in zip(side.groups, got.tolist(), strict=True):
            if group:
                groups[group].append(count)
    return {group: gini(groups[group]) for group in sorted(groups)} or None
