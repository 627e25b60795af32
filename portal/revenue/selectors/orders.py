"""An order line as its page shows it, and how much of a feed arrived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import TruncDate
from django.urls import reverse

from portal.core import clock
from portal.core.actor import Actor
from portal.ledger.models import Entry
from portal.ledger.states import Kind
from portal.policies.models import FeeRate
from portal.revenue import engine, rules
from portal.revenue.models import (
    ROLES,
    AgreementVersion,
    ControlTotal,
    Feed,
    OrderEvent,
    OrderLine,
    OrderLineQuerySet,
)
from portal.revenue.order_states import CAUSE, PART_LABELS
from portal.revenue.plans import show_plan
from portal.revenue.selectors.previews import ShownPreview, preview_of, title_of


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


def lines_read_by(actor: Actor) -> OrderLineQuerySet:
    """A party's own; all of them for operators of money."""
    if rules.can_see_all_orders(actor):
        return OrderLine.objects.all()
    return OrderLine.objects.visible_to(actor)


def preview_of_line(actor: Actor, line: OrderLine) -> ShownPreview | None:
    """What the line's tree gives of all that was paid, with each formula. Who reads some shares
    only gets no picture of the whole."""
    if line.terms is None:
        return None
    found, platform = _parties(line), str(PART_LABELS[engine.PLATFORM])
    names = {role: party.name for role, party in found.items()} | {engine.PLATFORM: platform}
    kinds = {role: party.kind for role, party in found.items()} | {engine.PLATFORM: "platform"}
    shown = preview_of(line.terms.tree, line.paid_fen, names, kinds)
    roles = rules.roles_read(actor, line)
    legs = tuple(
        one for one in shown.legs if rules.reads_share(roles, one.leg.party, one.leg.component)
    )
    if legs == shown.legs:
        return shown
    read = {names[role] for role in roles if role in names}
    parties = tuple(one for one in shown.parties if one[0] in read)
    return replace(shown, legs=legs, parties=parties, steps=())


def _parties(line: OrderLine) -> dict[str, Any]:
    found = {role: getattr(line, role) for role in ROLES}
    return {role: party for role, party in found.items() if party is not None}


def made_of(actor: Actor, line: OrderLine) -> list[MadeOf]:
    """Where each part of the tree is from, in the order of the bases: public fees, and papers that
    this person may read."""
    parts = line.terms.made_of if line.terms else []
    fees = FeeRate.objects.in_bulk([int(one["id"]) for one in parts if one["from"] == "fee"])
    ids = [one["id"] for one in parts if one["from"] == "paper"]
    papers = AgreementVersion.objects.select_related("agreement__payer", "agreement__payee")
    versions = {str(pk): row for pk, row in papers.in_bulk(ids).items()}
    roles = rules.roles_read(actor, line)
    found = []
    for one in parts:
        if one["from"] == "fee":
            found.append(_of_fee(one["part"], fees[int(one["id"])], roles))
        elif one["from"] == "plan":
            found.append(_of_plan(one["part"], one["id"], roles))
        else:
            found.append(_of_paper(one["part"], versions[one["id"]], actor))
    return [one for one in found if one is not None]


def _of_plan(part: str, key: str, roles: frozenset[str]) -> MadeOf | None:
    """What a merchant opened a product at; for who reads the commission."""
    shown = show_plan(key) if rules.reads_share(roles, "creator", part) else None
    return MadeOf(str(PART_LABELS[part]), shown.title, shown.url, shown.note) if shown else None


def _of_fee(part: str, rate: FeeRate, roles: frozenset[str]) -> MadeOf | None:
    if not rules.reads_share(roles, engine.PLATFORM, part):
        return None
    url = f"{reverse('fee_list')}?on={rate.starts_on:%Y-%m-%d}"
    return MadeOf(str(PART_LABELS[part]), f"{rate.rate_percent}%", url, rate.source)


def _of_paper(part: str, version: AgreementVersion, actor: Actor) -> MadeOf | None:
    """Its sides open the paper; operators with the right look at it in admin."""
    agreement = version.agreement
    if agreement.has_side(actor.party_id):
        url = version.get_absolute_url()
    elif actor.has_perm("revenue.view_agreement"):
        url = reverse("admin:revenue_agreement_change", args=[agreement.pk])
    else:
        return None
    title = str(agreement)
    note = f"v{version.number} · {version.sha256[:12]}"
    return MadeOf(str(PART_LABELS[part]), title, url, note)


def events_of(actor: Actor, line: OrderLine) -> list[ShownEvent]:
    """What happened, in the order of time, with what the books say each moved for those whose
    shares this person reads."""
    events = list(line.events.order_by("occurred_at", "pk"))
    rows = Entry.objects.filter(
        journal__cause_type=CAUSE, journal__cause_id__in=[str(event.pk) for event in events]
    ).exclude(account__kind=Kind.CLEARING)
    roles = rules.roles_read(actor, line)
    role_of = {line.party_id_of(role): role for role in ROLES if role in roles}
    moved: Mapping[int, list[Moved]] = defaultdict(list)
    for entry in rows.select_related("account__party", "journal").order_by("pk"):
        party = entry.account.party
        role = role_of.get(party.pk, "") if party else engine.PLATFORM
        if rules.reads_share(roles, role, entry.part):
            moved[int(entry.journal.cause_id)].append(_moved(entry))
    return [ShownEvent(event, moved[event.pk]) for event in events]


def _moved(entry: Entry) -> Moved:
    account = entry.account
    party = account.party.name if account.party else str(PART_LABELS[engine.PLATFORM])
    return Moved(account.get_track_display(), title_of(entry.part), party, entry.amount)


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
