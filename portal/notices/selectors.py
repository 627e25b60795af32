"""What the pages of notices show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import caches
from django.db.models import Exists, OuterRef

from portal.core import clock
from portal.core.actor import Actor
from portal.core.models import OutboxMessage
from portal.notices.models import Announcement, AnnouncementDismissal, ChatBot, Delivery
from portal.notices.models.announcement import AnnouncementQuerySet
from portal.notices.states import Weight

BANNERS, MOST_BANNERS = "announcements", 2
KEPT_SECONDS = 20  # as late as another process sees a banner begin or end
LOUDEST = [Weight.URGENT, Weight.WARN, Weight.INFO]


@dataclass(frozen=True, slots=True)
class Line:
    """A message, and how often it was tried while it has not arrived."""

    delivery: Delivery
    attempts: int
    next_at: datetime | None

    @property
    def about(self) -> str:
        return self.delivery.notice.text if self.delivery.notice else ""


def lines_of(deliveries: Sequence[Delivery]) -> list[Line]:
    """Two queries, however many."""
    waiting = [delivery.key for delivery in deliveries if not delivery.outcome]
    tried = {row.key: row for row in OutboxMessage.objects.filter(key__in=waiting)}
    lines = []
    for delivery in deliveries:
        row = tried.get(delivery.key)
        next_at = row.due_at if row else None
        lines.append(Line(delivery, row.attempts if row else 0, next_at))
    return lines


def bots_of(actor: Actor) -> list[ChatBot]:
    live = ChatBot.objects.visible_to(actor).live()
    return list(live.select_related("created_by").order_by("-created_at"))


# --- announcements --------------------------------------------------------------------------------


def banners_for(actor: Actor) -> list[Announcement]:
    """What the frame shows: the loudest and newest that this person has not put away. Every page
    asks, so the few that run are kept for a moment; usually none does, and nothing is queried."""
    now = clock.now()
    ours = [row for row in _running() if row.starts_at <= now < row.ends_at and row.is_for(actor)]
    if ours and actor.user is not None:
        seen = AnnouncementDismissal.objects.filter(user=actor.user, announcement__in=ours)
        put_away = set(seen.values_list("announcement_id", flat=True))
        ours = [row for row in ours if row.pk not in put_away]
    ours.sort(key=lambda row: LOUDEST.index(Weight(row.weight)))  # stable: the newest first
    return ours[:MOST_BANNERS]


def _running() -> list[Announcement]:
    kept: list[Announcement] | None = caches["local"].get(BANNERS)
    if kept is None:
        kept = list(Announcement.objects.filter(ends_at__gt=clock.now()))
        caches["local"].set(BANNERS, kept, KEPT_SECONDS)
    return kept


def forget_banners() -> None:
    """After a change, in this process; the others ask again in a moment."""
    caches["local"].delete(BANNERS)


def announcements_for(actor: Actor) -> AnnouncementQuerySet:
    """The history, with whether this person has put each away."""
    mine = AnnouncementDismissal.objects.filter(user=actor.user_id, announcement=OuterRef("pk"))
    return Announcement.objects.visible_to(actor).annotate(is_dismissed=Exists(mine))
