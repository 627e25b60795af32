"""Which open tasks lift the weakest figures of a party, and why."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.core.actor import Actor
from portal.core.templatetags.ui import num
from portal.evaluation.rules import can_see_own_rating
from portal.evaluation.selectors import weakest_of
from portal.rewards.models import Task
from portal.rewards.selectors.suiting import tasks_that_suit
from portal.rewards.words import reward_of

MOST = 3


@dataclass(frozen=True, slots=True)
class Lifting:
    task: Task
    reward: str
    why: str


def tasks_lifting(actor: Actor) -> list[Lifting]:
    """For the party one speaks for, the weakest indicator first, a task for each; none that it has
    claimed. Empty where the party is not rated."""
    if actor.party is None or not can_see_own_rating(actor):
        return []
    weak = weakest_of(actor.party)
    if not weak:
        return []
    codes = [code for code, _name, _score, _period in weak]
    first: dict[str, Task] = {}
    for task in tasks_that_suit(actor.party, indicators=codes):
        first.setdefault(task.indicator, task)
    found = [(first[code], name, score) for code, name, score, _period in weak if code in first]
    return [_lifting(*one) for one in found[:MOST]]


def stands_at(actor: Actor, code: str) -> str:
    """How far between its goalposts the indicator of who looks is, where it is weak; else empty."""
    if not code or actor.party is None or not can_see_own_rating(actor):
        return ""
    return next((num(score) for own, _n, score, _p in weakest_of(actor.party) if own == code), "")


def _lifting(task: Task, name: str, score: float) -> Lifting:
    said = {"name": name, "score": num(score)}
    why = _("%(name)s is %(score)s%% of the way between its goalposts; this task lifts it.") % said
    return Lifting(task, reward_of(task), why)
