"""One amount, split by the tree of an agreement."""

from __future__ import annotations

from collections.abc import Sequence

from .agreement import Agreement, Component
from .amounts import apportion, rate_of


def split(agreement: Agreement, gross: int) -> list[int]:
    """The amount of each of `agreement.legs`; they sum to `gross`."""
    amounts: list[int] = []
    left = take_out(agreement.components, gross, amounts)
    amounts.append(left)
    return amounts


def take_out(components: Sequence[Component], base: int, amounts: list[int]) -> int:
    """Adds the legs of the components of `base`, and gives what they leave of it."""
    left = base
    for one in components:
        amount = amount_of(one, base, left)
        left -= amount
        at = len(amounts)
        amounts.extend([0] * len(one.shares))
        own = take_out(one.components, amount, amounts)
        amounts[at : at + len(one.shares)] = apportion(own, [weight for _, weight in one.shares])
    return left


def amount_of(component: Component, base: int, left: int) -> int:
    """Before anything is taken out of it. `left`: of `base`, by the siblings before it."""
    wanted = wanted_of(component, base)
    return min(wanted, left) if component.cap_fen is None else min(wanted, component.cap_fen, left)


def wanted_of(component: Component, base: int) -> int:
    """By its rate or as fixed, whatever the cap and whatever is left."""
    if component.rate_bp is None:
        return component.fixed_fen or 0
    return rate_of(base, component.rate_bp)
