"""Who may invite, answer, remind and leave, and what an invitation must say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    flaws_of_lines,
    forbidden,
    unmet,
)
from portal.parties import states
from portal.parties.fields import CONTACT_PHONE, RosterFields
from portal.parties.models import Departure, Party, RosterEntry
from portal.parties.rules.parties import can_manage_party
from portal.parties.states import DepartureStatus, PartyKind, RosterStatus

INVITATION_LASTS = timedelta(days=30)
MOST_REMINDERS = 3
BETWEEN_REMINDERS = timedelta(days=3)
MOST_DEPARTURE_FILES = 3  # of one statement
LONGEST_CONTRACT = timedelta(days=3660)
ANSWER_WITHIN = timedelta(days=7)  # to a wish to leave; silence is an objection
DECIDE_WITHIN = timedelta(days=15)


def can_invite_creator(actor: Actor, agency: Party) -> Verdict:
    if agency.kind != PartyKind.AGENCY:
        return forbidden(_("Only an agency has a roster."))
    if not (verdict := can_manage_party(actor, agency)):
        return verdict
    if not agency.is_trusted:
        return conflict(_("The agency must be verified before it invites creators."))
    if agency.is_sandbox:
        return conflict(_("A sandbox deals with itself only."))
    return ALLOWED


def can_answer_roster(actor: Actor, entry: RosterEntry) -> Verdict:
    """Whether the acting creator may accept or decline; that they hold the link is the caller's
    to check."""
    creator = actor.party
    if creator is None or creator.kind != PartyKind.CREATOR:
        return forbidden(_("Only a creator can answer; register as one or switch to yours."))
    if creator.is_sandbox:
        return conflict(_("A sandbox deals with itself only."))
    if entry.creator_id not in (None, creator.pk):
        return forbidden(_("This invitation is for another creator."))
    if not (verdict := can_manage_party(actor, creator)):
        return verdict
    if entry.status != RosterStatus.INVITED:
        return conflict(_("This invitation has been answered or has ended."))
    if entry.expires_at <= clock.now():
        return conflict(_("This invitation has run out; ask the agency for a new one."))
    return ALLOWED


def can_join_roster(actor: Actor, entry: RosterEntry) -> Verdict:
    verdict, creator = can_answer_roster(actor, entry), actor.party
    if not verdict or creator is None:
        return verdict
    if not creator.is_trusted:
        return conflict(_("Your creator profile must be verified before you join an agency."))
    if not entry.agency.is_trusted:
        return conflict(_("This agency is suspended or closed."))
    if entry.last_day < clock.today():
        return conflict(_("The contract's last day has passed; ask the agency for a new one."))
    return has_no_other_agency(creator, entry)


def has_no_other_agency(creator: Party, entry: RosterEntry) -> Verdict:
    """One agency at a time. The database refuses an overlap too (roster_one_agency_at_a_time)."""
    theirs = RosterEntry.objects.filter(creator=creator, status__in=states.BOUND)
    other = theirs.filter(period__overlap=entry.period).exclude(pk=entry.pk).first()
    if other is None:
        return ALLOWED
    sentence = _("You are with another agency until %(day)s; a creator has one at a time.")
    return conflict(sentence % {"day": other.last_day.isoformat()})


def can_withdraw_roster(actor: Actor, entry: RosterEntry) -> Verdict:
    if not (verdict := can_manage_party(actor, entry.agency)):
        return verdict
    if entry.status != RosterStatus.INVITED:
        return conflict(_("This invitation has been answered or has ended."))
    return ALLOWED


def can_remind_creator(actor: Actor, entry: RosterEntry) -> Verdict:
    """A few times only, and not every day: an invitation is not a siege."""
    if not (verdict := can_withdraw_roster(actor, entry)):
        return verdict
    return may_be_reminded(entry)


def may_be_reminded(entry: RosterEntry) -> Verdict:
    """The same, whoever asks."""
    if entry.status != RosterStatus.INVITED:
        return conflict(_("This invitation has been answered or has ended."))
    if entry.reminders >= MOST_REMINDERS:
        return conflict(_("Reminded %(n)s times; that is all.") % {"n": MOST_REMINDERS})
    last = entry.reminded_at or entry.invited_at
    if clock.now() < last + BETWEEN_REMINDERS:
        days = {"n": BETWEEN_REMINDERS.days}
        return conflict(_("At most once in %(n)s days.") % days)
    return ALLOWED


def can_reveal_phone(actor: Actor, entry: RosterEntry) -> Verdict:
    if not (verdict := can_manage_party(actor, entry.agency)):
        return verdict
    return ALLOWED if entry.phone else conflict(_("No phone was written down."))


def can_show_entry(actor: Actor, entry: RosterEntry) -> Verdict:
    """Whether the acting creator may say if the agency's page names them."""
    if entry.creator is None or not actor.speaks_for(entry.creator_id):
        return forbidden(_("Only the creator decides this."))
    if not (verdict := can_manage_party(actor, entry.creator)):
        return verdict
    if entry.status not in states.RUNNING:
        return conflict(_("This membership is over."))
    return ALLOWED


# --- leaving ----------------------------------------------------------------------------------


