"""The catalogue of tasks: what can be claimed now, the soonest to close first; then what opens
later; then what is over or given away, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import (
    Case,
    DateTimeField,
    Expression,
    ExpressionWrapper,
    F,
    Q,
    Value,
    When,
)
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.templatetags.ui import moment
from portal.evaluation.selectors import indicator_names
from portal.parties.models import Party
from portal.parties.states import PartyKind
from portal.rewards.models import Claim, Task
from portal.rewards.models.tasks import TaskQuerySet
from portal.rewards.selectors.suiting import keys_that_suit, refusals_of
from portal.rewards.states import SIZES, Line, TaskStatus, Unit
from portal.rewards.words import lifts_of, reward_of

SINCE = datetime(2000, 1, 1, tzinfo=UTC)
LATER = timedelta(days=4000 * 365)
OURS = "ours"
OVER = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; what is no choice narrows nothing. `own`: the kind of party that
    looks, which is chosen unasked. `whose`: `OURS` narrows to what is for the party that looks,
    and is chosen unasked, too, where it may claim tasks at all."""

    words: str = ""
    kind: str = ""
    line: str = ""
    unit: str = ""
    size: str = ""
    is_open: bool = False
    own: str = ""
    whose: str = ""

    @property
    def is_narrowed(self) -> bool:
        said = self.words or self.line or self.unit or self.size or self.is_open
        return bool(said) or self.kind != self.own

    @property
    def is_ours(self) -> bool:
        """Only of the own kind can it be asked what is for the party."""
        return self.whose == OURS and bool(self.own) and self.kind == self.own


@dataclass(frozen=True, slots=True)
class Card:
    """`closed`: why it cannot be claimed by anybody now, in words; `refused`: why not by who
    looks."""

    task: Task
    reward: str
    audience: Sequence[str]
    lifts: str
    sizes: str
    closed: str
    refused: str
    claim: Claim | None

    @property
    def is_open(self) -> bool:
        return not self.closed


def tasks_for(actor: Actor, wanted: Wanted) -> TaskQuerySet:
    """Published ones, in their turn; drafts stand on the desk alone."""
    rows = Task.objects.visible_to(actor).exclude(status=TaskStatus.DRAFT)
    if wanted.words:
        words = wanted.words.replace("\0", "")
        rows = rows.filter(Q(title_zh__icontains=words) | Q(title_en__icontains=words))
    if wanted.kind in PartyKind.values:
        rows = rows.for_kind(wanted.kind)
    if wanted.line in Line.values:
        rows = rows.filter(line=wanted.line)
    if wanted.unit in Unit.values:
        rows = rows.filter(unit=wanted.unit)
    if wanted.size in SIZES:
        rows = rows.filter(Q(sizes=[]) | Q(sizes__contains=[wanted.size]))
    if wanted.is_ours and actor.party is not None:
        claimed = Claim.objects.filter(party=actor.party).alive().values("task")
        rows = rows.filter(Q(pk__in=keys_that_suit(actor.party)) | Q(pk__in=claimed))
    if wanted.is_open:
        rows = rows.open().filter(taken__lt=F("quota"))
    return in_turn(rows).select_related("programme", "coupon_kind")


def in_turn(tasks: TaskQuerySet) -> TaskQuerySet:
    """With `turn`, by which a key pages: each part stands in an age of its own."""
    now = clock.now()
    is_free = Q(status=TaskStatus.PUBLISHED, taken__lt=F("quota"))
    newest = Value(SINCE) - F("closes_at")
    return tasks.annotate(
        turn=Case(
            When(is_free & Q(opens_at__lte=now, closes_at__gt=now), then=F("closes_at")),
            When(is_free & Q(opens_at__gt=now), then=_moment(F("opens_at") + Value(LATER))),
            default=_moment(Value(OVER) + newest),
            output_field=DateTimeField(),
        )
    )


def _moment(expression: Expression) -> Expression:
    return ExpressionWrapper(expression, output_field=DateTimeField())


def cards_of(party: Party | None, tasks: Sequence[Task]) -> list[Card]:
    """With one's own claim of each, where there is one that lives."""
    own = claims_of(party, tasks)
    refused = refusals_of(party, tasks) if party is not None else {}
    names = indicator_names() if any(task.indicator for task in tasks) else {}
    return [
        Card(
            task=task,
            reward=reward_of(task),
            audience=[str(PartyKind(one).label) for one in task.kinds],
            lifts=lifts_of(task, names),
            sizes=_("size %(sizes)s") % {"sizes": " · ".join(task.sizes)} if task.sizes else "",
            closed=closed_because(task),
            refused=refused.get(task.pk, ""),
            claim=own.get(task.pk),
        )
        for task in tasks
    ]


def claims_of(party: Party | None, tasks: Sequence[Task]) -> dict[int, Claim]:
    """The newest claim of the party by task."""
    if party is None:
        return {}
    rows = Claim.objects.filter(party=party, task__in=tasks).order_by("claimed_at")
    return {claim.task_id: claim for claim in rows}


def closed_because(task: Task) -> str:
    now = clock.now()
    if task.status == TaskStatus.CLOSED:
        return task.close_reason or _("closed")
    if now < task.opens_at:
        return _("opens %(at)s") % {"at": moment(task.opens_at)}
    if now >= task.closes_at:
        return _("claims are over")
    return "" if task.left > 0 else _("all rewards are given away")
