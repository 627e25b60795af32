"""The work: the piece is shown, revised and approved; or it is broken off."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_noop

from matchmaking.content import rules, states
from matchmaking.content.fees import raise_fee
from matchmaking.content.models import ContentOrder
from matchmaking.content.services.changes import (
    change_status,
    lock_order,
    tell_other,
    tell_side,
)
from matchmaking.content.states import OrderStatus
from matchmaking.cooperation.services import finish_cooperation
from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import flawless


@transaction.atomic
def show_piece(actor: Actor, *, order: ContentOrder, draft_url: str) -> ContentOrder:
    """The merchant has five days to approve it; silence approves."""
    order = lock_order(order)
    rules.can_show_piece(actor, order).require()
    flawless(rules.flaws_of_piece(draft_url)).require()
    order.draft_url = draft_url.strip()
    order.shown_at = order.shown_at or clock.now()
    order.due_at = clock.now() + states.APPROVE_WITHIN
    change_status(actor, order, OrderStatus.PRODUCED, "show_piece")
    sentence = gettext_noop("%(other)s shows you “%(title)s”. Approve it within 5 days.")
    tell_other(actor, order, "produced", sentence)
    return order


@transaction.atomic
def ask_revision(actor: Actor, *, order: ContentOrder, note: str) -> ContentOrder:
    order = lock_order(order)
    rules.can_ask_revision(actor, order).require()
    flawless(rules.flaws_of_words("note", note)).require()
    order.revise_note, order.revised = note.strip(), order.revised + 1
    order.due_at = clock.now() + states.APPROVE_WITHIN
    change_status(actor, order, OrderStatus.REVISING, "ask_revision")
    sentence = gettext_noop("%(other)s asks for a change of “%(title)s”: %(note)s")
    tell_other(actor, order, "revising", sentence, note=order.revise_note[:150])
    return order


@transaction.atomic
def approve_piece(actor: Actor, *, order: ContentOrder) -> ContentOrder:
    """The fee is due within ten days; a share comes by order lines."""
    order = lock_order(order)
    rules.can_approve_piece(actor, order).require()
    approve(actor, order, "approve_piece")
    return order


def approve(actor: Actor, order: ContentOrder, verb: str) -> None:
    """A piece that is paid by its orders alone is closed with that."""
    order.approved_at = clock.now()
    order.due_at = clock.now() + states.PAY_WITHIN
    change_status(actor, order, OrderStatus.APPROVED, verb)
    if not raise_fee(actor, order):
        close_order(actor, order, "close_content")
    tell_other(actor, order, "approved", gettext_noop("“%(title)s” is approved."))


def close_order(actor: Actor, order: ContentOrder, verb: str) -> None:
    """Shown, approved and paid. With a fee alone nothing is left to be done together; with a share
    the orders it brings go on to be split until the term ends."""
    assert order.cooperation is not None
    change_status(actor, order, OrderStatus.CLOSED, verb)
    if not order.cooperation.share_bp:
        finish_cooperation(actor, cooperation=order.cooperation)


@transaction.atomic
def break_off(actor: Actor, *, order: ContentOrder) -> bool:
    """Its cooperation is over before the piece was there to be approved: nothing is due then."""
    order = lock_order(order)
    if order.status not in states.IN_WORK:
        return False
    change_status(actor, order, OrderStatus.CANCELLED, "break_off_content")
    sentence = gettext_noop("“%(title)s” is off: its cooperation ended before the piece was shown.")
    for side in (order.merchant, order.maker):
        tell_side(order, side, "cancelled", sentence)
    return True
