"""Who writes tasks, and what of a task makes sense."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flaws_of_lines, forbidden, unmet
from portal.parties.models import ServiceType
from portal.parties.states import PartyKind
from portal.rewards.fields import Audience, ProgrammeFields, StepFields, TaskFields
from portal.rewards.models import CouponKind, Pool, Programme, Task
from portal.rewards.rules.sizes import leaves_nobody_out
from portal.rewards.states import (
    SIZES,
    Check,
    Fold,
    Hold,
    Line,
    Since,
    StepEvent,
    TaskStatus,
    Unit,
)

CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,59}")
MOST_STEPS, MOST_TARGET, MOST_DAYS = 8, 10**13, 366
MOST_REWARD, MOST_QUOTA = 10**9, 1_000_000
FIRST_YEAR, LAST_YEAR = 2018, 2100
LONGEST = {"title_zh": 60, "title_en": 90, "text_zh": 2000, "text_en": 3000}


def can_edit_tasks(actor: Actor) -> Verdict:
    if actor.has_perm("rewards.edit_task"):
        return ALLOWED
    return forbidden(_("Only operators of tasks may do this."))


def can_edit_task(actor: Actor, task: Task) -> Verdict:
    """What was promised stays as it was promised."""
    if not (verdict := can_edit_tasks(actor)):
        return verdict
    if task.status != TaskStatus.DRAFT:
        return conflict(_("A published task stays as it is; close it and publish another."))
    return ALLOWED


def can_publish_task(actor: Actor, task: Task) -> Verdict:
    """Alone: beside what of its season can be claimed already, no size of its kinds is left out."""
    if not (verdict := can_edit_task(actor, task)):
        return verdict
    if not (verdict := _is_ready(task)):
        return verdict
    return leaves_nobody_out([task], beside=claimable(task.programme))


def can_open_season(actor: Actor, programme: Programme) -> Verdict:
    """All its drafts at once: each is ready, and together they leave no size of their kinds out."""
    if not (verdict := can_edit_tasks(actor)):
        return verdict
    drafts = list(programme.tasks.filter(status=TaskStatus.DRAFT).select_related("pool"))
    if not drafts:
        return unmet(_("The season has no draft to publish."))
    for task in drafts:
        if not (verdict := _is_ready(task)):
            said = {"task": task.title, "why": verdict.reason}
            return unmet(_("“%(task)s”: %(why)s") % said)
    return leaves_nobody_out(drafts, beside=claimable(programme))


def claimable(programme: Programme) -> list[Task]:
    """Now or once it opens: not closed, not over, and a reward is left."""
    rows = programme.tasks.filter(status=TaskStatus.PUBLISHED, closes_at__gt=clock.now())
    return list(rows.filter(taken__lt=F("quota")).order_by("pk"))


def _is_ready(task: Task) -> Verdict:
    if task.closes_at <= clock.now():
        return unmet(_("Its time to claim is over already; give it a later one."))
    if not task.steps.exists():
        return unmet(_("A task has at least one step."))
    if task.pool.free < task.amount:
        return unmet(_("The pool does not have enough for a single reward; raise its budget."))
    return ALLOWED


def can_close_task(actor: Actor, task: Task) -> Verdict:
    if not (verdict := can_edit_tasks(actor)):
        return verdict
    if task.status != TaskStatus.PUBLISHED:
        return conflict(_("Only a published task can be closed."))
    return ALLOWED


def flaws_of_programme(fields: ProgrammeFields, *, known: bool = False) -> Iterator[Flaw]:
    if not CODE.fullmatch(fields.code) or len(fields.code) > 40:
        yield Flaw("code", _("2 to 40 lower-case letters, digits or dashes."))
    elif not known and Programme.objects.filter(code=fields.code).exists():
        yield Flaw("code", _("This code is taken."))
    for name in ("name_zh", "name_en"):
        if not getattr(fields, name).strip():
            yield Flaw(name, _("This cannot be empty."))
    yield from flaws_of_first_day(fields.starts_on)
    if fields.ends_on < fields.starts_on:
        yield Flaw("ends_on", _("The last day is not before the first."))
    elif (fields.ends_on - fields.starts_on).days > MOST_DAYS:
        yield Flaw("ends_on", _("A season lasts a year at most."))


def flaws_of_first_day(day: date) -> Iterator[Flaw]:
    """Also of a season that takes another one over: its days are reckoned from this one."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        yield Flaw("starts_on", _("A season begins between 2018 and 2100."))


