"""Cooperations: what is due from a party, asked of it, or waits for its word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from matchmaking.cooperation.models import Amendment, Cooperation, Obligation
from matchmaking.cooperation.states import LIVE, REVIEW_WITHIN, ObligationStatus
from portal.core import clock
from portal.core.actor import Actor
from portal.pages.todos import Todo, Waiting, dated

MOST, DUE_SOON = 20, timedelta(days=7)


def cooperation_todos(actor: Actor) -> Iterator[Waiting]:
    if actor.party_id is None:
        return
    yield from _obligations(actor)
    changes = Amendment.objects.visible_to(actor).open().exclude(party=actor.party_id)
    rows = changes.order_by("expires_at")
    yield Waiting(rows, _change, ("expires_at", "cooperation__title"))
    yield from _ended(actor)


def _obligations(actor: Actor) -> Iterator[Waiting]:
    mine = Obligation.objects.visible_to(actor)
    running = mine.unsettled().filter(cooperation__status__in=LIVE)
    ours = Q(owed_by=actor.party_id)
    waiting = running.filter(
        ours & Q(status=ObligationStatus.ASKED)
        | ours & Q(status=ObligationStatus.OPEN, due_on__lte=clock.today() + DUE_SOON)
        | ~ours & Q(status=ObligationStatus.DONE)
    )
    fields = ("due_on", "status", "title", "cooperation__id")
    yield Waiting(waiting.order_by("due_on")[:MOST], _obligation, fields)


def _obligation(row: Obligation) -> Todo:
    titles = {
        ObligationStatus.ASKED: _("Take on an obligation?"),
        ObligationStatus.OPEN: _("An obligation is due"),
        ObligationStatus.DONE: _("Confirm that it was done"),
    }
    return dated(
        row.due_on,
        title=titles[ObligationStatus(row.status)],
        detail=row.title,
        url=f"{row.cooperation.get_absolute_url()}#obligations",
        verb=_("Look"),
    )


def _change(change: Amendment) -> Todo:
    return dated(
        clock.day_of(change.expires_at),
        title=_("Answer a change of a cooperation"),
        detail=change.cooperation.title,
        url=change.cooperation.get_absolute_url(),
        verb=_("Answer"),
    )


def _ended(actor: Actor) -> Iterator[Waiting]:
    over = Cooperation.objects.visible_to(actor).exclude(reviews__by=actor.party_id)
    since = clock.now() - REVIEW_WITHIN
    recent = over.filter(Q(ended_at__gt=since) | Q(payment__at__gt=since), payment__isnull=False)
    rows = recent.exclude(ended_at=None)
    yield Waiting(rows.order_by("ended_at"), _review, ("ended_at", "title", "payment__at"))


def _review(ended: Cooperation) -> Todo | None:
    if (until := ended.reviews_until) is None:
        return None
    return dated(
        clock.day_of(until),
        title=_("Review a cooperation"),
        detail=ended.title,
        url=reverse("review_create", args=[ended.pk]),
        verb=_("Review"),
    )
