"""What working together asks of a party: disputes, samples, content orders."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from matchmaking.content import states as content_states
from matchmaking.content.models import ContentOrder
from matchmaking.cooperation.models import Dispute
from matchmaking.cooperation.states import DisputeStatus
from matchmaking.samples import states as sample_states
from matchmaking.samples.models import Sample
from portal.core import clock
from portal.core.actor import Actor
from portal.pages.todos import Todo, dated

MOST = 20


def work_todos(actor: Actor) -> Iterator[Todo]:
    if actor.party_id is None:
        return
    yield from _dispute_todos(actor)
    yield from _sample_todos(actor)
    yield from _content_todos(actor)


def _dispute_todos(actor: Actor) -> Iterator[Todo]:
    mine = Dispute.objects.visible_to(actor).select_related("cooperation")
    unanswered = Q(status=DisputeStatus.OPEN) & ~Q(opened_by=actor.party_id)
    for row in mine.filter(unanswered | Q(status=DisputeStatus.DECIDED)).order_by("due_at")[:MOST]:
        is_open = row.status == DisputeStatus.OPEN
        yield dated(
            clock.day_of(row.due_at),
            title=_("Answer a dispute") if is_open else _("A dispute is decided: accept or appeal"),
            detail=row.cooperation.title,
            url=row.get_absolute_url(),
            verb=_("Answer") if is_open else _("Look"),
        )


def _sample_todos(actor: Actor) -> Iterator[Todo]:
    titles = {
        "requested": _("Answer a wish for a sample"),
        "approved": _("Send a sample"),
        "shipped": _("Has the sample arrived?"),
        "due": _("Show a sample"),
        "overdue": _("A post is overdue"),
    }
    ours = Q(status__in=sample_states.OF_MERCHANT, cooperation__merchant=actor.party_id)
    theirs = sample_states.OF_RECEIVER - {"received"}
    ours |= Q(status__in=theirs, cooperation__provider=actor.party_id)
    rows = Sample.objects.visible_to(actor).filter(ours).select_related("cooperation")
    for row in rows.order_by("requested_at")[:MOST]:
        if (day := row.next_deadline) is not None:
            yield dated(
                day,
                title=titles[row.status],
                detail=row.product,
                url=row.get_absolute_url(),
                verb=_("Look"),
            )


def _content_todos(actor: Actor) -> Iterator[Todo]:
    titles = {
        "asked": _("Quote a content order"),
        "quoted": _("Answer a quote"),
        "accepted": _("Show a piece"),
        "revising": _("Revise a piece"),
        "produced": _("Approve a piece"),
        "approved": _("Pay a piece"),
        "paid": _("Confirm a payment"),
    }
    ours = Q(status__in=content_states.OF_MERCHANT, merchant=actor.party_id)
    ours |= Q(status__in=content_states.OF_MAKER, maker=actor.party_id)
    for row in ContentOrder.objects.visible_to(actor).filter(ours).order_by("due_at")[:MOST]:
        yield dated(
            clock.day_of(row.due_at),
            title=titles[row.status],
            detail=row.title,
            url=row.get_absolute_url(),
            verb=_("Look"),
        )
