"""What was said to a class."""

from __future__ import annotations

from portal.core import clock
from portal.core.actor import Actor
from training.courses.models import Session
from training.learning.models import ClassMessage

MOST = 50


def messages_of(actor: Actor, session: Session) -> list[ClassMessage]:
    """The newest first."""
    rows = ClassMessage.objects.visible_to(actor).filter(session=session).select_related("by")
    return list(rows.order_by("-at", "-pk")[:MOST])


def messages_today(session: Session) -> int:
    """Since midnight in Shanghai."""
    now = clock.now().astimezone(clock.SHANGHAI)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return ClassMessage.objects.filter(session=session, at__gte=midnight).count()
