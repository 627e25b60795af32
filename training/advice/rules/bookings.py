"""Who books an hour, who cancels it until when, and who says what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden, unmet
from portal.growth.selectors import benefit_of
from portal.growth.states import ProviderBenefit
from portal.parties.models import Party
from portal.parties.states import MANAGING
from portal.policies.dated import read_dated_rules
from portal.policies.states import DatedKind
from training.advice import states
from training.advice.fields import QuestionFields
from training.advice.models import Booking, Slot
from training.advice.rules.advisers import may_run
from training.advice.states import AdviceTopic, BookingStatus, Side

LEAST_QUESTION, MOST_QUESTION = 10, 1000
MOST_NOTES = 3000
MOST_REASON, MOST_RATING = 200, 300
NOT_NOW = _("This is not possible in the booking's present state.")
NOT_YOURS = _("This booking is not yours.")


def can_list_bookings(actor: Actor) -> Verdict:
    if actor.party is None:
        return forbidden(_("Register a party first."))
    return ALLOWED


def may_ask_for_advice(actor: Actor) -> Verdict:
    """Whoever belongs to a verified party, in any role."""
    if actor.user is None:
        return forbidden(_("Sign in to book an hour."))
    if actor.party is None:
        return forbidden(_("Hours are booked for a party; register yours first."))
    if not actor.party.is_trusted or actor.party.is_sandbox:
        return conflict(_("Hours are for verified parties; finish your verification first."))
    return ALLOWED


def can_book_slot(actor: Actor, slot: Slot) -> Verdict:
    """The month's hours and one's other hours count: ask it with the party's row locked."""
    if not (verdict := may_ask_for_advice(actor)):
        return verdict
    if not (verdict := _is_open_to(actor, slot)):
        return verdict
    own = Booking.objects.counted().filter(party=actor.party_id)
    if (
        own.booked()
        .filter(slot__starts_at__lt=slot.ends_at, slot__ends_at__gt=slot.starts_at)
        .exists()
    ):
        return conflict(_("Your party has another adviser at that time."))
    first, after = month_of(slot.day)
    most = monthly_most(actor.party, slot.day)
    if own.filter(slot__starts_at__gte=first, slot__starts_at__lt=after).count() >= most:
        return conflict(_spent(most))
    return ALLOWED


def _is_open_to(actor: Actor, slot: Slot) -> Verdict:
    now, adviser = clock.now(), slot.adviser
    if slot.withdrawn_at is not None or adviser.left_at is not None:
        return conflict(_("This hour was withdrawn."))
    if slot.starts_at <= now:
        return conflict(_("This hour has begun already."))
    if slot.starts_at > now + states.AHEAD:
        return conflict(_("Hours are booked at most 60 days ahead."))
    if adviser.party_id is not None and actor.speaks_for(adviser.party_id):
        return unmet(_("This adviser works at your own party; choose somebody else."))
    if adviser.user_id is not None and adviser.user_id == actor.user_id:
        return unmet(_("Nobody advises themselves; choose somebody else."))
    kind = actor.party.kind if actor.party else ""
    if adviser.audience and kind not in adviser.audience:
        return unmet(
            _("%(name)s advises %(kinds)s.")
            % {"name": adviser.name, "kinds": "、".join(adviser.audience_names)}
        )
    return ALLOWED


def monthly_most(party: Party | None, day: date) -> int:
    """How many hours a party may have in the month of a day: a rule with a day, and what a
    provider's size and score bring beside it today."""
    value = read_dated_rules(DatedKind.ADVICE_MONTHLY).value_on(DatedKind.ADVICE_MONTHLY, day)
    return (value or 0) + benefit_of(party, ProviderBenefit.ADVICE_HOURS)


def _spent(most: int) -> str | Promise:
    sentence = ngettext(
        "At most %(n)s office hour of a party in a month; choose another month.",
        "At most %(n)s office hours of a party in a month; choose another month.",
        most,
    )
    return sentence % {"n": most}


def month_of(day: date) -> tuple[datetime, datetime]:
    """Its first moment in Shanghai, and that of the next month."""
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return (
        datetime.combine(first, time(), clock.SHANGHAI),
        datetime.combine(after, time(), clock.SHANGHAI),
    )


# --- a booking ------------------------------------------------------------------------------------


def side_of(actor: Actor, booking: Booking) -> Side | None:
    """Whose word this is. An adviser who runs the group, too, speaks as the adviser."""
    if actor.role == SYSTEM:
        return Side.PLATFORM
    if actor.user is not None and booking.slot.adviser.user_id == actor.user.pk:
        return Side.ADVISER
    if may_run(actor):
        return Side.PLATFORM
    return Side.PARTY if actor.speaks_for(booking.party_id) else None


def knows_place(actor: Actor, booking: Booking) -> bool:
    """The link or the room is for who meets there."""
    return side_of(actor, booking) is not None and booking.status == BookingStatus.BOOKED


