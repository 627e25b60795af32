"""What the pages of notices show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.core.actor import Actor
from portal.core.models import OutboxMessage
from portal.notices.models import ChatBot, Delivery


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
