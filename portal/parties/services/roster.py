"""Invitations to an agency's roster, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock, outbox
from portal.core.actor import Actor
from portal.core.contacts import normal_phone
from portal.core.verdict import Refused, conflict, forbidden
from portal.notices import sms
from portal.parties import rules, states
from portal.parties.fields import RosterFields
from portal.parties.listing import refresh_facets
from portal.parties.models import Party, RosterEntry
from portal.parties.services.parties import tell_party
from portal.parties.states import PartyKind, RosterStatus

BATCH = 200


@transaction.atomic
def invite_creator(actor: Actor, *, agency: Party, fields: RosterFields) -> RosterEntry:
    """Invite a creator, known here or reached by phone. Nothing binds before they accept."""
    agency = Party.objects.select_for_update(no_key=True).get(pk=agency.pk)
    rules.can_invite_creator(actor, agency).require()
    rules.roster_is_sound(fields).require()
    now = clock.now()
    entry = RosterEntry(
        agency=agency,
        creator=_invited_party(fields),
        name=fields.name.strip(),
        account=fields.account.strip(),
        phone=plain_phone(fields.phone),
        period=DateRange(fields.starts_on, fields.last_day + timedelta(days=1)),
        terms=fields.terms.strip(),
        invited_by_id=actor.user_id,
        invited_at=now,
        expires_at=now + rules.INVITATION_LASTS,
    )
    with _invited_once():
        entry.save()
    audit.record(actor, "invite_creator", entry, after=snapshot(entry))
    _tell_creator(entry, "invited", gettext_noop("%(agency)s invites you to its roster."))
    _send_link(entry)
    return entry


@transaction.atomic
def remind_creator(actor: Actor, *, entry: RosterEntry) -> RosterEntry:
    """Ask an unanswered creator once more."""
    entry = lock_entry(entry)
    rules.can_remind_creator(actor, entry).require()
    entry.reminders += 1
    entry.reminded_at = clock.now()
    entry.save(update_fields=["reminders", "reminded_at"])
    audit.record(actor, "remind_creator", entry, after={"reminders": entry.reminders})
    sentence = gettext_noop("%(agency)s still waits for your answer to its invitation.")
    _tell_creator(entry, f"reminded-{entry.reminders}", sentence)
    _send_link(entry)
    return entry


@transaction.atomic
def withdraw_roster(actor: Actor, *, entry: RosterEntry) -> RosterEntry:
    """Take an unanswered invitation back."""
    entry = lock_entry(entry)
    rules.can_withdraw_roster(actor, entry).require()
    entry.ended_at = clock.now()
    change_status(actor, entry, RosterStatus.WITHDRAWN, verb="withdraw_roster")
    _tell_creator(entry, "withdrawn", gettext_noop("%(agency)s took its invitation back."))
    return entry


@transaction.atomic
def join_roster(actor: Actor, *, entry: RosterEntry) -> RosterEntry:
    """The acting creator joins the agency for the contract's period. The caller has checked that
    they were invited or hold the link."""
    entry = _answered(actor, entry)
    rules.can_join_roster(actor, entry).require()
    with one_agency_at_a_time():
        change_status(actor, entry, RosterStatus.ACTIVE, verb="join_roster")
    tell_agency(entry, "accepted", gettext_noop("%(creator)s joined the roster of %(agency)s."))
    return entry


@transaction.atomic
def decline_roster(actor: Actor, *, entry: RosterEntry) -> RosterEntry:
    """The acting creator says no."""
    entry = _answered(actor, entry)
    rules.can_answer_roster(actor, entry).require()
    entry.ended_at = clock.now()
    change_status(actor, entry, RosterStatus.DECLINED, verb="decline_roster")
    tell_agency(entry, "declined", gettext_noop("%(creator)s declined to join %(agency)s."))
    return entry


@transaction.atomic
def show_entry(actor: Actor, *, entry: RosterEntry, is_shown: bool) -> RosterEntry:
    """The creator says whether the agency's public page names them."""
    entry = lock_entry(entry)
    rules.can_show_entry(actor, entry).require()
    if entry.is_shown != is_shown:
        entry.is_shown = is_shown
        entry.save(update_fields=["is_shown"])
        audit.record(actor, "show_entry", entry, after={"is_shown": is_shown})
    return entry


@transaction.atomic
def reveal_phone(actor: Actor, *, entry: RosterEntry) -> str:
    """The phone the agency wrote down; who looked is written down too."""
    rules.can_reveal_phone(actor, entry).require()
    audit.record(actor, "reveal_phone", entry)
    return entry.phone


def expire_roster(actor: Actor) -> int:
    """End the invitations nobody answered in time. Returns how many."""
    late = RosterEntry.objects.invited().filter(expires_at__lte=clock.now())
    return sum(_expire(actor, pk) for pk in late.values_list("pk", flat=True)[:BATCH])


