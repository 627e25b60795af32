"""A fair on paper and in calendars: one's meetings, the tables, the badges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from matchmaking.fairs.models import Fair, MeetingPlan, SignUp
from matchmaking.fairs.selectors.plans import agenda_of
from matchmaking.fairs.states import FairStatus
from portal.core import clock
from portal.core.calendars import Event
from portal.core.documents import qr_drawing


def calendar_of(sign_up: SignUp, url: str) -> Iterator[Event]:
    """The fair itself and each meeting, while there is a seat."""
    fair = sign_up.fair
    is_cancelled = fair.status == FairStatus.CANCELLED or not sign_up.claim.has_seat
    changed_at = fair.published_at or fair.created_at
    yield Event(
        uid=f"fair-{sign_up.pk}",
        version=int(fair.starts_at.timestamp()) // 60,
        starts_at=fair.starts_at,
        ends_at=fair.ends_at,
        changed_at=changed_at,
        title=fair.title,
        text=fair.place,
        url=url,
        is_cancelled=is_cancelled,
    )
    for date in () if is_cancelled else agenda_of(sign_up):
        meeting = date.meeting
        yield Event(
            uid=f"fair-{sign_up.pk}-{date.other.pk}",
            version=meeting.plan.number * 10_000 + meeting.plan.version,
            starts_at=meeting.starts_at,
            ends_at=meeting.starts_at + timedelta(minutes=fair.slot_minutes),
            changed_at=meeting.plan.published_at or changed_at,
            title=_("%(name)s, table %(table)s")
            % {"name": date.other.party.name, "table": meeting.table_number},
            text=fair.title,
            url=url,
        )


def paper_of_plan(plan: MeetingPlan) -> dict[str, Any]:
    """By table: when, who and whom; and everybody by name with their day."""
    rows = plan.meetings.select_related("left__party", "right__party").order_by("table", "slot")
    tables: dict[int, list[list[str]]] = {}
    people: dict[str, list[str]] = {}
    for row in rows:
        at, one, other = _hour(plan.starts_at(row.slot)), row.left.party.name, row.right.party.name
        tables.setdefault(row.table_number, []).append([at, one, other])
        for name in (one, other):
            people.setdefault(name, []).append(f"{at} · {row.table_number}")
    return {
        **_head(plan.fair, _("Plan of meetings")),
        "labels": {"table": _("Table no."), "people": _("By name: when, and at which table")},
        "tables": [[str(number), rows] for number, rows in sorted(tables.items())],
        "people": [[name, "   ".join(sorted(times))] for name, times in sorted(people.items())],
    }


def paper_of_badges(
    fair: Fair, rows: Sequence[SignUp], addresses: Mapping[UUID, str]
) -> dict[str, Any]:
    return {
        **_head(fair, _("Badges")),
        "badges": [
            {
                "name": row.party.name,
                "role": str(row.fair_pool.get_role_display()),
                "drawing": qr_drawing(addresses[row.pk]),
            }
            for row in rows
        ],
    }


def _head(fair: Fair, title: str) -> dict[str, Any]:
    day = fair.starts_at.astimezone(clock.SHANGHAI)
    return {
        "title": title,
        "name": fair.title,
        "number": fair.number,
        "made": f"{day:%Y-%m-%d %H:%M} · {fair.place}",
        "foot": fair.number,
        "lang": (get_language() or "zh")[:2],
    }


def _hour(at: datetime) -> str:
    return f"{at.astimezone(clock.SHANGHAI):%H:%M}"
