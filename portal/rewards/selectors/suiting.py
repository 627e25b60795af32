"""What a party may claim now, by the rules that decide when it does; and where to begin."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _

from portal.core.actor import Actor
from portal.parties.models import Party
from portal.rewards import rules
from portal.rewards.models import Claim, Task
from portal.rewards.selectors.previewing import preview_path
from portal.rewards.selectors.shown import StepShown, days_in_words, steps_before
from portal.rewards.states import TaskStatus
from portal.rewards.words import reward_of, title_of

MOST_LOOKED_AT = 400


@dataclass(frozen=True, slots=True)
class Beginning:
    """The task to begin with; `asked`: its steps in plain numbers."""

    task: Task
    reward: str
    asked: str
    steps: Sequence[StepShown]


def tasks_that_suit(party: Party, *, indicators: Collection[str] = ()) -> list[Task]:
    """Open ones with a reward left that it has not claimed, the soonest to close first. Of
    `indicators`, where some are named."""
    rows = Task.objects.open().for_kind(party.kind).filter(taken__lt=F("quota"))
    if indicators:
        rows = rows.filter(indicator__in=indicators)
    claimed = Claim.objects.filter(party=party).alive().values("task")
    found = list(rows.exclude(pk__in=claimed).whole().order_by("closes_at", "pk")[:MOST_LOOKED_AT])
    if not found or rules.barred_until(party) is not None:
        return []
    who = rules.who_is(party)
    return [task for task in found if rules.has_reward(task) and rules.suits(task, who)]


def refusals_of(party: Party, tasks: Iterable[Task]) -> dict[int, str]:
    """Why each of these is not for the party, by key; empty where it is."""
    who = rules.who_is(party)
    return {task.pk: str(rules.suits(task, who).reason or "") for task in tasks}


def keys_that_suit(party: Party) -> list[int]:
    """Of all published tasks, those that are for the party, whether they are open or not."""
    who = rules.who_is(party)
    rows = Task.objects.exclude(status=TaskStatus.DRAFT).for_kind(party.kind)
    return [task.pk for task in rows if rules.suits(task, who)]


def beginning_of(actor: Actor) -> Beginning | None:
    """The one task to begin with, for who has nothing under way."""
    party = actor.party
    if party is None or Claim.objects.filter(party=party).running().exists():
        return None
    first = next(iter(tasks_that_suit(party)), None)
    if first is None or not rules.can_claim_task(actor, first, party):
        return None
    steps = steps_before(preview_path(first, party))
    return Beginning(first, reward_of(first), asked_of(first), steps)


def asked_of(task: Task) -> str:
    """Go live on days: 4, within 30 days."""
    said = {
        "steps": " · ".join(title_of(step) for step in task.steps.all()),
        "days": days_in_words(task.finish_days),
    }
    return _("%(steps)s, within %(days)s") % said
