"""An order line as its page shows it, and how much of a feed arrived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import TruncDate
from django.urls import reverse

from portal.core import clock
from portal.ledger.models import Entry
from portal.policies.models import FeeRate
from portal.revenue import engine
from portal.revenue.models import AgreementVersion, ControlTotal, Feed, OrderEvent, OrderLine
from portal.revenue.order_states import PART_LABELS
from portal.revenue.selectors.previews import ShownPreview, preview_of, title_of

CAUSE = "order_event"
CLEARING = "clearing"


@dataclass(frozen=True, slots=True)
class MadeOf:
    """A part of a line's tree, and the row it came from."""

    label: str
    title: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A leg of what an event moved."""

    track: str
    part: str
    party: str
    amount: int


@dataclass(frozen=True, slots=True)
class ShownEvent:
    event: OrderEvent
    moved: Sequence[Moved]


def preview_of_line(line: OrderLine) -> ShownPreview | None:
    """What the line's tree gives of all that was paid, with each formula."""
    if line.terms is None:
        return None
    names = {role: party.name for role, party in _parties(line).items()}
    kinds = {role: party.kind for role, party in _parties(line).items()}
    platform = {engine.PLATFORM: str(PART_LABELS[engine.PLATFORM])}
    return preview_of(
        line.terms.tree, line.paid_fen, names | platform, kinds | {engine.PLATFORM: "platform"}
    )


def _parties(line: OrderLine) -> dict[str, Any]:
    roles = ("merchant", "creator", "agency", "provider", "leader")
    found = {role: getattr(line, role) for role in roles}
    return {role: party for role, party in found.items() if party is not None}


def made_of(line: OrderLine) -> list[MadeOf]:
    """Where each part of the tree is from, in the order of the bases."""
    parts = line.terms.made_of if line.terms else []
    fees = FeeRate.objects.in_bulk([int(one["id"]) for one in parts if one["from"] == "fee"])
    ids = [one["id"] for one in parts if one["from"] == "paper"]
    papers = AgreementVersion.objects.select_related("agreement__payer", "agreement__payee")
    versions = {str(pk): row for pk, row in papers.in_bulk(ids).items()}
    return [
        _of_fee(one["part"], fees[int(one["id"])])
        if one["from"] == "fee"
        else _of_paper(one["part"], versions[one["id"]])
        for one in parts
    ]


def _of_fee(part: str, rate: FeeRate) -> MadeOf:
    url = f"{reverse('fee_list')}?on={rate.starts_on:%Y-%m-%d}"
    return MadeOf(str(PART_LABELS[part]), f"{rate.rate_percent}%", url, rate.source)


def _of_paper(part: str, version: AgreementVersion) -> MadeOf:
    agreement = version.agreement
    title = f"{agreement.payer} → {agreement.payee}"
    note = f"v{version.number} · {version.sha256[:12]}"
    return MadeOf(str(PART_LABELS[part]), title, version.get_absolute_url(), note)


def events_of(line: OrderLine) -> list[ShownEvent]:
    """What happened, in the order of time, with what the books say each moved."""
    events = list(line.events.order_by("occurred_at", "pk"))
    rows = Entry.objects.filter(
        journal__cause_type=CAUSE, journal__cause_id__in=[str(event.pk) for event in events]
    ).exclude(account__kind=CLEARING)
    moved: Mapping[int, list[Moved]] = defaultdict(list)
    for entry in rows.select_related("account__party", "journal").order_by("pk"):
        account = entry.account
        party = account.party.name if account.party else str(PART_LABELS[engine.PLATFORM])
        said = Moved(account.get_track_display(), title_of(entry.part), party, entry.amount)
        moved[int(entry.journal.cause_id)].append(said)
    return [ShownEvent(event, moved[event.pk]) for event in events]


@dataclass(frozen=True, slots=True)
class FeedDay:
    """What was announced for a day, and what is here; None where nothing was announced."""

    day: date
    arrived: int
    amount_fen: int
    told: ControlTotal | None

    @property
    def completeness_bp(self) -> int | None:
        if self.told is None or not self.told.events:
            return None
        return min(10_000, self.arrived * 10_000 // self.told.events)

    @property
    def is_complete(self) -> bool:
        told = self.told
        return told is not None and (told.events, told.amount_fen) == (
            self.arrived,
            self.amount_fen,
        )


def completeness(feed: Feed, *, until: date, days: int = 31) -> list[FeedDay]:
    """The last days of a feed, newest first: events by the day they happened in Shanghai."""
    first = until - timedelta(days=days - 1)
    totals = ControlTotal.objects.filter(feed=feed, day__range=(first, until))
    told = {row.day: row for row in totals}
    here = _arrived(feed, first, until)
    return [
        FeedDay(day, *here.get(day, (0, 0)), told.get(day))
        for number in range(days)
        for day in [until - timedelta(days=number)]
        if day in here or day in told
    ]


def _arrived(feed: Feed, first: date, last: date) -> dict[date, tuple[int, int]]:
    rows = OrderEvent.objects.filter(
        feed=feed, occurred_at__gte=_midnight(first), occurred_at__lt=_midnight(last, days=1)
    )
    by_day = rows.annotate(day=TruncDate("occurred_at", tzinfo=clock.SHANGHAI)).values("day")
    counted = by_day.annotate(count=Count("pk"), amount=Sum("amount_fen"))
    return {row["day"]: (row["count"], row["amount"]) for row in counted.order_by("day")}


def _midnight(day: date, *, days: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=days), time(), clock.SHANGHAI)
