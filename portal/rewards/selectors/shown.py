"""A task and a claim as their pages tell them: steps with how far one is, terms, what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core import clock
from portal.core.templatetags.ui import moment, num
from portal.parties.models import Party, ServiceType
from portal.parties.states import PartyKind
from portal.rewards.fields import Path
from portal.rewards.models import Claim, Task, TaskStep
from portal.rewards.states import WAITING, Check, ClaimStatus, Hold, Since, Standing, Unit
from portal.rewards.words import (
    DOORS,
    SOURCES,
    Counted,
    amount_in_words,
    figure_of,
    lack_of,
    title_of,
)

SHORT = 10  # percent of the rewards: so few are left


@dataclass(frozen=True, slots=True)
class StepShown:
    """`lack`: the next step in plain numbers; `window`: from when on records count; `url` and
    `verb`: where it is taken."""

    title: str
    has: str
    asked: str
    percent: int
    is_done: bool
    lack: str
    window: str
    url: str = ""
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """Of rewards, or of a pool."""

    label: str
    left: str
    all: str
    percent: int

    @property
    def is_short(self) -> bool:
        return self.percent < SHORT


@dataclass(frozen=True, slots=True)
class RewardShown:
    amount: str
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Way:
    """A claim under way in one row of a list."""

    claim: Claim
    reward: str
    percent: int
    next: str
    due: date


def steps_before(path: Path) -> list[StepShown]:
    """Where one stands today: what already counts; what was done lately, for comparison."""
    return [
        _step(
            step,
            step.counted,
            _("lately, in as many days: %(n)s") % {"n": figure_of(step, step.lately)},
        )
        for step in path.steps
    ]


def steps_alone(task: Task) -> list[StepShown]:
    """For who speaks for nobody: what is asked."""
    return [_step(step, 0, _since(step.since), is_known=False) for step in task.steps.all()]


def steps_of(claim: Claim) -> list[StepShown]:
    """As they were counted; the next step and where it is taken only while the claim runs."""
    shown = [
        _step(one.step, one.done, moment(one.reached_at) if one.reached_at else "")
        for one in claim.steps.all()
    ]
    if not claim.is_running:
        return [replace(one, lack="") for one in shown]
    return [_with_door(one, at.step) for one, at in zip(shown, claim.steps.all(), strict=True)]


def _with_door(step: StepShown, of: TaskStep) -> StepShown:
    if step.is_done or of.event not in DOORS:
        return step
    name, verb = DOORS[of.event]
    return replace(step, url=reverse(name), verb=str(verb))


def _step(step: Counted, has: int, window: str, *, is_known: bool = True) -> StepShown:
    is_done = is_known and has >= step.target
    return StepShown(
        title=title_of(step),
        has=figure_of(step, has) if is_known else "—",
        asked=figure_of(step, step.target),
        percent=100 if is_done else min(99, 100 * has // step.target),
        is_done=is_done,
        lack=lack_of(step, has) if is_known else str(SOURCES[step.event]),
        window=window,
    )


def _since(since: str) -> str:
    return str(Since(since).label)


def percent_of(claim: Claim) -> int:
    """The mean of its steps; 100 only where all are done."""
    steps = list(claim.steps.all())
    if not steps:
        return 0
    if all(one.reached_at for one in steps):
        return 100
    return min(99, sum(one.percent for one in steps) // len(steps))


def ways_of(claims: Sequence[Claim]) -> list[Way]:
    """With the first step that is not done, in plain numbers."""
    return [
        Way(
            claim=claim,
            reward=amount_in_words(claim.task.unit, claim.amount),
            percent=percent_of(claim),
            next=next_of(claim),
            due=clock.day_of(min(claim.kept_until, claim.due_at)),
        )
        for claim in claims
    ]


def running_ways(party: Party, most: int) -> list[Way]:
    """Of what is under way, what ends first."""
    rows = Claim.objects.filter(party=party).running().order_by("kept_until", "pk")
    rows = rows.select_related("task").prefetch_related("steps__step")
    return ways_of(list(rows[:most]))


def next_of(claim: Claim) -> str:
    if claim.status in {ClaimStatus.SUBMITTED, ClaimStatus.VERIFYING}:
        return _("Handed in; it is being verified.")
    for one in claim.steps.all():
        if one.reached_at is None:
            return lack_of(one.step, one.done)
    return _("All steps are done: hand it in.")


def counting_of(task: Task) -> str:
    """From which records it is counted, and who says that it is done."""
    sources = dict.fromkeys(str(SOURCES[step.event]) for step in task.steps.all())
    told = _("Counted each night from: %(sources)s.") % {"sources": ", ".join(sources)}
    if task.check_by != Check.OPERATOR:
        return told
    looked = _("An operator looks at it before it passes.")
    return f"{told} {looked}"


def reward_shown(task: Task) -> RewardShown:
    words = amount_in_words(task.unit, task.amount)
    if task.unit == Unit.CASH or task.coupon_kind is None:
        note = _("Posted to your funds as the platform's own debt, and paid out with the others.")
        return RewardShown(words, str(Unit.CASH.label), note)
    kind = task.coupon_kind
    days = ngettext("good for %(n)s day", "good for %(n)s days", kind.valid_days)
    note = f"{kind.get_scope_display()} · {days % {'n': kind.valid_days}}"
    return RewardShown(words, kind.name, note)


def terms_of(task: Task) -> Iterator[tuple[str, Any]]:
    yield _("Claims from"), moment(task.opens_at)
    yield _("Claims until"), moment(task.closes_at)
    if task.begin_days:
        yield _("To begin within"), days_in_words(task.begin_days)
    yield _("To finish within"), days_in_words(task.finish_days)
    yield _("Who verifies"), str(Check(task.check_by).label)
    if task.hold == Hold.FINISH:
        yield _("The reward"), str(Hold.FINISH.label)


def days_in_words(days: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": num(days)}


def left_of(task: Task) -> list[Left]:
    """Rewards of the task, and what its pool still has: each in its own unit."""
    pool = task.pool
    return [
        Left(_("Rewards"), num(task.left), num(task.quota), 100 * task.left // task.quota),
        Left(
            _("Budget of the season"),
            amount_in_words(pool.unit, pool.free),
            amount_in_words(pool.unit, pool.budget),
            100 * pool.free // pool.budget if pool.budget else 0,
        ),
    ]


def audience_of(task: Task) -> list[tuple[str, str]]:
    """Whom it is for: what is asked, and of how much."""
    told = [(_("Kind"), " · ".join(str(PartyKind(one).label) for one in task.kinds))]
    if task.sizes:
        told.append((_("Size"), " · ".join(task.sizes)))
    if task.services:
        names = ServiceType.objects.filter(code__in=task.services)
        told.append((_("Services"), " · ".join(one.name for one in names)))
    told += _span(_("Stars"), task.least_stars, task.most_stars)
    told += _span(_("Score"), _points(task.least_score), _points(task.most_score))
    told += _span(_("Followers"), task.least_followers, task.most_followers)
    return told


def _points(hundredths: int | None) -> int | None:
    return None if hundredths is None else hundredths // 100


def _span(label: str, least: int | None, most: int | None) -> list[tuple[str, str]]:
    if least is None and most is None:
        return []
    if most is None:
        return [(label, _("from %(n)s") % {"n": num(least)})]
    if least is None:
        return [(label, _("up to %(n)s") % {"n": num(most)})]
    return [(label, f"{num(least)}–{num(most)}")]


WAY = (
    (ClaimStatus.CLAIMED, "claimed_at"),
    (ClaimStatus.SUBMITTED, "submitted_at"),
    (ClaimStatus.PASSED, "decided_at"),
    (ClaimStatus.REWARDED, "rewarded_at"),
)
ENDS = frozenset(
    {ClaimStatus.FAILED, ClaimStatus.REVOKED, ClaimStatus.EXPIRED, ClaimStatus.WITHDRAWN}
)


def way_of(claim: Claim) -> list[dict[str, Any]]:
    """Where it stands between claimed and rewarded; where it ended before, there."""
    steps: list[dict[str, Any]] = []
    for status, name in WAY:
        at: datetime | None = getattr(claim, name)
        if claim.status in ENDS and (at is None or status in {"passed", "rewarded"}):
            break
        state = "done" if at is not None else ""
        steps.append({"label": status.label, "state": state, "note": moment(at) if at else ""})
    if claim.status in ENDS:
        label = claim.get_status_display()
        steps.append({"label": label, "state": "current", "note": moment(claim.ended_at)})
        return steps
    current = next((step for step in steps if not step["state"]), None)
    if current is not None and not claim.missed_out:
        current["state"] = "current"
        if claim.status in {ClaimStatus.IN_PROGRESS, *WAITING}:
            current["label"] = claim.get_status_display()
    return steps


def note_of_reward(claim: Claim) -> str:
    """What became of the reward of a claim, in a sentence."""
    if claim.status == ClaimStatus.EXPIRED:
        return _("Not done in time: the place went on to others.")
    if claim.missed_out:
        return _("Everything was done and right, but others finished first: no reward was left.")
    return {
        Standing.NONE: _("No reward is put aside: it goes to who finishes first."),
        Standing.RESERVED: _("Put aside for you; nobody else can take it."),
        Standing.GRANTED: _("Granted."),
        Standing.RETURNED: _("It went back to the pool."),
    }[Standing(claim.standing)]
