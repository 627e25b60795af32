"""Frameworks of an agency that holds the tier whose benefit they are. Today is in 2027, a year
that begins with one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from portal.core import clock
from portal.parties.models import Party
from portal.revenue.engine import Month
from portal.tiers import services
from portal.tiers.framework_fields import DecisionFields, FrameworkFields, MinutesFields
from portal.tiers.models import Framework, FrameworkMeeting, FrameworkMonth, StarStanding
from tests.conftest import Person, staff_person
from tests.factories import SYSTEM
from tests.tiers.making import standing_now, told_now

WAN = 1_000_000  # fen of ten thousand yuan
BANDS = [(100 * WAN, 100), (200 * WAN, 200), (None, 300)]


def at(day: date, hour: int = 12):
    """Within the block it is that day in Shanghai."""
    return clock.standing_at(datetime.combine(day, time(hour), clock.SHANGHAI))


def top_agency(agency: Person, stars: int = 5) -> Party:
    """It holds the stars that bring a framework."""
    assert agency.party is not None
    if not StarStanding.objects.filter(party=agency.party).exists():
        standing_now(told_now(agency.party), stars=stars)
    return agency.party


def next_month(months: int = 1) -> date:
    day = clock.today()
    at = day.year * 12 + day.month - 1 + months
    return Month(at // 12, at % 12 + 1).first_day


def framework_fields(**changes: Any) -> FrameworkFields:
    """A year from next month on, ¥1.5 m a month, with one meeting in the middle."""
    starts_on = changes.pop("starts_on", None) or next_month()
    defaults: dict[str, Any] = {
        "starts_on": starts_on,
        "targets": [150 * WAN] * 12,
        "bands": BANDS,
        "meetings": [date(starts_on.year, starts_on.month, 20)],
        "extras": "专属客户经理",
    }
    return FrameworkFields(**(defaults | changes))


def proposed(operator: Person, agency: Person, **changes: Any) -> Framework:
    party = top_agency(agency)
    return services.propose_framework(
        operator.actor, party=party, fields=framework_fields(**changes)
    )


def signed(operator: Person, agency: Person, **changes: Any) -> Framework:
    framework = proposed(operator, agency, **changes)
    return services.accept_framework(agency.actor, framework=framework)


def run_now(operator: Person, agency: Person, months: int = 3, **changes: Any) -> Framework:
    """One that began so many months ago; each month over came to ¥1.2 m."""
    begins = next_month(1 - months)
    with at(begins - timedelta(days=20)):
        framework = signed(operator, agency, starts_on=begins, **changes)
    with at(begins):
        services.begin_frameworks(SYSTEM)
    FrameworkMonth.objects.bulk_create(
        FrameworkMonth(framework=framework, month=month.first_day, net_fen=120 * WAN, orders=9)
        for month in framework.months
        if month.first_day < clock.today()
    )
    Framework.objects.filter(pk=framework.pk).update(as_of=clock.today())
    framework.refresh_from_db()
    return framework


def meeting_now(framework: Framework) -> FrameworkMeeting:
    meeting = framework.meetings.planned().first()
    return meeting or FrameworkMeeting.objects.create(framework=framework, planned_on=clock.today())


def minutes(**changes: Any) -> MinutesFields:
    defaults: dict[str, Any] = {
        "held_on": clock.today(),
        "minutes": "回顾上季度，差距来自直播场次。",
        "decisions": [
            DecisionFields("每周加两场直播", "agency", "李运营", next_month()),
            DecisionFields("开放达人基地", "platform", "王经理", next_month()),
        ],
    }
    return MinutesFields(**(defaults | changes))


def operator_now() -> Person:
    return staff_person("operator")
