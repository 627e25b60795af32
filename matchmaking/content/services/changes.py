"""How a content order changes: one door for its state, one for telling the other side."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from matchmaking.content import states
from matchmaking.content.models import ContentOrder
from matchmaking.content.states import OrderStatus
from matchmaking.cooperation.services import lock_cooperation
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.parties.models import Party
from portal.parties.services import tell_party

FACTS = (
    *("status", "due_at", "fee_fen", "share_bp", "revisions", "quote_note", "quoted_at"),
    *(
        "cooperation",
        "draft_url",
        "shown_at",
        "revised",
        "revise_note",
        "approved_at",
        "paid_on",
        "proof",
    ),
    *("reason", "ended_at"),
)


def change_status(actor: Actor, order: ContentOrder, status: OrderStatus, verb: str) -> None:
    if status not in states.TRANSITIONS[order.status]:
        raise Refused(conflict(_("This is not possible in the order's present state.")))
    before, order.status = order.status, status
    if status not in states.OPEN:
        order.ended_at = clock.now()
    order.save(update_fields=FACTS)
    audit.record(actor, verb, order, before={"status": before}, after={"status": status})


def lock_order(order: ContentOrder) -> ContentOrder:
    """The cooperation first, which may end with the order or end it; then the order."""
    made = ContentOrder.objects.filter(pk=order.pk).values_list("cooperation", flat=True).get()
    if made is not None:
        lock_cooperation(made)
    rows = ContentOrder.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("merchant__city", "maker__city", "cooperation__agreement").get(
        pk=order.pk
    )


def tell_other(actor: Actor, order: ContentOrder, event: str, sentence: str, **params: str) -> None:
    """The side that did not act; both, where the clock did."""
    for side in (order.merchant, order.maker):
        if not actor.speaks_for(side.pk):
            tell_side(order, side, event, sentence, **params)


def tell_side(order: ContentOrder, side: Party, event: str, sentence: str, **params: str) -> None:
    tell_party(
        side,
        event=f"content.{event}",
        key=f"content-{event}:{order.pk}:{side.pk}:{order.revised}",
        sentence=sentence,
        params={"title": order.title, "other": order.other_side(side.pk).name, **params},
        url=order.get_absolute_url(),
    )
