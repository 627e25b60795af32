"""Leaving an agency before the contract ends: asked, agreed or contested, decided."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.files import attach_file, store_file, take_file
from portal.core.models import StoredFile
from portal.core.verdict import Refused, conflict, unmet
from portal.parties import rules, states
from portal.parties.files import DEPARTURE_EVIDENCE
from portal.parties.models import Departure, DepartureStatement, Party, RosterEntry
from portal.parties.services.roster import change_status, lock_entry, tell_side
from portal.parties.states import DepartureStatus, RosterStatus

BATCH = 200
Evidence = UploadedFile | uuid.UUID  # a file, or the id of one's own upload


@transaction.atomic
def ask_departure(actor: Actor, *, entry: RosterEntry, last_day: date, reason: str) -> Departure:
    """Ask the other side to part on `last_day`, before the contract ends."""
    entry = lock_entry(entry)
    rules.can_ask_departure(actor, entry).require()
    rules.last_day_is_sound(entry, last_day).require()
    if not reason.strip():
        raise Refused(unmet(_("Say why; the other side reads it.")))
    now = clock.now()
    side = entry.side_of(actor.party_id)
    assert side is not None  # the rule asks for a side
    departure = Departure.objects.create(
        entry=entry,
        asked_by=side,
        asked_at=now,
        last_day=last_day,
        reason=reason.strip(),
        answer_by=now + rules.ANSWER_WITHIN,
    )
    change_status(actor, entry, RosterStatus.LEAVING, verb="ask_departure")
    _tell_both(departure, "departure", gettext_noop("%(creator)s and %(agency)s may part early."))
    return departure


@transaction.atomic
def agree_departure(actor: Actor, *, departure: Departure) -> Departure:
    """The other side agrees: the contract ends on the day that was asked for."""
    departure = _lock(departure)
    rules.can_agree_departure(actor, departure).require()
    _shorten(departure.entry, departure.last_day)
    _close(actor, departure, DepartureStatus.AGREED, verb="agree_departure")
    _tell_both(departure, "agreed", gettext_noop("%(creator)s and %(agency)s part by agreement."))
    return departure


@transaction.atomic
def contest_departure(
    actor: Actor, *, departure: Departure, statement: str, files: Sequence[Evidence] = ()
) -> Departure:
    """The other side objects: an operator decides within fifteen days."""
    departure = _lock(departure)
    rules.can_contest_departure(actor, departure).require()
    _contest(actor, departure)
    _state(actor, departure, statement, files)
    return departure


@transaction.atomic
def state_departure(
    actor: Actor, *, departure: Departure, statement: str, files: Sequence[Evidence] = ()
) -> DepartureStatement:
    """Add what one's own side has to say, with its evidence."""
    departure = _lock(departure)
    rules.can_state_departure(actor, departure).require()
    return _state(actor, departure, statement, files)


@transaction.atomic
def withdraw_departure(actor: Actor, *, departure: Departure) -> Departure:
    """Whoever asked stays after all; the contract runs as it did."""
    departure = _lock(departure)
    rules.can_withdraw_departure(actor, departure).require()
    _close(actor, departure, DepartureStatus.WITHDRAWN, verb="withdraw_departure")
    change_status(actor, departure.entry, RosterStatus.ACTIVE, verb="resume_membership")
    _tell_both(departure, "stays", gettext_noop("%(creator)s stays with %(agency)s."))
    return departure


@transaction.atomic
def decide_departure(
    actor: Actor, *, departure: Departure, last_day: date | None, reasons: str
) -> Departure:
    """An operator ends the contract on `last_day`, or (None) lets it run."""
    departure = _lock(departure)
    rules.can_decide_departure(actor, departure).require()
    rules.decision_is_sound(departure, last_day, reasons).require()
    departure.decided_by_id, departure.reasons = actor.user_id, reasons.strip()
    departure.decided_last_day = last_day
    _close(actor, departure, DepartureStatus.DECIDED, verb="decide_departure")
    if last_day is None:
        change_status(actor, departure.entry, RosterStatus.ACTIVE, verb="resume_membership")
    else:
        _shorten(departure.entry, last_day)
    sentence = gettext_noop("An operator decided how %(creator)s and %(agency)s part.")
    _tell_both(departure, "decided", sentence)
    return departure


