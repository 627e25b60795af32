"""Which pairs meet: the most rewarding set under caps, as a flow of least cost.

source → left party → right party → sink, one unit a meeting. A party's units may carry rewards of
their own: the first so many one reward, the next ones a smaller one. As those rewards fall, the
flow takes them in their order. A free way from source to sink carries the units nobody gains by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .fair import BoolArray, IntArray

if TYPE_CHECKING:
    from ortools.graph.python import min_cost_flow

SOURCE, SINK, FIRST = 0, 1, 2  # nodes; FIRST: the first left party's
MOST_COST = 1 << 61


@dataclass(frozen=True)
class Tier:
    """caps, rewards: (parties,). So many units, each with that reward; later tiers reward less."""

    caps: IntArray
    rewards: IntArray


def most_rewarding(
    left: IntArray,
    right: IntArray,
    gains: IntArray,
    left_tiers: Sequence[Tier],
    right_tiers: Sequence[Tier],
    total: int,
) -> BoolArray:
    """(pairs,) True for a set of at most `total` pairs within the caps of which none has a larger
    sum of gains and rewards."""
    lefts, rights = len(left_tiers[0].caps), len(right_tiers[0].caps)
    for side in (left_tiers, right_tiers):
        total = min(total, sum(int(tier.caps.sum()) for tier in side))
    if not len(left) or total <= 0:
        return np.zeros(len(left), np.bool_)
    # Here, not above: it takes 1.7 s and pandas' memory, and most processes never plan.
    from ortools.graph.python import min_cost_flow  # noqa: PLC0415

    graph = min_cost_flow.SimpleMinCostFlow()
    ones = np.ones(len(left), np.int64)
    arcs = graph.add_arcs_with_capacity_and_unit_cost(
        FIRST + left, FIRST + lefts + right, ones, -gains
    )
    for tier in left_tiers:
        _arcs(graph, FIRST + np.arange(lefts), tier, is_out=True)
    for tier in right_tiers:
        _arcs(graph, FIRST + lefts + np.arange(rights), tier, is_out=False)
    graph.add_arc_with_capacity_and_unit_cost(SOURCE, SINK, total, 0)
    graph.set_node_supply(SOURCE, total)
    graph.set_node_supply(SINK, -total)
    status = graph.solve()
    if status != graph.OPTIMAL:
        raise ArithmeticError(f"min-cost flow: {status}")
    return np.asarray(graph.flows(arcs)) > 0


def _arcs(
    graph: min_cost_flow.SimpleMinCostFlow, nodes: IntArray, tier: Tier, *, is_out: bool
) -> None:
    used = tier.caps > 0
    ends = nodes[used]
    hub = np.full(len(ends), SOURCE if is_out else SINK)
    tails, heads = (hub, ends) if is_out else (ends, hub)
    graph.add_arcs_with_capacity_and_unit_cost(tails, heads, tier.caps[used], -tier.rewards[used])
