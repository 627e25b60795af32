"""What the site holds of a person, part by part: how each part tells it, and how it forgets it.

A part that keeps personal values registers itself here, and says what keeps a party from closing
or from being listed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from portal.core.verdict import ALLOWED, Verdict
from portal.parties.models import Party, User

Tell = Callable[[User], Any]  # plain values for the person's own export
Forget = Callable[[User, Sequence[Party]], None]  # the person, and closed parties that were theirs
Obstacle = Callable[[Party], Verdict]
Duty = Callable[[Collection[int]], set[int]]


@dataclass(frozen=True, slots=True)
class Holding:
    name: str
    tell: Tell
    forget: Forget


_holdings: dict[str, Holding] = {}
_obstacles: list[Obstacle] = []
_bans: list[Obstacle] = []
_duties: list[Duty] = []


def register_holding(name: str, tell: Tell, forget: Forget) -> None:
    _holdings[name] = Holding(name, tell, forget)


ACCOUNT = "account"  # forgotten last: the others look for its name, mail and phone


def register_obstacle(obstacle: Obstacle) -> Obstacle:
    """Something that must end before a party may close."""
    _obstacles.append(obstacle)
    return obstacle


def register_duty(duty: Duty) -> Duty:
    """Of these parties, those of whom a law wants to know for a term who they were."""
    _duties.append(duty)
    return duty


def kept_by_law(parties: Collection[int]) -> set[int]:
    return {party for duty in _duties for party in duty(parties)}


def register_ban(ban: Obstacle) -> Obstacle:
    """Something that keeps a party out of the directory, whatever its own people wish."""
    _bans.append(ban)
    return ban


def may_be_listed(party: Party) -> Verdict:
    """The first ban's refusal."""
    return next((verdict for ban in _bans if not (verdict := ban(party))), ALLOWED)


def holdings() -> list[Holding]:
    return sorted(_holdings.values(), key=lambda holding: holding.name == ACCOUNT)


def may_close(party: Party) -> Verdict:
    """The first obstacle's refusal."""
    return next((verdict for check in _obstacles if not (verdict := check(party))), ALLOWED)