def end_memberships(actor: Actor) -> int:
    """End the memberships whose contract is over. Returns how many."""
    over = RosterEntry.objects.running().filter(period__endswith__lte=clock.today())
    return sum(_end(actor, pk) for pk in over.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _expire(actor: Actor, pk: int) -> bool:
    entry = RosterEntry.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if entry.status != RosterStatus.INVITED or entry.expires_at > clock.now():
        return False  # answered meanwhile
    entry.ended_at = clock.now()
    change_status(actor, entry, RosterStatus.EXPIRED, verb="expire_roster")
    tell_agency(entry, "expired", gettext_noop("%(creator)s did not answer the invitation."))
    return True


@transaction.atomic
def _end(actor: Actor, pk: int) -> bool:
    entry = RosterEntry.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if entry.status not in states.RUNNING or entry.period.upper > clock.today():
        return False
    end_entry(actor, entry)
    return True


def end_entry(actor: Actor, entry: RosterEntry) -> None:
    """The contract is over; what is open about leaving early is over with it."""
    now = clock.now()
    open_ones = entry.departures.filter(status__in=states.OPEN_DEPARTURES)
    open_ones.update(status=states.DepartureStatus.WITHDRAWN, closed_at=now)
    entry.ended_at, entry.is_shown = now, False
    change_status(actor, entry, RosterStatus.ENDED, verb="end_membership")
    sentence = gettext_noop("The contract of %(creator)s with %(agency)s has ended.")
    tell_agency(entry, "ended", sentence)
    _tell_creator(entry, "ended", sentence)


def lock_entry(entry: RosterEntry) -> RosterEntry:
    locked = RosterEntry.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("agency", "creator").get(pk=entry.pk)


def change_status(
    actor: Actor, entry: RosterEntry, status: RosterStatus, *, verb: str, why: str = ""
) -> None:
    if status not in states.ROSTER_TRANSITIONS[entry.status]:
        raise Refused(conflict(_("This is not possible in the membership's present state.")))
    before, entry.status = entry.status, status
    entry.save()
    if (before in states.RUNNING) != (status in states.RUNNING):
        refresh_facets([entry.agency_id])  # its roster is one larger or smaller
    audit.record(actor, verb, entry, before={"status": before}, after=snapshot(entry), why=why)


def tell_agency(entry: RosterEntry, what: str, sentence: str) -> None:
    tell_side(entry, entry.agency, what, sentence)


def tell_side(entry: RosterEntry, party: Party, what: str, sentence: str) -> None:
    tell_party(party, **side_told(entry, party, what, sentence))


def side_told(entry: RosterEntry, party: Party, what: str, sentence: str) -> dict[str, Any]:
    """The notice to one side, as arguments of `tell_party`."""
    return {
        "event": f"roster.{what.split('-')[0]}",
        "key": f"roster-{what}:{entry.pk}:{party.pk}",
        "sentence": sentence,
        "params": {"agency": entry.agency.name, "creator": entry.title},
        "url": entry.get_absolute_url(),
    }


def plain_phone(phone: str) -> str:
    """One way to write a number, so that the same one is known again."""
    return normal_phone(phone) or phone.replace(" ", "").replace("-", "")


def _tell_creator(entry: RosterEntry, what: str, sentence: str) -> None:
    """In the inbox of a creator who is known here."""
    if entry.creator is not None:
        tell_side(entry, entry.creator, what, sentence)


def _send_link(entry: RosterEntry) -> None:
    """By text message to one who is not, where messages can be sent; else the agency passes the
    link on."""
    if entry.creator is None and sms.is_open() and normal_phone(entry.phone):
        outbox.put(
            "portal.parties.tasks.send_roster_link",
            key=f"roster-link:{entry.pk}:{entry.reminders}",
            payload={"entry_id": entry.pk, "reminders": entry.reminders},
        )


def _answered(actor: Actor, entry: RosterEntry) -> RosterEntry:
    """The entry under lock with the acting creator's answer in it, not saved yet. The creator is
    locked first: two invitations accepted at the same moment meet here."""
    if actor.party is None:
        raise Refused(rules.can_answer_roster(actor, entry))
    Party.objects.select_for_update(no_key=True).get(pk=actor.party.pk)
    entry = lock_entry(entry)
    rules.can_answer_roster(actor, entry).require()
    entry.creator = actor.party
    entry.answered_at, entry.answered_by_id = clock.now(), actor.user_id
    return entry


def _invited_party(fields: RosterFields) -> Party | None:
    if fields.creator_id is None:
        return None
    creator = Party.objects.filter(pk=fields.creator_id, kind=PartyKind.CREATOR).listed().first()
    if creator is None:
        raise Refused(forbidden(_("Only a listed creator can be invited by name.")))
    return creator


@contextmanager
def _invited_once() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "roster_creator_invited_once" in str(error) or "roster_phone_invited_once" in str(error):
            raise Refused(conflict(_("This creator has an open invitation already."))) from error
        raise


@contextmanager
def one_agency_at_a_time() -> Iterator[None]:
    """The last word is the database's, whoever came first."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "roster_one_agency_at_a_time" not in str(error):
            raise
        sentence = _("You are with another agency in this time; a creator has one at a time.")
        raise Refused(conflict(sentence)) from error


def snapshot(entry: RosterEntry) -> dict[str, Any]:
    """What an audit row keeps: no name, no phone."""
    return {
        "agency": entry.agency_id,
        "creator": entry.creator_id,
        "status": entry.status,
        "period": [entry.starts_on.isoformat(), entry.last_day.isoformat()],
        "has_phone": bool(entry.phone),
    }
