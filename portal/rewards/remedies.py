"""Of the tasks that the evaluation offers for an indicator, those that are not for a party."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from portal.evaluation.selectors import register_unfit
from portal.parties.models import Party
from portal.rewards.models import Task
from portal.rewards.selectors import refusals_of
from portal.rewards.services.remedies import ORIGIN


def not_for(party: Party, origins: Sequence[str]) -> Collection[str]:
    """Each size has tasks of its own: one reads only of those one may claim."""
    codes = [origin.removeprefix(ORIGIN) for origin in origins]
    tasks = {task.pk: task for task in Task.objects.filter(code__in=codes)}
    why = refusals_of(party, tasks.values())
    return {f"{ORIGIN}{tasks[key].code}" for key, reason in why.items() if reason}


register_unfit(ORIGIN, not_for)