def flaws_of_task(fields: TaskFields, programme: Programme, task: Task | None) -> Iterator[Flaw]:
    """`task`: the draft that is changed, if it is one."""
    taken = Task.objects.filter(code=fields.code)
    taken = taken.exclude(pk=task.pk) if task else taken
    if not CODE.fullmatch(fields.code):
        yield Flaw("code", _("2 to 60 lower-case letters, digits or dashes."))
    elif taken.exists():
        yield Flaw("code", _("This code is taken."))
    for name, longest in LONGEST.items():
        value = getattr(fields, name).strip()
        if not value:
            yield Flaw(name, _("This cannot be empty."))
        elif len(value) > longest:
            yield Flaw(name, _("This is too long."))
    yield from flaws_of_lines(fields, "title_zh", "title_en")
    yield from _flaws_of_times(fields, programme)
    yield from _flaws_of_reward(fields, programme)
    yield from _flaws_of_choices(fields)
    yield from _flaws_of_audience(fields.audience)
    yield from _flaws_of_steps(fields)


def _flaws_of_times(fields: TaskFields, programme: Programme) -> Iterator[Flaw]:
    if fields.closes_at <= fields.opens_at:
        yield Flaw("closes_at", _("Later than the opening."))
    elif clock.day_of(fields.opens_at) < programme.starts_on:
        yield Flaw("opens_at", _("Not before the season begins."))
    elif clock.day_of(fields.closes_at) > programme.ends_on:
        yield Flaw("closes_at", _("Not after the season ends."))
    if not 1 <= fields.finish_days <= MOST_DAYS:
        yield Flaw("finish_days", _("From 1 to 366 days."))
    elif fields.begin_days is not None and not 1 <= fields.begin_days <= fields.finish_days:
        yield Flaw("begin_days", _("From 1 day to the days to finish."))


def _flaws_of_reward(fields: TaskFields, programme: Programme) -> Iterator[Flaw]:
    if not 1 <= fields.quota <= MOST_QUOTA:
        yield Flaw("quota", _("From 1 to 1,000,000 rewards."))
    if fields.unit not in Unit.values:
        yield Flaw("unit", _("Choose one from the list."))
    elif not Pool.objects.filter(programme=programme, unit=fields.unit).exists():
        yield Flaw("unit", _("The season has no pool of this kind; open one first."))
    elif fields.unit == Unit.CASH and not 1 <= fields.amount_fen <= MOST_REWARD:
        yield Flaw("amount_fen", _("From ¥0.01 to ¥10,000,000."))
    elif fields.unit == Unit.COUPON:
        kinds = CouponKind.objects.filter(pk=fields.coupon_kind or 0, is_offered=True)
        if not kinds.exists():
            yield Flaw("coupon_kind", _("Choose one from the list."))


def _flaws_of_choices(fields: TaskFields) -> Iterator[Flaw]:
    if fields.check_by not in Check.values:
        yield Flaw("check_by", _("Choose one from the list."))
    if fields.hold not in Hold.values:
        yield Flaw("hold", _("Choose one from the list."))
    if fields.line and fields.line not in Line.values:
        yield Flaw("line", _("Choose one from the list."))
    if fields.line and fields.indicator:
        yield Flaw("line", _("A task lifts an indicator or a growth line, not both."))


def _flaws_of_audience(audience: Audience) -> Iterator[Flaw]:
    if not audience.kinds or set(audience.kinds) - set(PartyKind.values):
        yield Flaw("kinds", _("Choose at least one from the list."))
    if set(audience.sizes) - set(SIZES):
        yield Flaw("sizes", _("S, M and L are the sizes."))
    known = ServiceType.objects.filter(code__in=audience.services).count()
    if known != len(set(audience.services)):
        yield Flaw("services", _("Choose from the list."))
    for least, most, limit in (
        ("least_stars", "most_stars", 5),
        ("least_score", "most_score", 10_000),
        ("least_followers", "most_followers", 10**12),
    ):
        low, high = getattr(audience, least), getattr(audience, most)
        if any(one is not None and not 0 <= one <= limit for one in (low, high)):
            yield Flaw(least, _("This is out of range."))
        elif low is not None and high is not None and low > high:
            yield Flaw(most, _("The upper end is not below the lower one."))


def _flaws_of_steps(fields: TaskFields) -> Iterator[Flaw]:
    if not 1 <= len(fields.steps) <= MOST_STEPS:
        yield Flaw("steps", _("From 1 to 8 steps."))
    for number, step in enumerate(fields.steps, start=1):
        if not _is_known(step):
            yield Flaw(f"steps_{number}", _("Choose one from the list."))
        elif not 1 <= step.target <= MOST_TARGET:
            yield Flaw(f"steps_{number}", _("The target is above zero."))
        elif len(step.scope) > 60:
            yield Flaw(f"steps_{number}", _("This is too long."))


def _is_known(step: StepFields) -> bool:
    return (
        step.event in StepEvent.values and step.fold in Fold.values and step.since in Since.values
    )