def _may_answer_for(actor: Actor, booking: Booking) -> Verdict:
    """Of a party: who booked it, and who manages the party."""
    if not actor.speaks_for(booking.party_id):
        return forbidden(NOT_YOURS)
    if actor.role in MANAGING or actor.user_id == booking.booked_by_id:
        return ALLOWED
    return forbidden(_("Who booked this hour, or who manages the party, does this."))


def cancels_until(booking: Booking) -> datetime:
    """Until when the party may cancel; a rule with a day."""
    rules = read_dated_rules(DatedKind.ADVICE_CANCEL)
    hours = rules.value_on(DatedKind.ADVICE_CANCEL, booking.slot.day) or 0
    return booking.slot.starts_at - timedelta(hours=hours)


def can_cancel_booking(actor: Actor, booking: Booking) -> Verdict:
    """The party until its hour, the adviser and operators until the end."""
    side = side_of(actor, booking)
    if side is None:
        return forbidden(NOT_YOURS)
    if side == Side.PARTY and not (verdict := _may_answer_for(actor, booking)):
        return verdict
    if BookingStatus.CANCELLED not in states.TRANSITIONS[booking.status]:
        return conflict(NOT_NOW)
    limit = cancels_until(booking) if side == Side.PARTY else booking.slot.ends_at
    if clock.now() >= limit:
        return conflict(
            _("It is too late to cancel; if you cannot come, ask the platform for help.")
            if side == Side.PARTY
            else _("The hour is over; say what came of it instead.")
        )
    return ALLOWED


def can_say_done(actor: Actor, booking: Booking) -> Verdict:
    """The adviser or an operator, once it has begun."""
    if not (verdict := _is_host(actor, booking)):
        return verdict
    if BookingStatus.DONE not in states.TRANSITIONS[booking.status]:
        return conflict(NOT_NOW)
    if clock.now() < booking.slot.starts_at:
        return conflict(_("It has not begun yet."))
    return ALLOWED


def can_say_absent(actor: Actor, booking: Booking, absent: str) -> Verdict:
    """Each side of the other, a while after it began; operators of both."""
    side = side_of(actor, booking)
    if side is None:
        return forbidden(NOT_YOURS)
    if side == Side.PARTY and not (verdict := _may_answer_for(actor, booking)):
        return verdict
    if absent not in (Side.PARTY, Side.ADVISER):
        return unmet(_("Choose one from the list."))
    if side == absent:
        return forbidden(_("Who waited says who did not come."))
    if BookingStatus.MISSED not in states.TRANSITIONS[booking.status]:
        return conflict(NOT_NOW)
    if clock.now() < booking.slot.starts_at + states.LATE:
        return conflict(_("Wait a quarter of an hour after it began."))
    return ALLOWED


def can_note_booking(actor: Actor, booking: Booking) -> Verdict:
    if not (verdict := _is_host(actor, booking)):
        return verdict
    if booking.status != BookingStatus.DONE:
        return conflict(_("Notes are shared once the hour took place."))
    return ALLOWED


def can_rate_booking(actor: Actor, booking: Booking) -> Verdict:
    """Once, by the party."""
    if not (verdict := _may_answer_for(actor, booking)):
        return verdict
    if booking.status != BookingStatus.DONE:
        return conflict(_("Feedback is given once the hour took place."))
    if booking.rated_at is not None:
        return conflict(_("Your party has given its feedback already."))
    if clock.now() > booking.slot.ends_at + states.RATED_WITHIN:
        return conflict(_("Feedback is given within 30 days."))
    return ALLOWED


def _is_host(actor: Actor, booking: Booking) -> Verdict:
    side = side_of(actor, booking)
    if side is None:
        return forbidden(NOT_YOURS)
    if side == Side.PARTY:
        return forbidden(_("The adviser or an operator says this."))
    return ALLOWED


# --- what is said ---------------------------------------------------------------------------------


def question_is_sound(fields: QuestionFields) -> Verdict:
    return flawless(flaws_of_question(fields))


def flaws_of_question(fields: QuestionFields) -> Iterator[Flaw]:
    if not LEAST_QUESTION <= len(fields.question.strip()) <= MOST_QUESTION:
        yield Flaw("question", _("From 10 to 1,000 characters."))
    if not set(fields.topics) <= set(AdviceTopic.values):
        yield Flaw("topics", _("Choose from the list."))


def flaws_of_reason(reason: str) -> Iterator[Flaw]:
    if not reason.strip():
        yield Flaw("reason", _("Please fill this in."))
    elif len(reason) > MOST_REASON:
        yield Flaw("reason", _("At most %(n)s characters.") % {"n": MOST_REASON})


def flaws_of_notes(notes: str) -> Iterator[Flaw]:
    if not notes.strip():
        yield Flaw("notes", _("Please fill this in."))
    elif len(notes) > MOST_NOTES:
        yield Flaw("notes", _("At most %(n)s characters.") % {"n": MOST_NOTES})


def flaws_of_rating(stars: int, note: str) -> Iterator[Flaw]:
    if not 1 <= stars <= states.MOST_STARS:
        yield Flaw("stars", _("One to five stars."))
    if len(note) > MOST_RATING:
        yield Flaw("note", _("At most %(n)s characters.") % {"n": MOST_RATING})
