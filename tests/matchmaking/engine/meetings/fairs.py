"""Small fairs as documents, random ones, and a second solver that tries everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from hypothesis import strategies as st
from ortools.sat.python import cp_model

from matchmaking.engine.meetings import Fair, Plan, parse_fair, plan


def document(
    pairs: Mapping[tuple[str, str], float], *, slots: int = 2, tables: int = 9, **more: Any
) -> dict[str, Any]:
    """Parties are those of the pairs, unless given."""
    ends = [list(dict.fromkeys(pair[end] for pair in pairs)) for end in (0, 1)]
    return {
        "slots": slots,
        "tables": tables,
        "left": [{"id": one} for one in ends[0]],
        "right": [{"id": one} for one in ends[1]],
        "pairs": [
            {"left": left, "right": right, "value": value} for (left, right), value in pairs.items()
        ],
        **more,
    }


def planned(fair: dict[str, Any]) -> tuple[Fair, Plan]:
    read = parse_fair(fair)
    return read, plan(read)


def met(fair: Fair, found: Plan) -> dict[tuple[object, object], int]:
    """Pair of ids → slot."""
    return {
        (fair.left.ids[one.left], fair.right.ids[one.right]): one.slot for one in found.meetings
    }


# --- random ones ----------------------------------------------------------------------------------


@st.composite
def documents(draw: st.DrawFn, *, only_caps: bool = False, decimals: bool = False) -> Any:
    """Up to 4 × 4 parties and 4 slots."""
    slots = draw(st.integers(1, 4))
    sides = {
        key: [f"{key[0]}{at}" for at in range(draw(st.integers(1, 4)))] for key in ("left", "right")
    }
    couples = [(one, two) for one in sides["left"] for two in sides["right"]]
    listed = draw(st.lists(st.sampled_from(couples), unique=True, max_size=12))
    value = st.integers(0, 9).map(lambda one: one / 4) if decimals else st.integers(0, 9)
    found: dict[str, Any] = {
        "slots": slots,
        "breaks": draw(st.lists(st.integers(0, slots - 1), max_size=1)),
        "tables": draw(st.integers(0, 4)),
        "pairs": [{"left": a, "right": b, "value": draw(value)} for a, b in listed],
        "forbidden": [
            {"left": a, "right": b} for a, b in draw(st.lists(st.sampled_from(couples), max_size=1))
        ],
        "seed": draw(st.integers(0, 3)),
    }
    for key, ids in sides.items():
        found[key] = [_party(draw, one, slots, only_caps) for one in ids]
    if not only_caps:
        some = draw(st.lists(st.sampled_from(couples), unique=True, max_size=2))
        found["fixed"] = [
            {"left": a, "right": b, "slot": draw(st.integers(0, slots - 1))} for a, b in some
        ]
    return found


def _party(draw: st.DrawFn, name: str, slots: int, only_caps: bool) -> dict[str, Any]:
    party: dict[str, Any] = {"id": name}
    if draw(st.booleans()):
        party["max"] = draw(st.integers(0, 4))
    if draw(st.booleans()):
        party["min"] = draw(st.integers(0, party.get("max", 4)))
    if not only_caps and draw(st.booleans()):
        party["unavailable"] = draw(st.lists(st.integers(0, slots - 1), unique=True, max_size=2))
    return party


# --- trying everything ----------------------------------------------------------------------------


class Best(NamedTuple):
    short: int
    value: float


def best_of(fair: Fair, *, short: int | None = None) -> Best | None:
    """The least shortfall and the highest value at it, or the highest value at no more than a given
    shortfall; None where no plan keeps the rules. For halls without gaps and no fairness."""
    model = cp_model.CpModel()
    fixed = {(one.left, one.right): one.slot for one in fair.fixed}
    ends = zip(fair.pair_left.tolist(), fair.pair_right.tolist(), strict=True)
    values = dict(zip(ends, fair.values.tolist(), strict=True))
    musts = set(
        zip(fair.pair_left[fair.musts].tolist(), fair.pair_right[fair.musts].tolist(), strict=True)
    )
    meets = {}
    for left, right in {**values, **fixed}:
        for slot in set(range(fair.slots)) - fair.breaks:
            is_there = not (fair.left.absent[left, slot] or fair.right.absent[right, slot])
            if is_there and (left, right) not in fair.forbidden:
                meets[left, right, slot] = model.new_bool_var("")
    for pair in {**values, **fixed}:
        of_pair = [var for key, var in meets.items() if key[:2] == pair]
        if pair in fixed:
            model.add(sum(v for k, v in meets.items() if k == (*pair, fixed[pair])) == 1)
        model.add(sum(of_pair) == 1) if pair in musts else model.add(sum(of_pair) <= 1)
    missing = []
    for end, side in enumerate((fair.left, fair.right)):
        for party in range(len(side)):
            of_party = [(key[2], var) for key, var in meets.items() if key[end] == party]
            for slot in range(fair.slots):
                model.add(sum(var for at, var in of_party if at == slot) <= 1)
            model.add(sum(var for _, var in of_party) <= int(side.most[party]))
            lacks = model.new_int_var(0, int(side.least[party]), "")
            model.add(lacks >= int(side.least[party]) - sum(var for _, var in of_party))
            missing.append(lacks)
    for slot in range(fair.slots):
        model.add(sum(var for key, var in meets.items() if key[2] == slot) <= fair.tables)
    if short is None:
        model.minimize(sum(missing))
        solver = _solved(model)
        if solver is None:
            return None
        short = round(solver.objective_value)
    model.add(sum(missing) <= short)
    model.maximize(sum(round(4 * values.get(key[:2], 0)) * var for key, var in meets.items()))
    solver = _solved(model)
    return None if solver is None else Best(short, solver.objective_value / 4)


def _solved(model: cp_model.CpModel) -> cp_model.CpSolver | None:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    return solver if status == cp_model.OPTIMAL else None


def shortfall(fair: Fair, found: Plan) -> int:
    counts = Counter(("left", one.left) for one in found.meetings)
    counts += Counter(("right", one.right) for one in found.meetings)
    return sum(
        max(0, least - counts[name, party])
        for name, side in (("left", fair.left), ("right", fair.right))
        for party, least in enumerate(side.least.tolist())
    )
