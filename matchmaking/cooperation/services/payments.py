"""Seeing that money of a cooperation was paid. Reviews wait for it."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_noop

from matchmaking.cooperation import selectors, states
from matchmaking.cooperation.models import Cooperation, FirstPayment
from matchmaking.cooperation.services.changes import lock_cooperation, record, tell_other
from portal.core import clock
from portal.core.actor import Actor

LOOKED_FOR = timedelta(days=200)  # after the end: what has not settled by then never does
MOST = 500


def note_payment(actor: Actor, cooperation: Cooperation) -> FirstPayment | None:
    """Write the first payment down, where there is one by now; the cooperation is locked."""
    if cooperation.first_payment is not None:
        return cooperation.first_payment
    line = selectors.settled_line_of(cooperation)
    bill = None if line else selectors.paid_bill_of(cooperation)
    if line is None and bill is None:
        return None
    seen = FirstPayment.objects.create(
        cooperation=cooperation, at=clock.now(), line=line, bill=bill
    )
    record(actor, "see_payment", cooperation)
    return seen


def note_payments(actor: Actor) -> int:
    """Of what is over and was not paid yet; both sides hear that they may review. How many."""
    over = Cooperation.objects.filter(
        status__in=states.OVER,
        began_at__isnull=False,
        ended_at__gte=clock.now() - LOOKED_FOR,
        payment=None,
    )
    keys = list(over.order_by("ended_at").values_list("pk", flat=True)[:MOST])
    return sum(_note_later(actor, pk) for pk in keys)


@transaction.atomic
def _note_later(actor: Actor, pk: int) -> bool:
    cooperation = lock_cooperation(pk)
    if cooperation.first_payment is not None or note_payment(actor, cooperation) is None:
        return False
    until = cooperation.reviews_until
    assert until is not None  # it is over, and paid
    sentence = gettext_noop("“%(title)s” with %(other)s was paid. Review it until %(day)s.")
    tell_other(actor, cooperation, "paid", sentence, once="paid", day=clock.day_of(until))
    return True
