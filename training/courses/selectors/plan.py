"""How far the year's plan has come: sessions of each kind, beside what was announced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q

from portal.core import clock
from portal.policies.dated import read_dated_rules
from portal.policies.states import DatedKind
from training.courses.models import Session
from training.courses.states import CourseKind, SessionStatus

TARGETS: dict[CourseKind, DatedKind] = {
    CourseKind.LIVE: DatedKind.YEAR_LIVE,
    CourseKind.OFFLINE: DatedKind.YEAR_OFFLINE,
    CourseKind.MEETUP: DatedKind.YEAR_MEETUPS,
    CourseKind.OPEN: DatedKind.YEAR_OPEN,
}


@dataclass(frozen=True, slots=True)
class PlanRow:
    """Of one kind: sessions that begin in the year. `told`: open, running or over; `held`: begun;
    `planned`: not opened yet; `cancelled` count for nothing."""

    kind: CourseKind
    target: int
    told: int
    held: int
    planned: int
    cancelled: int

    @property
    def percent(self) -> int:
        return min(100, 100 * self.told // self.target) if self.target else 0

    @property
    def missing(self) -> int:
        return max(0, self.target - self.told - self.planned)


def year_plan(year: int) -> list[PlanRow]:
    """The targets are those of the last day of the year, or of today in a year that runs."""
    day = min(date(year, 12, 31), clock.today())
    rules = read_dated_rules(*TARGETS.values())
    first = datetime.combine(date(year, 1, 1), time(tzinfo=clock.SHANGHAI))
    told = ~Q(status__in=[SessionStatus.PLANNED, SessionStatus.CANCELLED])
    rows = (
        Session.objects.filter(starts_at__gte=first, starts_at__lt=first.replace(year=year + 1))
        .order_by()
        .values("course__kind")
        .annotate(
            told=Count("pk", filter=told),
            held=Count("pk", filter=told & Q(starts_at__lte=clock.now())),
            planned=Count("pk", filter=Q(status=SessionStatus.PLANNED)),
            cancelled=Count("pk", filter=Q(status=SessionStatus.CANCELLED)),
        )
    )
    found = {
        row["course__kind"]: (row["told"], row["held"], row["planned"], row["cancelled"])
        for row in rows
    }
    return [
        PlanRow(kind, rules.value_on(target, day) or 0, *found.get(kind, (0, 0, 0, 0)))
        for kind, target in TARGETS.items()
    ]
