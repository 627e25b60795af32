"""What changed: what somebody was told, what colleagues did for the party, what was announced,
collapsed by what it is about. Made of rows that stand there anyway, in a fixed number of queries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber, TruncDate
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.models import AuditEntry
from portal.core.verbs import PRIVATE, VERBS
from portal.notices.models import Announcement, Notice
from portal.notices.topics import topic_of, topics
from portal.parties.models import parties_seen_whole, sees_all

REMEMBERED = timedelta(days=30)
WORK, ANNOUNCED = "work", "announced"  # kinds that are no topics
OWN_KINDS = {WORK: _("Colleagues"), ANNOUNCED: _("Announcements")}
DOORS = {  # pages of what colleagues work at
    "needs.need": "need_detail",
    "needs.proposal": "proposal_detail",
    "needs.serviceoffer": "service_offer_detail",
    "cooperation.cooperation": "cooperation_detail",
    "recruiting.post": "post_detail",
    "recruiting.application": "post_application_detail",
    "catalogue.product": "product_detail",
    "samples.sample": "sample_detail",
    "content.contentorder": "content_order_detail",
    "revenue.agreement": "agreement_detail",
    "revenue.bill": "bill_detail",
    "parties.party": "party_detail",
    "parties.rosterentry": "roster_detail",
}


@dataclass(frozen=True, slots=True)
class Change:
    """The newest of a kind and how many there are. `notice` is opened by its own button, which
    marks it as read."""

    kind: str
    title: str | Promise
    text: str
    at: datetime
    url: str
    count: int = 1
    notice: Notice | None = None
    day: date | None = None


def changes_of(actor: Actor, since: datetime, *, announced: bool = True) -> list[Change]:
    """What happened after `since`, a row a kind, the newest first. `announced`: not where banners
    say so already."""
    return _collapsed(_of_days(actor, since, clock.now(), by_day=False, announced=announced))


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    changes: list[Change]


def days_of(actor: Actor, first: date, last: date) -> list[Day]:
    """The same day by day, the newest first; days without anything are left out."""
    since, until = _before(first), _before(last + timedelta(days=1))
    found = _collapsed(_of_days(actor, since, until, by_day=True))
    days = dict.fromkeys(one.day for one in found if one.day is not None)
    return [Day(day, [one for one in found if one.day == day]) for day in days]


def _of_days(
    actor: Actor, since: datetime, until: datetime, *, by_day: bool, announced: bool = True
) -> Iterator[Change]:
    span = (since, until)
    yield from map(_of_notice, _newest(told_to(actor), "created_at", span, by_day, "event"))
    if actor.party_id is not None:
        work = _newest(done_for(actor).select_related("user"), "at", span, by_day)
        yield from map(_of_work, work)
    if announced:
        told = Announcement.objects.visible_to(actor).order_by()
        yield from map(_of_announcement, _newest(told, "starts_at", span, by_day))


def _before(day: date) -> datetime:
    """The last moment before a day begins in Shanghai."""
    return datetime.combine(day, time(), clock.SHANGHAI) - timedelta(microseconds=1)


def told_to(actor: Actor) -> QuerySet[Notice]:
    """Notices for this person as who they speak for now, or as themselves."""
    mine = Notice.objects.visible_to(actor)
    return mine.filter(Q(party_id=actor.party_id) | Q(party_id=None))


def done_for(actor: Actor) -> QuerySet[AuditEntry]:
    """What others did for the acting party, where it has a page; nothing for who is narrowed there
    to some of its business."""
    others = AuditEntry.objects.filter(user__isnull=False, party_id=actor.party_id or 0)
    if not sees_all(actor):
        others = others.filter(party_id__in=parties_seen_whole(actor))
    return others.exclude(user=actor.user_id).filter(
        object_type__within=DOORS.keys(), verb__within=VERBS.keys() - PRIVATE
    )


def _newest(
    rows: QuerySet[Any], at: str, span: tuple[datetime, datetime], by_day: bool, *by: str
) -> QuerySet[Any]:
    """The newest row of each group, and in `n` how many there are: by time, since what is written
    later may have happened before."""
    since, until = span
    rows = rows.filter(**{f"{at}__gt": since, f"{at}__lte": until})
    parts = [F(name) for name in by]
    if by_day:
        rows = rows.annotate(day=TruncDate(at, tzinfo=clock.SHANGHAI))
        parts.append(F("day"))
    newest = Window(RowNumber(), partition_by=parts, order_by=[F(at).desc(), F("pk").desc()])
    return rows.annotate(place=newest, n=Window(Count("pk"), partition_by=parts or None)).filter(
        place=1
    )


def _of_notice(row: Any) -> Change:
    topic = topic_of(row.event)
    day = getattr(row, "day", None)
    return Change(topic.name, topic.title, row.text, row.created_at, row.url, row.n, row, day)


def _of_work(row: Any) -> Change:
    day = getattr(row, "day", None)
    return Change(WORK, OWN_KINDS[WORK], said_of(row), row.at, door_of(row), row.n, day=day)


def said_of(row: AuditEntry) -> str:
    return f"{row.user} {VERBS[row.verb]}"


def door_of(row: AuditEntry) -> str:
    return reverse(DOORS[row.object_type], args=[row.object_id])


def _of_announcement(row: Any) -> Change:
    url, day = row.get_absolute_url(), getattr(row, "day", None)
    return Change(ANNOUNCED, OWN_KINDS[ANNOUNCED], row.title, row.starts_at, url, row.n, day=day)


def _collapsed(changes: Iterator[Change]) -> list[Change]:
    """Events of one topic are one row, of each day where there are days."""
    groups: dict[tuple[date | None, str], list[Change]] = {}
    for one in changes:
        groups.setdefault((one.day, one.kind), []).append(one)
    newest = [(max(rows, key=lambda row: row.at), rows) for rows in groups.values()]
    found = [replace(one, count=sum(row.count for row in rows)) for one, rows in newest]
    return sorted(found, key=lambda one: one.at, reverse=True)


def title_of(kind: str) -> str | Promise | None:
    """A kind in words; None for what is none."""
    if kind in OWN_KINDS:
        return OWN_KINDS[kind]
    return next((topic.title for topic in topics() if topic.name == kind), None)


def told_about(actor: Actor, kind: str) -> QuerySet[Notice]:
    """The notices of one topic of the last thirty days."""
    since = clock.now() - REMEMBERED
    mine = told_to(actor).filter(created_at__gt=since)
    events = mine.order_by().values_list("event", flat=True).distinct()
    return mine.filter(event__in=[event for event in events if topic_of(event).name == kind])
