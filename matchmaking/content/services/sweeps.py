"""What the calendar does to content orders."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from matchmaking.content import states
from matchmaking.content.models import ContentOrder
from matchmaking.content.services.changes import change_status, lock_order, tell_other
from matchmaking.content.services.payments import follow_bills
from matchmaking.content.services.pieces import approve
from matchmaking.content.states import OrderStatus
from portal.core import clock
from portal.core.actor import Actor

MOST = 500


def sweep_orders(actor: Actor) -> int:
    """Unanswered briefs and quotes, and pieces nobody objected to; how many changed."""
    due = ContentOrder.objects.filter(
        due_at__lte=clock.now(), status__in=[*states.BEFORE, OrderStatus.PRODUCED]
    )
    keys = list(due.order_by("due_at").values_list("pk", flat=True)[:MOST])
    return sum(_sweep(actor, pk) for pk in keys) + follow_bills(actor)


@transaction.atomic
def _sweep(actor: Actor, pk: Any) -> bool:
    order = lock_order(ContentOrder.objects.get(pk=pk))
    if order.due_at > clock.now():
        return False
    if order.status == OrderStatus.PRODUCED:
        approve(actor, order, "take_piece_as_approved")
        return True
    if order.status not in states.BEFORE:
        return False
    change_status(actor, order, OrderStatus.EXPIRED, "expire_content")
    tell_other(actor, order, "expired", gettext_noop("Nobody answered “%(title)s” in time."))
    return True
