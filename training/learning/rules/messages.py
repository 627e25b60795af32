"""Who writes to a class, and how much."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless
from training.courses import states
from training.courses.models import Session
from training.courses.rules import can_teach

MOST_MESSAGE = 1000
MOST_A_DAY = 10


def can_tell_class(actor: Actor, session: Session, today: int = 0) -> Verdict:
    """`today`: how many there were of this session since midnight."""
    if not (verdict := can_teach(actor, session)):
        return verdict
    if session.status not in states.TOLD:
        return conflict(_("Nobody is in this session."))
    if today >= MOST_A_DAY:
        return conflict(_("Ten messages to this class went out today; write again tomorrow."))
    return ALLOWED


def message_is_sound(text: str) -> Verdict:
    if 1 <= len(text.strip()) <= MOST_MESSAGE:
        return ALLOWED
    return flawless([Flaw("text", _("Write up to 1,000 characters."))])
