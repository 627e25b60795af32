"""Eight advisers, two months of hours, and bookings in every state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import cycle

from django.conf import settings
from django.db import transaction

from portal.core import clock, outbox
from portal.core.actor import OPERATOR, Actor
from portal.core.verdict import Refused
from portal.parties.demo import World, acting, cast_party, demo_user
from portal.parties.demo.cast import make_person
from portal.parties.models import Party
from portal.parties.states import PartyKind, PartyStatus
from training.advice import services
from training.advice.demo.people import ADVISERS, NOTES, QUESTIONS
from training.advice.fields import QuestionFields, SlotFields
from training.advice.models import Adviser, Booking, Slot
from training.advice.states import Side

JOINED, PLANNED = 150, 45  # days ago
SINCE, WEEKS = 32, 9  # the hours begin so many days ago, and go on for so many weeks
PLACE = "https://meeting.example.com/advice/{}"
ROOM = "杭州 · 滨江基地 3 楼会议室"
HOURS = (time(10), time(14), time(16), time(19, 30))
BOOKED_BEFORE = timedelta(days=4)
MOST_PAST, MOST_AHEAD = 36, 14
STARS = (5, 4, 5, 5, 3, 4)
# What came of the hours that are over, again and again.
ENDS = (
    *("rated", "rated", "noted", "done", "rated", "missed", "rated", "noted", "cancelled"),
    *("rated", "done", "rated", "noted", "rated", "silent", "rated", "no_adviser", "done"),
)


@transaction.atomic
def make_advisers(world: World) -> None:
    operator = Actor(user=demo_user("operator"), party=None, role=OPERATOR, via="demo")
    with outbox.born_delivered():
        for number, fields in enumerate(ADVISERS):
            with clock.standing_at(world.dawn - timedelta(days=JOINED - number)):
                adviser = services.add_adviser(operator, fields=fields)
            _plan(world, operator, adviser, number)
        _give_login(world, operator)
        _book(world, operator)


def _plan(world: World, operator: Actor, adviser: Adviser, number: int) -> None:
    """Two hours a week each, on days apart."""
    first = world.today - timedelta(days=SINCE)
    for turn in range(2):
        day = _weekday(first, (number + 2 * turn) % 5)
        place = ROOM if number % 4 == 3 else PLACE.format(number + 1)
        at = HOURS[(number + turn) % len(HOURS)]
        fields = SlotFields(day, at, 45, place, weeks=WEEKS)
        with clock.standing_at(world.dawn - timedelta(days=PLANNED)):
            services.add_slots(operator, adviser=adviser, fields=fields)


def _weekday(since: date, weekday: int) -> date:
    return since + timedelta(days=(weekday - since.weekday()) % 7)


def _give_login(world: World, operator: Actor) -> None:
    """The first one signs in, writes notes and sees who booked."""
    first = ADVISERS[0]
    adviser = Adviser.objects.get(name=first.name)
    person = make_person("adviser", first.name, settings.DEMO_PASSWORD)
    names = ("name", "title_zh", "title_en", "bio_zh", "bio_en", "topics", "audience")
    kept = type(first)(**{name: getattr(first, name) for name in names}, user_id=person.pk)
    with clock.standing_at(world.dawn - timedelta(days=PLANNED)):
        services.edit_adviser(operator, adviser=adviser, fields=kept)


def _book(world: World, operator: Actor) -> None:
    askers = _askers()
    every = Slot.objects.select_related("adviser").order_by("starts_at", "adviser__name")
    past = every.filter(starts_at__lt=world.dawn)[::2]
    for slot, end in zip(past[:MOST_PAST], cycle(ENDS), strict=False):
        booking = _take(askers, slot, slot.starts_at - BOOKED_BEFORE)
        if booking is not None:
            _live(operator, booking, end)
    askers = _askers()  # the cast has hours to come, too
    for slot in every.filter(starts_at__gt=world.dawn + timedelta(days=1))[::2][:MOST_AHEAD]:
        _take(askers, slot, world.dawn - timedelta(hours=5))


def _askers() -> Iterator[Actor]:
    """The cast first, then others who are listed, again and again."""
    cast = [cast_party(kind) for kind in PartyKind]
    listed = Party.objects.filter(status=PartyStatus.LISTED, membership__role="owner")
    others = listed.exclude(pk__in=[party.pk for party in cast]).order_by("name").distinct()[:24]
    return cycle([acting(party) for party in [*cast, *others]])


def _take(askers: Iterator[Actor], slot: Slot, at: datetime) -> Booking | None:
    """By the first one whose month and kind allow it."""
    topic = slot.adviser.topics[0]
    fields = QuestionFields(QUESTIONS[topic], (topic,))
    for _try in range(8):
        with clock.standing_at(at), suppress(Refused):
            return services.book_slot(next(askers), slot=slot, fields=fields)
    return None


def _live(operator: Actor, booking: Booking, end: str) -> None:
    party = acting(booking.party)
    begins, over = booking.slot.starts_at, booking.slot.ends_at

    def at(moment: datetime, step: Callable[[], object]) -> None:
        with clock.standing_at(moment), suppress(Refused):
            step()

    if end == "silent":  # an operator is asked about it
        return
    if end == "cancelled":
        at(
            begins - timedelta(days=2),
            lambda: services.cancel_booking(party, booking=booking, reason="当天有大场，改到下周"),
        )
        return
    if end in ("missed", "no_adviser"):
        absent = Side.PARTY if end == "missed" else Side.ADVISER
        at(
            begins + timedelta(minutes=20),
            lambda: services.say_absent(operator, booking=booking, absent=absent),
        )
        return
    at(over, lambda: services.say_done(operator, booking=booking))
    if end in ("noted", "rated"):
        later = over + timedelta(hours=2)
        at(later, lambda: services.note_booking(operator, booking=booking, notes=NOTES))
    if end == "rated":
        stars = STARS[booking.slot_id // 2 % len(STARS)]
        at(
            over + timedelta(hours=6),
            lambda: services.rate_booking(
                party, booking=booking, stars=stars, note="讲得很具体，下周就能做。"
            ),
        )
