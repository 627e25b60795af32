"""What the clock does to contacts and calls: they lapse unanswered, are reminded of, and end."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import Q

from matchmaking.needs import rules
from matchmaking.needs.models import Talk
from matchmaking.needs.services.talk_changes import (
    append_step,
    change_talk_status,
    lock_talk,
    tell_of_talk,
)
from matchmaking.needs.services.talk_words import LAPSED, REMINDED
from matchmaking.needs.services.talks import next_reminder
from matchmaking.needs.states import TalkStatus, TalkVerb
from portal.core import audit, clock
from portal.core.actor import Actor

MOST = 500  # a sweep; the next one goes on


def sweep_talks(actor: Actor) -> int:
    """How many changed or were reminded of."""
    rules.can_sweep_talks(actor).require()
    now = clock.now()
    due = {
        _end: Q(ends_at__lte=now, status=TalkStatus.AGREED),
        _lapse: Q(answer_by__lte=now),
        _remind: Q(remind_at__lte=now),
    }
    return sum(_sweep(actor, step, which) for step, which in due.items())


def _sweep(actor: Actor, step: Callable[[Actor, Talk], bool], which: Q) -> int:
    found = Talk.objects.filter(which).select_related("proposal__need", "proposal__provider")
    return sum(_once(actor, step, talk) for talk in found.order_by("created_at")[:MOST])


@transaction.atomic
def _once(actor: Actor, step: Callable[[Actor, Talk], bool], talk: Talk) -> bool:
    return step(actor, lock_talk(talk))


def _end(actor: Actor, talk: Talk) -> bool:
    if talk.status != TalkStatus.AGREED or talk.ends_at is None or talk.ends_at > clock.now():
        return False
    talk.times = []
    change_talk_status(actor, talk, TalkStatus.OVER, TalkVerb.END, verb="end_call")
    return True


def _lapse(actor: Actor, talk: Talk) -> bool:
    """A booked call keeps its hour; only the suggestion lapses."""
    if talk.answer_by is None or talk.answer_by > clock.now():
        return False
    talk.answer_by = None
    if talk.status == TalkStatus.PROPOSED:
        change_talk_status(actor, talk, TalkStatus.LAPSED, TalkVerb.LAPSE, verb="lapse_talk")
    else:
        talk.times = []
        append_step(actor, talk, TalkVerb.LAPSE)
        audit.record(actor, "keep_call", talk, after={"proposal": talk.proposal_id})
    tell_of_talk(talk, LAPSED)
    return True


def _remind(actor: Actor, talk: Talk) -> bool:
    if not talk.is_booked or talk.remind_at is None or talk.remind_at > clock.now():
        return False
    tell_of_talk(talk, REMINDED)
    assert talk.starts_at is not None  # the database's constraint
    talk.remind_at = next_reminder(talk.starts_at)
    talk.save(update_fields=["remind_at"])
    return True
