"""What working together asks of a party: disputes, samples, content orders."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matchmaking.content import states as content_states
from matchmaking.content.models import ContentOrder
from matchmaking.cooperation.models import Dispute
from matchmaking.cooperation.states import DisputeStatus
from matchmaking.samples import states as sample_states
from matchmaking.samples.models import Sample
from portal.core import clock
from portal.core.actor import Actor
from portal.pages.todos import Todo, Waiting, dated

MOST = 20
DEADLINES_OF_SAMPLE = ("answer_by", "ship_by", "shipped_at", "due_on")


DISPUTES = {
    DisputeStatus.OPEN: (_("Answer a dispute"), _("Answer")),
    DisputeStatus.DECIDED: (_("A dispute is decided: accept or appeal"), _("Look")),
}
SAMPLES = {
    "requested": _("Answer a wish for a sample"),
    "approved": _("Send a sample"),
    "shipped": _("Has the sample arrived?"),
    "due": _("Show a sample"),
    "overdue": _("A post is overdue"),
}
ORDERS = {
    "asked": _("Quote a content order"),
    "quoted": _("Answer a quote"),
    "accepted": _("Show a piece"),
    "revising": _("Revise a piece"),
    "produced": _("Approve a piece"),
    "approved": _("Pay a piece"),
    "paid": _("Confirm a payment"),
}


def work_todos(actor: Actor) -> Iterator[Waiting]:
    if actor.party_id is None:
        return
    yield from _dispute_todos(actor)
    yield from _sample_todos(actor)
    yield from _content_todos(actor)


def _dispute_todos(actor: Actor) -> Iterator[Waiting]:
    mine = Dispute.objects.visible_to(actor)
    unanswered = Q(status=DisputeStatus.OPEN) & ~Q(opened_by=actor.party_id)
    rows = mine.filter(unanswered | Q(status=DisputeStatus.DECIDED))
    fields = ("status", "due_at", "cooperation__title")
    yield Waiting(rows.order_by("due_at")[:MOST], _dispute, fields)


def _dispute(row: Dispute) -> Todo:
    title, verb = DISPUTES[DisputeStatus(row.status)]
    return dated(
        clock.day_of(row.due_at),
        title=str(title),
        detail=row.cooperation.title,
        url=row.get_absolute_url(),
        verb=str(verb),
    )


def _sample_todos(actor: Actor) -> Iterator[Waiting]:
    ours = Q(status__in=sample_states.OF_MERCHANT, cooperation__merchant=actor.party_id)
    theirs = sample_states.OF_RECEIVER - {"received"}
    ours |= Q(status__in=theirs, cooperation__provider=actor.party_id)
    rows = Sample.objects.visible_to(actor).filter(ours)
    fields = ("status", "product", *DEADLINES_OF_SAMPLE)
    yield Waiting(rows.order_by("requested_at")[:MOST], _sample, fields)


def _sample(row: Sample) -> Todo | None:
    if (day := row.next_deadline) is None:
        return None
    return dated(
        day,
        title=str(SAMPLES[row.status]),
        detail=row.product,
        url=row.get_absolute_url(),
        verb=gettext("Look"),
    )


def _content_todos(actor: Actor) -> Iterator[Waiting]:
    ours = Q(status__in=content_states.OF_MERCHANT, merchant=actor.party_id)
    ours |= Q(status__in=content_states.OF_MAKER, maker=actor.party_id)
    rows = ContentOrder.objects.visible_to(actor).filter(ours)
    yield Waiting(rows.order_by("due_at")[:MOST], _content, ("status", "title", "due_at"))


def _content(row: ContentOrder) -> Todo:
    return dated(
        clock.day_of(row.due_at),
        title=str(ORDERS[row.status]),
        detail=row.title,
        url=row.get_absolute_url(),
        verb=gettext("Look"),
    )