def can_ask_departure(actor: Actor, entry: RosterEntry) -> Verdict:
    """Either side may ask to part before the contract ends."""
    if not (verdict := _manages_a_side(actor, entry)):
        return verdict
    if entry.status != RosterStatus.ACTIVE:
        return conflict(_("There is no running membership, or somebody has asked already."))
    if entry.last_day <= clock.today():
        return conflict(_("The contract ends today."))
    return ALLOWED


def last_day_is_sound(entry: RosterEntry, last_day: date) -> Verdict:
    return flawless(flaws_of_last_day(entry, last_day))


def flaws_of_last_day(entry: RosterEntry, last_day: date) -> Iterator[Flaw]:
    if last_day < max(clock.today(), entry.starts_on):
        yield Flaw("last_day", _("Not before today, nor before the first day."))
    elif last_day >= entry.last_day:
        yield Flaw("last_day", _("The contract ends by itself then; name an earlier day."))


def can_agree_departure(actor: Actor, departure: Departure) -> Verdict:
    if not (verdict := _is_other_side(actor, departure)):
        return verdict
    if departure.status not in states.OPEN_DEPARTURES:
        return conflict(_("This has been answered already."))
    if departure.last_day < clock.today():
        return conflict(_("The day that was asked for has passed; ask again with another."))
    return ALLOWED


def can_contest_departure(actor: Actor, departure: Departure) -> Verdict:
    if not (verdict := _is_other_side(actor, departure)):
        return verdict
    if departure.status != DepartureStatus.ASKED:
        return conflict(_("This has been answered already."))
    return ALLOWED


def can_withdraw_departure(actor: Actor, departure: Departure) -> Verdict:
    if not (verdict := can_manage_party(actor, departure.asked_by)):
        return verdict
    if departure.status not in states.OPEN_DEPARTURES:
        return conflict(_("This has been answered already."))
    return ALLOWED


def can_state_departure(actor: Actor, departure: Departure) -> Verdict:
    """Evidence: both sides, as long as nothing is decided."""
    if not (verdict := _manages_a_side(actor, departure.entry)):
        return verdict
    if departure.status != DepartureStatus.CONTESTED:
        return conflict(_("Only a contested departure takes statements."))
    return ALLOWED


def can_read_departure_evidence(actor: Actor, departure: Departure) -> Verdict:
    """Those who manage either side, and operators who decide."""
    if actor.role == SYSTEM or actor.has_perm("parties.decide_departure"):
        return ALLOWED
    return _manages_a_side(actor, departure.entry)


def evidence_is_sound(statement: str, files: int) -> Verdict:
    return flawless(_flaws_of_evidence(statement, files))


def _flaws_of_evidence(statement: str, files: int) -> Iterator[Flaw]:
    if not statement.strip():
        yield Flaw("statement", _("Say what speaks for your side."))
    if files > MOST_DEPARTURE_FILES:
        yield Flaw("files", _("At most three files."))


def can_decide_departure(actor: Actor, departure: Departure) -> Verdict:
    if not actor.has_perm("parties.decide_departure"):
        return forbidden(_("Only operators may decide this."))
    sides = [departure.entry.agency_id, departure.entry.creator_id]
    if actor.user is not None and actor.user.membership_set.filter(party__in=sides).exists():
        return forbidden(_("Nobody decides for a party of their own; another operator must."))
    if departure.status != DepartureStatus.CONTESTED:
        return conflict(_("This departure is not contested."))
    return ALLOWED


def decision_is_sound(departure: Departure, last_day: date | None, reasons: str) -> Verdict:
    if not reasons.strip():
        return unmet(_("Say why; both sides read it."))
    if last_day is not None:
        return last_day_is_sound(departure.entry, last_day)
    return ALLOWED


def _manages_a_side(actor: Actor, entry: RosterEntry) -> Verdict:
    side = entry.side_of(actor.party_id)
    if side is None:
        return forbidden(_("You do not speak for this party."))
    return can_manage_party(actor, side)


def _is_other_side(actor: Actor, departure: Departure) -> Verdict:
    if actor.speaks_for(departure.asked_by_id):
        return forbidden(_("The other side answers."))
    return _manages_a_side(actor, departure.entry)


# --- what is written must be sound ------------------------------------------------------------


def roster_is_sound(fields: RosterFields) -> Verdict:
    return flawless(flaws_of_roster(fields))


def flaws_of_roster(fields: RosterFields) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "name", "account")
    if not fields.name.strip():
        yield Flaw("name", _("Please fill this in."))
    if fields.creator_id is None and not fields.phone:
        yield Flaw("phone", _("The phone by which the creator is reached."))
    if fields.phone and not re.fullmatch(CONTACT_PHONE, fields.phone):
        yield Flaw("phone", _("Enter digits, such as 13800001111 or 021-5555 1234."))
    if not fields.terms.strip():
        yield Flaw("terms", _("The creator reads the terms before accepting: write them down."))
    if fields.last_day < fields.starts_on:
        yield Flaw("last_day", _("Not before the first day."))
    elif fields.last_day < clock.today():
        yield Flaw("last_day", _("This day has passed."))
    elif fields.last_day - fields.starts_on > LONGEST_CONTRACT:
        yield Flaw("last_day", _("At most ten years."))
