"""What matters most to a need moves the weights of the published parts, within published bounds."""

import math
from collections.abc import Mapping
from dataclasses import replace

from .method import TOTAL_WEIGHT, Part, Priorities, RankingMethod

CENTS = 100  # weights are shown with two decimals, and are no finer than shown


def weighed(method: RankingMethod, asked: Mapping[str, int]) -> RankingMethod:
    """The method with the weights that a need's priorities give them.

    asked: priority → 0 to the method's `most`; half of it, or nothing said, is neutral. A part's
    weight is multiplied by `strongest` ** ((value − most / 2) / (most / 2)), so by 1 / strongest
    to strongest, and all weights are scaled to sum to 100 again, in hundredths of a point. A
    priority of the rule's `shares` first moves its part in the same way among those of its group.

    Raises ValueError for a priority the method does not know or a value out of range.
    """
    rule = method.priorities
    if rule is None or all(value * 2 == rule.most for value in asked.values()):
        return method
    for code, value in asked.items():
        if code not in {*rule.parts, *rule.shares} or not 0 <= value <= rule.most:
            raise ValueError(f"priorities: {code!r} at {value}")
    shared = _shared_out(method, rule, asked)
    factors = {
        part: _factor(rule, value)
        for code, value in asked.items()
        for part in rule.parts.get(code, ())
    }
    raw = [shared[part.code] * factors.get(part.code, 1.0) for part in method.parts]
    cents = _apportioned(raw, TOTAL_WEIGHT * CENTS)
    parts = (Part(p.code, c / CENTS) for p, c in zip(method.parts, cents, strict=True))
    return replace(method, parts=tuple(parts))


def _factor(rule: Priorities, value: int) -> float:
    middle = rule.most / 2
    factor: float = rule.strongest ** ((value - middle) / middle)
    return factor


def _shared_out(
    method: RankingMethod, rule: Priorities, asked: Mapping[str, int]
) -> dict[str, float]:
    """The weight of each part after the shares inside each group of `rule.parts`."""
    weights = {part.code: part.weight for part in method.parts}
    factors = {rule.shares[c]: _factor(rule, v) for c, v in asked.items() if c in rule.shares}
    for codes in rule.parts.values():
        group = {code: weights[code] * factors.get(code, 1.0) for code in codes if code in weights}
        if factors.keys() & group.keys():
            scale = math.fsum(weights[code] for code in group) / math.fsum(group.values())
            weights |= {code: weight * scale for code, weight in group.items()}
    return weights


def _apportioned(raw: list[float], whole: int) -> list[int]:
    """Whole numbers in proportion to `raw` that sum to `whole`: largest remainders go up."""
    scale = whole / math.fsum(raw)
    exact = [value * scale for value in raw]
    floors = [math.floor(value) for value in exact]
    by_remainder = sorted(range(len(raw)), key=lambda i: (floors[i] - exact[i], i))
    for place in by_remainder[: whole - sum(floors)]:
        floors[place] += 1
    return floors
