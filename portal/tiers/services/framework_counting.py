"""What the clock does with frameworks: begin them, count their months each night, remind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_noop

from portal.core import bulk, clock
from portal.core.actor import Actor
from portal.revenue.engine import Month
from portal.tiers.framework_states import (
    REMINDERS,
    RESTS,
    TOLD_FROM,
    DecisionStatus,
    FrameworkSide,
    FrameworkStatus,
)
from portal.tiers.models import Framework, FrameworkDecision, FrameworkMeeting, FrameworkMonth
from portal.tiers.selectors import Course, MonthSum, month_sums
from portal.tiers.services.framework_meetings import close_framework
from portal.tiers.services.framework_telling import (
    change_status,
    tell_agency,
    tell_keeper,
    tell_other,
)
from portal.tiers.services.frameworks import expire_frameworks, lock_framework

SUMS = ("as_of", "target_fen", "due_fen", "actual_fen", "projected_fen", "rebate_fen")
Sums = Mapping[tuple[int, Month], MonthSum]


def live_frameworks(actor: Actor) -> int:
    """All that days bring; safe to run twice."""
    done = expire_frameworks(actor) + begin_frameworks(actor) + close_unrenewed(actor)
    return done + remind_of_frameworks(actor)


def begin_frameworks(actor: Actor) -> int:
    """Those whose first day has come."""
    due = Framework.objects.filter(status=FrameworkStatus.SIGNED, starts_on__lte=clock.today())
    return sum(_begin(actor, one) for one in list(due.select_related("party")))


@transaction.atomic
def _begin(actor: Actor, framework: Framework) -> bool:
    framework = lock_framework(framework)
    if framework.status != FrameworkStatus.SIGNED:
        return False
    change_status(actor, framework, FrameworkStatus.RUNNING, "begin_framework")
    sentence = gettext_noop("%(agency)s: the annual framework runs from today on.")
    tell_other(actor, framework, "begun", sentence, once="begun")
    return True


def close_unrenewed(actor: Actor) -> int:
    """Reviewed long ago, and no renewal is on the table."""
    rested = Framework.objects.filter(
        status=FrameworkStatus.REVIEWED, closed_at__lte=clock.now() - RESTS
    )
    lone = rested.exclude(renewals__status__in=["proposed", "negotiated"])
    rows = list(lone.select_related("party").distinct())
    for framework in rows:
        close_framework(actor, framework=framework)
    return len(rows)


@transaction.atomic
def count_frameworks(actor: Actor) -> int:
    """Up to the end of yesterday: each month that has begun, and what all come to at this pace.
    How many. One pass over the lines, however many frameworks there are."""
    as_of = clock.today() - timedelta(days=1)
    begun = Framework.objects.counted().filter(starts_on__lte=as_of).order_by("pk")
    rows = list(begun.whole().select_for_update(of=("self",), no_key=True))
    sums = month_sums(rows, clock.today())
    _write_months(rows, sums, as_of)
    prefetch_related_objects(rows, "agreement__versions", "counted_months")
    for framework in rows:
        _take(framework, as_of)
    bulk.update(rows, SUMS)
    return len(rows)


def _write_months(rows: Iterable[Framework], sums: Sums, as_of: date) -> None:
    FrameworkMonth.objects.bulk_create(
        [
            _month(framework, month, sums.get((framework.party_id, month), MonthSum()))
            for framework in rows
            for month in framework.months
            if month.first_day <= as_of
        ],
        update_conflicts=True,
        unique_fields=["framework", "month"],
        update_fields=["net_fen", "orders", "struck"],
    )


def _month(framework: Framework, month: Month, found: MonthSum) -> FrameworkMonth:
    return FrameworkMonth(
        framework=framework,
        month=month.first_day,
        net_fen=max(found.net_fen, 0),
        orders=found.orders,
        struck=found.struck,
    )


def _take(framework: Framework, as_of: date) -> None:
    framework.as_of = min(as_of, framework.last_day)
    course = Course(framework, framework.as_of)
    outlook = course.outlook
    framework.target_fen, framework.due_fen = outlook.target, round(outlook.due)
    framework.actual_fen, framework.projected_fen = outlook.actual, outlook.projected
    framework.rebate_fen = course.rebate
    if course.is_behind and framework.status == FrameworkStatus.RUNNING:
        _tell_behind(framework, course)


def _tell_behind(framework: Framework, course: Course) -> None:
    """Once a month, when what sold in the month before has settled."""
    assert framework.as_of is not None
    if framework.as_of.day < TOLD_FROM:
        return
    sentence = gettext_noop(
        "%(agency)s: the annual framework is at %(percent)s%% of what was planned so far."
    )
    params = {"percent": (course.outlook.pace_bp or 0) // 100}
    once = f"{framework.as_of:%Y-%m}"
    tell_agency(framework, "behind", sentence, once=once, **params)
    tell_keeper(framework, "behind", sentence, once=once, **params)


def remind_of_frameworks(actor: Actor) -> int:
    """Of meetings that come, and of what they decided; each once for each of `REMINDERS`."""
    today, soon = clock.today(), clock.today() + timedelta(days=max(REMINDERS))
    meetings = FrameworkMeeting.objects.planned().filter(planned_on__range=(today, soon))
    runs = meetings.filter(framework__status__in=["signed", "running", "reviewed"])
    decisions = FrameworkDecision.objects.filter(
        status=DecisionStatus.OPEN, due_on__range=(today, soon)
    )
    to_hold = list(runs.select_related("framework__party"))
    to_do = list(decisions.select_related("meeting__framework__party"))
    for meeting in to_hold:
        _remind_of_meeting(meeting)
    for decision in to_do:
        _remind_of_decision(decision)
    return len(to_hold) + len(to_do)


def _days_left(day: date) -> int:
    left = (day - clock.today()).days
    return min(days for days in REMINDERS if left <= days)


def _remind_of_meeting(meeting: FrameworkMeeting) -> None:
    sentence = gettext_noop("%(agency)s: the annual framework is reviewed on %(day)s.")
    once = f"{meeting.planned_on}:{_days_left(meeting.planned_on)}"
    for tell in (tell_agency, tell_keeper):
        tell(meeting.framework, "review_due", sentence, once=once, day=meeting.planned_on)


def _remind_of_decision(decision: FrameworkDecision) -> None:
    """The side whose task it is."""
    sentence = gettext_noop("%(agency)s: “%(what)s” is due on %(day)s.")
    once = f"{decision.pk}:{_days_left(decision.due_on)}"
    tell = tell_agency if decision.side == FrameworkSide.AGENCY else tell_keeper
    params = {"what": decision.text[:120], "day": decision.due_on}
    tell(decision.meeting.framework, "decision_due", sentence, once=once, **params)
