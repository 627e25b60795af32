"""What one side owes the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import states
from matchmaking.cooperation.fields import ObligationFields
from matchmaking.cooperation.models import Cooperation, Obligation
from matchmaking.cooperation.rules.cooperations import can_manage_cooperation
from matchmaking.cooperation.states import ObligationStatus
from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    flaws_of_lines,
    forbidden,
)

MOST_OBLIGATIONS = 200
AFTER_THE_END = timedelta(days=30)  # for what is still to be done then


def can_add_obligation(actor: Actor, cooperation: Cooperation) -> Verdict:
    if not (verdict := can_manage_cooperation(actor, cooperation)):
        return verdict
    if cooperation.status not in states.LIVE:
        return conflict(_("This cooperation is over."))
    if cooperation.obligations.count() >= MOST_OBLIGATIONS:
        return conflict(_("There are two hundred obligations already."))
    return ALLOWED


def obligation_is_sound(cooperation: Cooperation, fields: ObligationFields) -> Verdict:
    return flawless(flaws_of_obligation(cooperation, fields))


def flaws_of_obligation(cooperation: Cooperation, fields: ObligationFields) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "title")
    if not fields.title.strip() or len(fields.title) > 80:
        yield Flaw("title", _("Say in up to 80 characters what is to be done."))
    if len(fields.detail) > 1_000:
        yield Flaw("detail", _("At most 1,000 characters."))
    if not clock.today() <= fields.due_on <= cooperation.ends_on + AFTER_THE_END:
        yield Flaw("due_on", _("Choose a day from today to 30 days after the last one."))


def can_answer_obligation(actor: Actor, obligation: Obligation) -> Verdict:
    """Taking on or declining what was asked: the side that would owe it."""
    if not (verdict := _may_as(actor, obligation, owing=True)):
        return verdict
    return _stands_at(obligation, ObligationStatus.ASKED)


def can_finish_obligation(actor: Actor, obligation: Obligation) -> Verdict:
    if not (verdict := _may_as(actor, obligation, owing=True)):
        return verdict
    return _stands_at(obligation, ObligationStatus.OPEN)


def can_judge_obligation(actor: Actor, obligation: Obligation) -> Verdict:
    """Confirming or returning what was done: the side it was done for."""
    if not (verdict := _may_as(actor, obligation, owing=False)):
        return verdict
    return _stands_at(obligation, ObligationStatus.DONE)


def can_waive_obligation(actor: Actor, obligation: Obligation) -> Verdict:
    if not (verdict := _may_as(actor, obligation, owing=False)):
        return verdict
    if ObligationStatus.WAIVED not in states.OBLIGATION_TRANSITIONS[obligation.status]:
        return conflict(_("This is not possible in the obligation's present state."))
    return ALLOWED


def _may_as(actor: Actor, obligation: Obligation, *, owing: bool) -> Verdict:
    if not (verdict := can_manage_cooperation(actor, obligation.cooperation)):
        return verdict
    if actor.speaks_for(obligation.owed_by_id) != owing:
        return forbidden(_("This is for the other side to do."))
    return ALLOWED


def _stands_at(obligation: Obligation, status: ObligationStatus) -> Verdict:
    if obligation.status != status:
        return conflict(_("This is not possible in the obligation's present state."))
    return ALLOWED
