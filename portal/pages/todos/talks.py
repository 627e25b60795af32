"""Contacts and calls that both sides of a proposal arrange."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from matchmaking.needs.models import Talk
from matchmaking.needs.selectors import talks_of_today
from portal.core import clock
from portal.core.actor import Actor
from portal.core.templatetags.ui import moment
from portal.pages.todos import SOON, Todo, Waiting, dated

FIELDS = (
    *("kind", "asked_by", "answer_by", "starts_at"),
    *("proposal__provider_id", "proposal__need__title", "proposal__need__merchant_id"),
)


def talk_todos(actor: Actor) -> Iterator[Waiting]:
    """What waits for our answer, and the calls of the next days."""
    if actor.party_id is not None:
        rows = talks_of_today(actor, until=clock.now() + SOON)
        yield Waiting(rows, lambda talk: _talk(actor, talk), FIELDS)


def _talk(actor: Actor, talk: Talk) -> Todo:
    waits = talk.waits_for(actor)
    due = talk.answer_by if waits else talk.starts_at
    return dated(
        clock.day_of(due or clock.now()),
        title=_ask_of(talk) if waits else _call_at(talk),
        detail=talk.proposal.need.title,
        url=talk.get_absolute_url(),
        verb=_("Answer") if waits else _("Look"),
    )


def _ask_of(talk: Talk) -> str:
    return _("Choose a time for a call") if talk.kind == "call" else _("Exchange contacts?")


def _call_at(talk: Talk) -> str:
    return _("Call at %(at)s") % {"at": moment(talk.starts_at)}