def contest_unanswered(actor: Actor) -> int:
    """Silence is an objection. Returns how many departures went to the operators."""
    late = Departure.objects.filter(
        status=DepartureStatus.ASKED, answer_by__lte=clock.now()
    ).values_list("pk", flat=True)
    return sum(_contest_late(actor, pk) for pk in late[:BATCH])


@transaction.atomic
def _contest_late(actor: Actor, pk: int) -> bool:
    departure = _lock(Departure.objects.get(pk=pk))
    if departure.status != DepartureStatus.ASKED or departure.answer_by > clock.now():
        return False  # answered meanwhile
    _contest(actor, departure)
    return True


def _contest(actor: Actor, departure: Departure) -> None:
    now = clock.now()
    departure.contested_at, departure.decide_by = now, now + rules.DECIDE_WITHIN
    _change(actor, departure, DepartureStatus.CONTESTED, verb="contest_departure")
    sentence = gettext_noop(
        "How %(creator)s and %(agency)s part is contested; an operator decides."
    )
    _tell_both(departure, "contested", sentence)


def _state(
    actor: Actor, departure: Departure, statement: str, files: Sequence[Evidence]
) -> DepartureStatement:
    rules.evidence_is_sound(statement, len(files)).require()
    side = departure.entry.side_of(actor.party_id)
    assert side is not None  # the rules ask for a side
    said = DepartureStatement.objects.create(
        departure=departure,
        party=side,
        said_by_id=actor.user_id,
        said_at=clock.now(),
        text=statement.strip(),
    )
    said.files.set([_file_of(actor, side, piece) for piece in files])
    after = {"statement": said.pk, "files": len(files)}
    audit.record(actor, "state_departure", departure.entry, after=after)
    return said


def _file_of(actor: Actor, side: Party, piece: Evidence) -> StoredFile:
    if isinstance(piece, uuid.UUID):
        return take_file(actor, file_id=piece, purpose=DEPARTURE_EVIDENCE, field="files")
    file = store_file(actor, upload=piece, purpose=DEPARTURE_EVIDENCE, party_id=side.pk)
    return attach_file(actor, file=file)


def _shorten(entry: RosterEntry, last_day: date) -> None:
    entry.period = DateRange(entry.starts_on, last_day + timedelta(days=1))
    entry.save(update_fields=["period"])


def _close(actor: Actor, departure: Departure, status: DepartureStatus, *, verb: str) -> None:
    departure.closed_at = clock.now()
    _change(actor, departure, status, verb=verb)


def _change(actor: Actor, departure: Departure, status: DepartureStatus, *, verb: str) -> None:
    if status not in states.DEPARTURE_TRANSITIONS[departure.status]:
        raise Refused(conflict(_("This is not possible in the membership's present state.")))
    before, departure.status = departure.status, status
    departure.save()
    decided = departure.decided_last_day
    after = {"status": status, "last_day": (decided or departure.last_day).isoformat()}
    audit.record(
        actor,
        verb,
        departure.entry,
        before={"status": before},
        after=after,
        why=departure.reasons,
    )


def _lock(departure: Departure) -> Departure:
    """The departure with its entry, both locked, the entry first: every change begins there."""
    entry = lock_entry(departure.entry)
    locked = Departure.objects.select_for_update(of=("self",), no_key=True).select_related(
        "asked_by"
    )
    departure = locked.get(pk=departure.pk)
    departure.entry = entry
    return departure


def _tell_both(departure: Departure, what: str, sentence: str) -> None:
    entry = departure.entry
    for side in (entry.agency, entry.creator):
        if side is not None:
            tell_side(entry, side, f"{what}-{departure.pk}", sentence)
