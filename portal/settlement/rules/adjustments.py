"""Entries by hand: one person prepares, another one approves, and the books take it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.actor import Actor
from portal.core.clock import today
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, forbidden
from portal.ledger.models import Entry, Journal
from portal.ledger.rules import can_see_money_of
from portal.parties.models import Party
from portal.parties.rules import is_member
from portal.settlement.fields import AdjustmentFields
from portal.settlement.models import Adjustment, Statement
from portal.settlement.rules.disputes import flaws_of_reason
from portal.settlement.states import AdjustmentStatus

MOST_FEN = 10**13
MOST_TEXT = 150
OLDEST = timedelta(days=3 * 366)
ANOTHER = gettext_lazy("Who prepared a correction does not approve it; a second person must.")


def can_see_adjustments(actor: Actor) -> Verdict:
    if actor.has_perm("settlement.view_adjustment"):
        return ALLOWED
    return forbidden(_("Only the platform's finance people and auditors see corrections."))


def can_see_adjustment(actor: Actor, adjustment: Adjustment) -> Verdict:
    """The party's own people of money see what was posted to it."""
    if can_see_adjustments(actor):
        return ALLOWED
    sides = [one for one in _sides(adjustment) if actor.speaks_for(one.pk)]
    return can_see_money_of(actor, sides[0] if sides else adjustment.party)


def can_prepare_adjustment(actor: Actor) -> Verdict:
    if actor.has_perm("settlement.prepare_adjustment"):
        return ALLOWED
    return forbidden(_("Only the platform's finance people prepare corrections."))


def flaws_of_adjustment(fields: AdjustmentFields) -> Iterator[Flaw]:
    if not fields.amount_fen:
        yield Flaw("amount_fen", _("An amount of nothing corrects nothing."))
    if abs(fields.amount_fen) > MOST_FEN:
        yield Flaw("amount_fen", _("This amount is too large."))
    if fields.effective_on > today():
        yield Flaw("effective_on", _("This day is still to come."))
    if fields.effective_on < today() - OLDEST:
        yield Flaw("effective_on", _("At most three years back."))
    if not fields.reason.isprintable():
        yield Flaw("reason", _("Keep it to one line."))
    yield from flaws_of_reason(fields.reason, "reason", MOST_TEXT)
    yield from _flaws_of_parties(fields)
    yield from _flaws_of_links(fields)


def _flaws_of_parties(fields: AdjustmentFields) -> Iterator[Flaw]:
    known = set(
        Party.objects.filter(pk__in=[fields.party_id, fields.counter_party_id or 0]).values_list(
            "pk", flat=True
        )
    )
    for name in ("party_id", "counter_party_id"):
        key = getattr(fields, name)
        if key is not None and key not in known:
            yield Flaw(name, _("There is no such party."))
    if fields.party_id == fields.counter_party_id:
        yield Flaw("counter_party_id", _("Choose another party, or none for the platform."))


def _flaws_of_links(fields: AdjustmentFields) -> Iterator[Flaw]:
    if fields.statement_id is not None:
        own = Statement.objects.filter(pk=fields.statement_id, party=fields.party_id)
        if not own.exists():
            yield Flaw("statement_id", _("This party has no such statement."))
    if fields.journal_id is not None:
        journal = Journal.objects.filter(pk=fields.journal_id)
        legs = Entry.objects.filter(journal=fields.journal_id, account__party=fields.party_id)
        if not journal.exists() or not legs.exists():
            yield Flaw("journal_id", _("No journal of this number moved the party's money."))


def may_approve_adjustments(actor: Actor) -> Verdict:
    if actor.has_perm("settlement.approve_adjustment"):
        return ALLOWED
    return forbidden(_("Only those who check the finances approve corrections."))


def can_approve_adjustment(actor: Actor, adjustment: Adjustment) -> Verdict:
    if actor.user_id is not None and actor.user_id == adjustment.prepared_by_id:
        return forbidden(ANOTHER)
    if actor.user is None:
        return forbidden(_("A person approves corrections, by name."))
    return can_decline_adjustment(actor, adjustment)


def can_decline_adjustment(actor: Actor, adjustment: Adjustment) -> Verdict:
    """Whoever prepared it may take it back, too."""
    is_own = actor.user_id is not None and actor.user_id == adjustment.prepared_by_id
    if not is_own and not (verdict := may_approve_adjustments(actor)):
        return verdict
    if any(is_member(actor.user, one) for one in _sides(adjustment)):
        return forbidden(_("Nobody decides about a party of their own."))
    if adjustment.status != AdjustmentStatus.PROPOSED:
        state = adjustment.get_status_display()
        return conflict(_("This correction is: %(state)s.") % {"state": state})
    return ALLOWED


def _sides(adjustment: Adjustment) -> Iterator[Party]:
    yield adjustment.party
    if adjustment.counter_party is not None:
        yield adjustment.counter_party
