"""Facts that ordered content makes for the evaluation of agencies: 100 where the piece was shown by
the day it was wanted, 0 where it was later, or not there a month after. A creator's count for the
agency it was bound to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from matchmaking.content.models import ContentOrder
from matchmaking.content.states import OrderStatus
from portal.core import clock
from portal.core.actor import Actor, system_actor
from portal.evaluation.fields import FactFields
from portal.evaluation.links import register_row_link
from portal.evaluation.selectors import unrecorded
from portal.evaluation.services import record_facts
from portal.evaluation.states import Grade
from portal.parties.models import RosterEntry
from portal.parties.states import PartyKind

MEASURE, REF = "delivery", "content.order"
GIVEN_UP_AFTER = timedelta(days=30)
BACK = timedelta(days=400)
MOST = 2_000  # in one sweep; the next takes the others


def record_content_facts(actor: Actor) -> int:
    """How many there were new."""
    return record_facts(system_actor(actor.via), facts=content_facts(), once=True)


def content_facts() -> list[FactFields]:
    """Of orders that made none yet."""
    today = clock.today()
    shown = Q(shown_at__isnull=False)
    # Also of a term that ran out; where somebody gave notice, it is nobody's delay.
    missing = Q(status=OrderStatus.ACCEPTED) | Q(
        status=OrderStatus.CANCELLED, cooperation__endings=None, cooperation__completions=None
    )
    given_up = Q(missing, shown_at=None, wanted_on__lt=today - GIVEN_UP_AFTER)
    judged = ContentOrder.objects.filter(shown | given_up, wanted_on__gte=today - BACK)
    bound = RosterEntry.objects.bound().filter(
        creator=OuterRef("maker"), period__contains=OuterRef("wanted_on")
    )
    rated = judged.filter(Q(maker__kind=PartyKind.AGENCY) | Exists(bound))
    new = unrecorded(rated, measure=MEASURE, ref_kind=REF).select_related("maker")
    return list(_facts(list(new.order_by("pk")[:MOST])))


def _facts(orders: list[ContentOrder]) -> Iterator[FactFields]:
    for order in orders:
        agency_id = _judged_party(order)
        if agency_id is None:
            continue
        ended = clock.day_of(order.shown_at) if order.shown_at else clock.today()
        yield FactFields(
            party_id=agency_id,
            measure=MEASURE,
            value=100.0 if order.shown_at and ended <= order.wanted_on else 0.0,
            starts_on=min(clock.day_of(order.asked_at), ended),
            ends_on=ended,
            grade=Grade.CONFIRMED,
            ref_kind=REF,
            ref_id=str(order.pk),
            counterpart_id=order.merchant_id,
        )


def _judged_party(order: ContentOrder) -> int | None:
    """The agency itself, or the one the creator was bound to on the day it was wanted."""
    if order.maker.kind == PartyKind.AGENCY:
        return order.maker_id
    entries = RosterEntry.objects.bound().filter(
        creator=order.maker, period__contains=order.wanted_on
    )
    bound = entries.first()
    return bound.agency_id if bound else None


def _url(actor: Actor, ref_id: str) -> str | None:
    order = ContentOrder.objects.visible_to(actor).filter(pk=ref_id).first()
    return order.get_absolute_url() if order else None


register_row_link(REF, _url, _("Content order"))
