"""How many of each kind and size could claim a task, by the rule that decides about each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.parties.models import Party
from portal.parties.states import TRUSTED, PartyKind
from portal.rewards import rules
from portal.rewards.models import Programme, Task
from portal.rewards.states import SIZES, TaskStatus


@dataclass(frozen=True, slots=True)
class ReachRow:
    label: str
    count: int
    all: int

    @property
    def percent(self) -> int:
        return 100 * self.count // self.all if self.all else 0


def reach_of(task: Task) -> list[ReachRow]:
    """A row for each kind it is for, of providers one for each size."""
    rows: list[ReachRow] = []
    for kind in task.kinds:
        suiting, everybody = _counted(task, kind)
        label = str(PartyKind(kind).label)
        if kind != PartyKind.PROVIDER:
            rows.append(ReachRow(label, suiting.total(), everybody.total()))
            continue
        rows += [
            ReachRow(
                _("%(kind)s, size %(size)s") % {"kind": label, "size": size},
                suiting[size],
                everybody[size],
            )
            for size in SIZES
        ]
    return rows


def _counted(task: Task, kind: str) -> tuple[Counter[str], Counter[str]]:
    parties = Party.objects.filter(kind=kind, status__in=TRUSTED, sandbox_of=None)
    found = rules.who_are(list(parties))
    suiting = Counter(who.size for who in found.values() if rules.suits(task, who))
    return suiting, Counter(who.size for who in found.values())


@dataclass(frozen=True, slots=True)
class SizeRow:
    """How many tasks are for everybody of a size: claimable ones, and drafts besides."""

    label: str
    tasks: int
    drafts: int


def sizes_of(season: Programme) -> list[SizeRow]:
    """Of the kinds that the season's tasks are for, as the rule of publishing looks at them."""
    tasks = rules.claimable(season)
    drafts = list(season.tasks.filter(status=TaskStatus.DRAFT))
    return [
        SizeRow(
            band.label,
            sum(band.is_served_by(task) for task in tasks),
            sum(band.is_served_by(task) for task in drafts),
        )
        for band in rules.bands_of([*tasks, *drafts])
    ]
