"""An hour is booked by one party, cancelled, held, noted and rated."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict, flawless
from portal.notices.services import notify
from portal.parties.models import Membership
from portal.parties.services import lock_party
from portal.parties.states import MANAGING
from training.advice import rules, selectors, states
from training.advice.fields import QuestionFields
from training.advice.models import Booking, Slot
from training.advice.states import BookingStatus, Side

MOST = 500  # reminded at once
FACTS = (
    *("status", "changed_at", "cancelled_by", "reason", "absent", "notes", "noted_at"),
    *("rating", "rating_note", "rated_at"),
)


@transaction.atomic
def book_slot(actor: Actor, *, slot: Slot, fields: QuestionFields) -> Booking:
    """Take the hour for the party. Of many who press at once exactly one gets it; the others are
    told what is still free."""
    rules.may_ask_for_advice(actor).require()
    assert actor.party is not None
    lock_party(actor.party)  # its hours of the month are counted one booking after the other
    slot = lock_slot(slot)
    rules.can_book_slot(actor, slot).require()
    rules.question_is_sound(fields).require()
    if slot.bookings.filter(status__in=states.TAKEN).exists():
        raise Refused(conflict(selectors.what_remains(actor, slot)))
    now = clock.now()
    booking = Booking.objects.create(
        slot=slot,
        party=actor.party,
        booked_by=actor.user,
        question=fields.question.strip(),
        topics=list(fields.topics),
        booked_at=now,
        changed_at=now,
    )
    audit.record(actor, "book_slot", booking, after={"begins": slot.starts_at})
    _tell_adviser(booking, "booked", gettext_noop("%(party)s booked %(adviser)s for %(at)s."))
    return booking


@transaction.atomic
def cancel_booking(actor: Actor, *, booking: Booking, reason: str) -> Booking:
    """The hour is free again for others."""
    booking = _lock(booking)
    rules.can_cancel_booking(actor, booking).require()
    flawless(rules.flaws_of_reason(reason)).require()
    _cancel(actor, booking, reason)
    return booking


def cancel_with_slot(actor: Actor, slot: Slot) -> None:
    """The hour was withdrawn, in the same transaction."""
    for row in slot.bookings.booked():
        _cancel(actor, _lock(row), slot.why)


def _cancel(actor: Actor, booking: Booking, reason: str) -> None:
    side = rules.side_of(actor, booking) or Side.PLATFORM
    booking.cancelled_by, booking.reason = side, reason.strip()
    _change_status(actor, booking, BookingStatus.CANCELLED, "cancel_booking", why=booking.reason)
    params = {"reason": booking.reason[:150]}
    sentence = gettext_noop("The hour of %(adviser)s on %(at)s is cancelled: %(reason)s")
    if side != Side.PARTY:
        _tell_party(booking, "cancelled", sentence, **params)
    if side != Side.ADVISER:
        _tell_adviser(booking, "cancelled", sentence, **params)


@transaction.atomic
def say_done(actor: Actor, *, booking: Booking) -> Booking:
    """It took place; also where somebody was said to be absent by mistake."""
    booking = _lock(booking)
    rules.can_say_done(actor, booking).require()
    booking.absent = ""
    _change_status(actor, booking, BookingStatus.DONE, "hold_booking")
    sentence = gettext_noop("How was the hour with %(adviser)s? Tell it in one minute.")
    _tell_party(booking, "done", sentence)
    return booking


@transaction.atomic
def say_absent(actor: Actor, *, booking: Booking, absent: str) -> Booking:
    """Somebody did not come; recorded on both sides."""
    booking = _lock(booking)
    rules.can_say_absent(actor, booking, absent).require()
    booking.absent = absent
    _change_status(actor, booking, BookingStatus.MISSED, "miss_booking", after={"absent": absent})
    if absent == Side.PARTY:
        sentence = gettext_noop("Your party did not come to the hour of %(adviser)s on %(at)s.")
        _tell_party(booking, "missed", sentence)
    else:
        sentence = gettext_noop("You did not come to the hour of %(party)s on %(at)s.")
        _tell_adviser(booking, "missed", sentence)
    return booking


@transaction.atomic
def note_booking(actor: Actor, *, booking: Booking, notes: str) -> Booking:
    """What was advised, shared with the party; written again, it is replaced."""
    booking = _lock(booking)
    rules.can_note_booking(actor, booking).require()
    flawless(rules.flaws_of_notes(notes)).require()
    is_first = booking.noted_at is None
    booking.notes, booking.noted_at = notes.strip(), clock.now()
    booking.changed_at = booking.noted_at
    booking.save(update_fields=FACTS)
    audit.record(actor, "note_booking", booking)
    if is_first:
        sentence = gettext_noop("%(adviser)s shared notes of the hour on %(at)s.")
        _tell_party(booking, "noted", sentence)
    return booking


@transaction.atomic
def rate_booking(actor: Actor, *, booking: Booking, stars: int, note: str = "") -> Booking:
    booking = _lock(booking)
    rules.can_rate_booking(actor, booking).require()
    flawless(rules.flaws_of_rating(stars, note)).require()
    now = clock.now()
    booking.rating, booking.rating_note, booking.rated_at = stars, note.strip(), now
    booking.changed_at = now
    booking.save(update_fields=FACTS)
    audit.record(actor, "rate_booking", booking, after={"rating": stars})
    return booking


def remind_bookings(actor: Actor) -> int:
    """A day before, both sides; how many hours."""
    now = clock.now()
    due = Booking.objects.booked().filter(
        reminded_at=None,
        slot__starts_at__gt=now,
        slot__starts_at__lte=now + states.REMIND_BEFORE,
    )
    return sum(_remind(pk) for pk in list(due.order_by("pk").values_list("pk", flat=True)[:MOST]))


@transaction.atomic
def _remind(pk: Any) -> bool:
    booking = _lock(Booking(pk=pk))
    if booking.status != BookingStatus.BOOKED or booking.reminded_at is not None:
        return False
    booking.reminded_at = clock.now()
    booking.save(update_fields=["reminded_at"])
    sentence = gettext_noop("%(adviser)s advises %(party)s at %(at)s.")
    _tell_party(booking, "reminder", sentence)
    _tell_adviser(booking, "reminder", sentence)
    return True


# --- within ---------------------------------------------------------------------------------------


def lock_slot(slot: Slot) -> Slot:
    rows = Slot.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("adviser").get(pk=slot.pk)


def _lock(booking: Booking) -> Booking:
    rows = Booking.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("slot__adviser", "party").get(pk=booking.pk)


def _change_status(
    actor: Actor,
    booking: Booking,
    status: BookingStatus,
    verb: str,
    *,
    after: dict[str, Any] | None = None,
    why: str = "",
) -> None:
    if status not in states.TRANSITIONS[booking.status]:
        raise Refused(conflict(rules.NOT_NOW))
    before, booking.status = booking.status, status
    booking.changed_at = clock.now()
    booking.save(update_fields=FACTS)
    audit.record(
        actor,
        verb,
        booking,
        before={"status": before},
        after={"status": status} | (after or {}),
        why=why,
    )


def _tell_party(booking: Booking, event: str, sentence: str, **params: Any) -> None:
    """Who booked it, and who manages the party."""
    managers = Membership.objects.filter(party=booking.party, role__in=MANAGING)
    people = set(managers.values_list("user_id", flat=True))
    members = Membership.objects.filter(party=booking.party, user=booking.booked_by_id)
    people |= set(members.values_list("user_id", flat=True))
    _tell(booking, sorted(people), booking.party_id, event, sentence, params)


def _tell_adviser(booking: Booking, event: str, sentence: str, **params: Any) -> None:
    """Who has no login is told by those who run the group."""
    user = booking.slot.adviser.user_id
    people = selectors.runners() if user is None else [user]
    _tell(booking, people, None, event, sentence, params)


def _tell(
    booking: Booking,
    people: list[int],
    party_id: int | None,
    event: str,
    sentence: str,
    params: dict[str, Any],
) -> None:
    local = booking.slot.starts_at.astimezone(clock.SHANGHAI)
    notify(
        people,
        party_id=party_id,
        event=f"advice.{event}",
        key=f"advice-{event}:{booking.pk}",
        sentence=sentence,
        params={
            "adviser": booking.slot.adviser.name,
            "party": booking.party.name,
            "at": f"{local:%m-%d %H:%M}",
            **params,
        },
        url=booking.get_absolute_url(),
    )
