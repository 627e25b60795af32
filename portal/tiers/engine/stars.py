"""How many stars an agency's numbers reach, and what becomes of those it has.

All of a rung's floors must be passed. What is reached is one thing, what is held another:

- *Up*: one star a quarter at most, and only for who applied for it.
- *Down*: a quarter of grace first, in which the stars stay. Who still reaches less at its end
  loses one star, or up to two while a violation is in force. The next step down has its own grace.

A health that is not known is neither good nor bad: it stands in the way of no star that is held,
and wins none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

STARTER, MOST_STARS = 0, 5
UP, DOWN, DOWN_WITH_VIOLATION = 1, 1, 2  # stars at most, a quarter


class Faulty(ValueError):
    """Rules that make no sense; `field` names what."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class Measure(StrEnum):
    CREATORS = "creators"
    NET = "net_fen"
    HEALTH = "health"
    DAYS = "days"


class Movement(StrEnum):
    RISE = "rise"
    KEEP = "keep"
    GRACE = "grace"
    FALL = "fall"


@dataclass(frozen=True, slots=True)
class Rung:
    """What a star asks: active creators; settled net GMV of the quarter in fen; health in
    hundredths of a point."""

    stars: int
    creators: int
    net_fen: int
    health: int


@dataclass(frozen=True, slots=True)
class StarRules:
    """The rungs from the first star up; younger than `least_days` is a starter."""

    least_days: int
    rungs: tuple[Rung, ...]

    def __post_init__(self) -> None:
        if [rung.stars for rung in self.rungs] != list(range(1, len(self.rungs) + 1)):
            raise Faulty("stars", "one rung for each star, from the first up")
        for below, above in zip(self.rungs, self.rungs[1:], strict=False):
            for name in ("creators", "net_fen", "health"):
                if getattr(above, name) < getattr(below, name):
                    raise Faulty(f"{name}_{above.stars}", "a higher star asks no less")

    def rung(self, stars: int) -> Rung | None:
        return self.rungs[stars - 1] if 1 <= stars <= len(self.rungs) else None


@dataclass(frozen=True, slots=True)
class Inputs:
    """Of one agency and quarter, in the units of `Rung`. `health` None: not rated."""

    creators: int
    net_fen: int
    health: int | None
    days: int
    has_violation: bool = False


@dataclass(frozen=True, slots=True)
class Before:
    """What it held, and whether the quarter was its grace."""

    stars: int = STARTER
    is_in_grace: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the numbers reach, what is held from now on, and how it came to that. `may_rise`: it
    reaches more than it held, so an application would win a star."""

    reached: int
    result: int
    movement: Movement
    may_rise: bool


@dataclass(frozen=True, slots=True)
class Need:
    """One floor of a star: what there is of it, and what is missing (in its own unit)."""

    measure: Measure
    has: int | None
    asked: int

    @property
    def missing(self) -> int:
        return max(0, self.asked - (self.has or 0))

    @property
    def is_met(self) -> bool:
        return self.has is not None and self.has >= self.asked

    @property
    def percent(self) -> int:
        """How much of it there is; 100 only where it is met."""
        if self.is_met:
            return 100
        return min(99, 100 * max(0, self.has or 0) // max(self.asked, 1))


def reach(rules: StarRules, inputs: Inputs, before: Before) -> int:
    """The highest star of which every floor is passed."""
    if inputs.days < rules.least_days:
        return STARTER
    return max(
        (rung.stars for rung in rules.rungs if _passes(rung, inputs, before)), default=STARTER
    )


def _passes(rung: Rung, inputs: Inputs, before: Before) -> bool:
    if inputs.creators < rung.creators or inputs.net_fen < rung.net_fen:
        return False
    if inputs.health is None:
        return rung.stars <= before.stars
    return inputs.health >= rung.health


def judge(rules: StarRules, inputs: Inputs, before: Before, *, has_applied: bool) -> Judgement:
    reached = reach(rules, inputs, before)
    may_rise = reached > before.stars
    if may_rise and has_applied:
        return Judgement(reached, before.stars + UP, Movement.RISE, may_rise)
    if reached >= before.stars:
        return Judgement(reached, before.stars, Movement.KEEP, may_rise)
    if not before.is_in_grace:
        return Judgement(reached, before.stars, Movement.GRACE, may_rise)
    most = DOWN_WITH_VIOLATION if inputs.has_violation else DOWN
    return Judgement(reached, max(reached, before.stars - most), Movement.FALL, may_rise)


def needs_for(rules: StarRules, inputs: Inputs, stars: int) -> Sequence[Need]:
    """Each floor of this star beside what there is; empty above the last."""
    rung = rules.rung(stars)
    if rung is None:
        return ()
    return (
        Need(Measure.CREATORS, inputs.creators, rung.creators),
        Need(Measure.NET, inputs.net_fen, rung.net_fen),
        Need(Measure.HEALTH, inputs.health, rung.health),
        Need(Measure.DAYS, inputs.days, rules.least_days),
    )
