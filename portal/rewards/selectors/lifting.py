"""Which open tasks lift the weakest figures of a party, and why."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.core.actor import Actor
from portal.core.templatetags.ui import num
from portal.evaluation.rules import can_see_own_rating
from portal.evaluation.selectors import weakest_of
from portal.rewards import rules
from portal.rewards.models import Claim, Task
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
    rows = Task.objects.visible_to(actor).open().for_kind(actor.party.kind)
    rows = rows.filter(indicator__in=codes).exclude(
        pk__in=Claim.objects.filter(party=actor.party).alive().values("task")
    )
    left = [task for task in rows.order_by("closes_at", "pk") if task.left > 0]
    if not left:
        return []
    who, first = rules.who_is(actor.party), dict[str, Task]()
    for task in left:
        if rules.suits(task, who):
            first.setdefault(task.indicator, task)
    found = [(first[code], name, score) for code, name, score, _period in weak if code in first]
    return [_lifting(*one) for one in found[:MOST]]


def _lifting(task: Task, name: str, score: float) -> Lifting:
    said = {"name": name, "score": num(score)}
    why = _("%(name)s is %(score)s%% of the way between its goalposts; this task lifts it.") % said
    return Lifting(task, reward_of(task), why)
