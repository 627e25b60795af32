"""What may be posted, and who may look at the books."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from portal.core.actor import SYSTEM, Actor
from portal.core.clock import today
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden
from portal.ledger.fields import LONGEST, MOST_FEN, Posting, month_after
from portal.ledger.models import Closing, Journal
from portal.parties.models import Party
from portal.parties.states import PAYING

CLOSED = _("This month of the books is closed. Post into an open one; the day it happened stays.")


def is_sound(posting: Posting) -> Verdict:
    """Whether a posting can stand by itself; the database looks at it again."""
    return flawless(_flaws(posting))


def _flaws(posting: Posting) -> Iterator[Flaw]:
    for name in ("key", "cause_type", "cause_id", "text"):
        value = getattr(posting, name)
        if not value and name != "text":
            yield Flaw(name, _("This cannot be empty."))
        if len(value) > LONGEST[name]:
            yield Flaw(name, _("This is too long."))
        if not value.isprintable():
            yield Flaw(name, _("Leave out line breaks and other signs that cannot be printed."))
    if posting.occurred_at.tzinfo is None:
        yield Flaw("occurred_at", _("Say the time with its zone."))
    if posting.period is not None and posting.period.day != 1:
        yield Flaw("period", _("A month is named by its first day."))
    yield from _flaws_of_legs(posting)


def _flaws_of_legs(posting: Posting) -> Iterator[Flaw]:
    amounts = [leg.amount for leg in posting.legs]
    if any(type(amount) is not int for amount in amounts):
        raise TypeError("amounts are whole fen")
    if len(amounts) < 2:
        yield Flaw("legs", _("A journal has two legs or more."))
    if not all(amounts):
        yield Flaw("legs", _("A leg of nothing says nothing. Leave it out."))
    if any(abs(amount) > MOST_FEN for amount in amounts):
        yield Flaw("legs", _("An amount is too large."))
    if sum(amounts):
        yield Flaw("legs", _("The legs do not add up to zero."))
    if any(len(leg.part) > LONGEST["part"] or not leg.part.isprintable() for leg in posting.legs):
        yield Flaw("legs", _("The name of a part is too long."))


def can_reverse_journal(actor: Actor, journal: Journal) -> Verdict:
    if journal.reverses_id is not None:
        return conflict(_("This is a reversal. Post what is right instead of reversing it."))
    if Journal.objects.filter(reverses=journal.pk).exists():
        return conflict(_("This journal is reversed already."))
    return ALLOWED


def can_close_period(actor: Actor, month: date) -> Verdict:
    """Months are closed one after the other, once they are over."""
    if not actor.has_perm("ledger.close_period"):
        return forbidden(_("Only those who check the finances close a month."))
    if today() < month_after(month):
        return conflict(_("This month is not over yet."))
    last = Closing.objects.order_by("-month").first()
    if last is None:
        first = Journal.objects.order_by("period").first()
        if first is not None and first.period < month:
            return conflict(_("Close the months before it first."))
        return ALLOWED
    if month <= last.month:
        return conflict(_("This month is closed already."))
    if month != month_after(last.month):
        return conflict(_("Close the months before it first."))
    return ALLOWED


def can_see_money(actor: Actor) -> Verdict:
    """The money of the party one speaks for."""
    if actor.party is None:
        return forbidden(_("Choose the party you speak for first."))
    return can_see_money_of(actor, actor.party)


def can_see_money_of(actor: Actor, party: Party) -> Verdict:
    """A party's money is for its owner and its finance people."""
    if actor.role == SYSTEM:
        return ALLOWED
    if not actor.speaks_for(party.pk):
        return forbidden(_("You do not speak for this party."))
    if actor.role not in PAYING:
        return forbidden(_("Only the owner and the finance people see the party's money."))
    return ALLOWED


def can_see_books(actor: Actor) -> Verdict:
    if actor.has_perm("ledger.view_journal"):
        return ALLOWED
    return forbidden(_("Only the platform's finance people and auditors see the books."))


def can_export_books(actor: Actor) -> Verdict:
    if actor.has_perm("ledger.export_books"):
        return ALLOWED
    return forbidden(_("Only the platform's finance people and auditors take the books out."))
