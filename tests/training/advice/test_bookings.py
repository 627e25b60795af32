"""Booking an hour: who, how many, until when; what came of it; who is told."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.db import DatabaseError, transaction

from portal.core import clock
from portal.core.models import AuditEntry
from portal.notices.models import Notice
from portal.pages.todos import todos_of
from portal.pages.todos.advice import advice_todos
from portal.parties.states import PartyKind
from tests import factories
from tests.conftest import person_of
from tests.factories import SYSTEM, at_once
from tests.training.advice.making import (
    PLACE,
    QUESTION,
    adviser,
    booked,
    mid_month,
    refused,
    slot,
    standing,
)
from training.advice import selectors, services
from training.advice.fields import QuestionFields
from training.advice.models import Booking, Slot

pytestmark = pytest.mark.django_db
TWO_HOURS, A_DAY = timedelta(hours=2), timedelta(days=1)


@pytest.fixture
def guide(stranger):
    """Somebody with a login who advises."""
    return adviser(user_id=stranger.user.pk)


def test_booking_tells_both_sides_and_the_freed_hour_goes_to_another(
    merchant, provider, guide, stranger
):
    hour = slot(guide)
    booking = booked(merchant, hour)

    assert not selectors.free_slots().exists()
    assert Notice.objects.filter(event="advice.booked", user=stranger.user).exists()
    words = refused(409, lambda: booked(provider, hour))
    assert words  # nothing else is free, and that is said
    services.cancel_booking(merchant.actor, booking=booking, reason="改期")
    assert Notice.objects.filter(event="advice.cancelled", user=stranger.user).exists()
    assert not Notice.objects.filter(event="advice.cancelled", user=merchant.user).exists()
    again = booked(provider, hour)
    assert Booking.objects.booked().get() == again
    verbs = AuditEntry.objects.filter(object_type="advice.booking").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "book_slot",
        "cancel_booking",
        "book_slot",
    ]


def test_who_comes_too_late_reads_what_is_free(merchant, provider):
    one, other = adviser(), adviser(name="林知夏")
    taken = slot(one)
    booked(merchant, taken)
    slot(other, at=time(14))
    assert "林知夏" in refused(409, lambda: booked(provider, taken))
    slot(one, at=time(16))
    words = refused(409, lambda: booked(provider, taken))
    assert "16:00" in words
    assert "林知夏" not in words


def test_who_cannot_book(merchant, stranger, provider, operator, guide):
    hour = slot(guide)
    refused(403, lambda: booked(stranger, hour))  # speaks for nobody
    refused(403, lambda: booked(operator, hour))
    draft = person_of(factories.submitted_party("merchant", "未验证"))
    refused(409, lambda: booked(draft, hour))
    flawed = QuestionFields("短", ("nothing",))
    refused(
        422,
        lambda: services.book_slot(merchant.actor, slot=hour, fields=flawed),
        *("question", "topics"),
    )
    own = adviser(name="自家顾问", party_id=merchant.party.pk)
    own_slot = slot(own, at=time(20))
    narrow = adviser(name="只讲达人", audience=("creator",))
    for_creators = slot(narrow, at=time(18))
    refused(422, lambda: booked(merchant, own_slot))
    refused(422, lambda: booked(merchant, for_creators))
    with standing(hour, 1):
        refused(409, lambda: booked(merchant, hour))


def test_a_month_holds_as_many_hours_as_the_rule_says(merchant, guide):
    with clock.standing_at(mid_month()):
        day = clock.today()
        hours = [slot(guide, day + timedelta(days=n)) for n in (2, 3, 4)]
        first = booked(merchant, hours[0])
        booked(merchant, hours[1])
        assert "2" in refused(409, lambda: booked(merchant, hours[2]))
        next_month = slot(guide, (day + timedelta(days=32)).replace(day=5))
        booked(merchant, next_month)  # another month has its own
        services.cancel_booking(merchant.actor, booking=first, reason="改期")
        third = booked(merchant, hours[2])  # a cancelled one does not count
    with standing(third.slot, 20):
        services.say_absent(merchant.actor, booking=third, absent="adviser")
    assert Booking.objects.counted().filter(party=merchant.party).count() == 2


def test_nobody_is_with_two_advisers_at_once(merchant, guide):
    other = adviser(name="林知夏")
    booked(merchant, slot(guide))
    beside = slot(other, at=time(10, 30))
    refused(409, lambda: booked(merchant, beside))


def test_the_party_cancels_until_its_hour_and_the_host_longer(
    merchant, colleague, provider, guide, stranger
):
    hour = slot(guide)
    booking = booked(colleague, hour)
    cancel = services.cancel_booking
    refused(403, lambda: cancel(provider.actor, booking=booking, reason="x"))
    refused(422, lambda: cancel(merchant.actor, booking=booking, reason=" "), "reason")
    with clock.standing_at(hour.starts_at - A_DAY + timedelta(minutes=1)):
        refused(409, lambda: cancel(merchant.actor, booking=booking, reason="x"))
        with transaction.atomic():
            cancel(stranger.actor, booking=booking, reason="顾问生病")
    booking.refresh_from_db()
    assert (booking.cancelled_by, booking.reason) == ("adviser", "顾问生病")
    told = Notice.objects.filter(event="advice.cancelled")
    assert set(told.values_list("user", flat=True)) == {merchant.user.pk, colleague.user.pk}
    refused(409, lambda: cancel(merchant.actor, booking=booking, reason="x"))


def test_a_colleague_cancels_only_what_they_booked(merchant, colleague, guide):
    booking = booked(merchant, slot(guide))
    refused(403, lambda: services.cancel_booking(colleague.actor, booking=booking, reason="改期"))


def test_held_noted_and_rated(merchant, provider, guide, stranger, operator):
    hour = slot(guide)
    booking = booked(merchant, hour)
    host, party = stranger.actor, merchant.actor
    refused(409, lambda: services.say_done(host, booking=booking))  # not begun
    with standing(hour, 50):
        refused(403, lambda: services.say_done(party, booking=booking))
        refused(409, lambda: services.note_booking(host, booking=booking, notes="x"))
        refused(409, lambda: services.rate_booking(party, booking=booking, stars=5))
        services.say_done(host, booking=booking)
        refused(409, lambda: services.say_done(host, booking=booking))
        refused(422, lambda: services.note_booking(host, booking=booking, notes=" "), "notes")
        services.note_booking(host, booking=booking, notes="- 先改主图\n- 再开播")
        services.note_booking(operator.actor, booking=booking, notes="- 先改主图")
        refused(422, lambda: services.rate_booking(party, booking=booking, stars=6), "stars")
        refused(403, lambda: services.rate_booking(provider.actor, booking=booking, stars=5))
        services.rate_booking(party, booking=booking, stars=5, note="很有用")
        refused(409, lambda: services.rate_booking(party, booking=booking, stars=1))
    booking.refresh_from_db()
    assert (booking.status, booking.rating, booking.notes) == ("done", 5, "- 先改主图")
    assert Notice.objects.filter(event="advice.noted", user=merchant.user).count() == 1
    assert selectors.figures_of(guide).rating == 5.0


def test_who_did_not_come_is_recorded_by_who_waited(merchant, guide, stranger, operator):
    hour = slot(guide)
    booking = booked(merchant, hour)
    say = services.say_absent
    with standing(hour, 10):
        refused(409, lambda: say(merchant.actor, booking=booking, absent="adviser"))
    with standing(hour, 16):
        refused(403, lambda: say(merchant.actor, booking=booking, absent="party"))
        refused(403, lambda: say(stranger.actor, booking=booking, absent="adviser"))
        refused(422, lambda: say(operator.actor, booking=booking, absent="platform"))
        say(stranger.actor, booking=booking, absent="party")
        booking.refresh_from_db()
        assert (booking.status, booking.absent) == ("missed", "party")
        services.say_done(operator.actor, booking=booking)  # said by mistake
    booking.refresh_from_db()
    assert (booking.status, booking.absent) == ("done", "")


def test_both_sides_are_reminded_once_a_day_before(merchant, guide, stranger):
    hour = slot(guide)
    booked(merchant, hour)
    gone = booked(merchant, slot(guide, at=time(15)))
    services.cancel_booking(merchant.actor, booking=gone, reason="改期")

    assert services.remind_bookings(SYSTEM) == 0
    with clock.standing_at(hour.starts_at - TWO_HOURS):
        assert services.remind_bookings(SYSTEM) == 1
        assert services.remind_bookings(SYSTEM) == 0
    told = Notice.objects.filter(event="advice.reminder")
    assert set(told.values_list("user", flat=True)) == {merchant.user.pk, stranger.user.pk}


def test_todos_of_both_sides(merchant, guide, stranger):
    hour = slot(guide, clock.today() + timedelta(days=2))  # soon, whatever the hour is now
    booking = booked(merchant, hour)
    for person in (merchant, stranger):
        assert len(todos_of(person.actor, [advice_todos])) == 1
    with standing(hour, 60):
        assert len(todos_of(stranger.actor, [advice_todos])) == 1  # did it take place?
        assert todos_of(merchant.actor, [advice_todos]) == []
        services.say_done(stranger.actor, booking=booking)
        assert todos_of(stranger.actor, [advice_todos]) == []
        assert len(todos_of(merchant.actor, [advice_todos])) == 1  # how was it?


def test_place_and_question_are_for_who_meets(merchant, provider, guide, stranger, visitor):
    hour = slot(guide)
    booking = booked(merchant, hour)
    address = booking.get_absolute_url()

    for client in (visitor, provider.browser()):
        assert PLACE not in client.get(f"/advisers/{guide.pk}/").content.decode()
    assert provider.browser().get(address).status_code == 404
    for person in (merchant, stranger):
        page = person.browser().get(address).content.decode()
        assert PLACE in page
        assert QUESTION.question in page
    told = merchant.browser().get(f"{address}calendar/").content.decode()
    assert "BEGIN:VEVENT" in told
    assert "meeting.example.com" in told.replace("\r\n ", "")
    services.cancel_booking(merchant.actor, booking=booking, reason="改期")
    assert PLACE not in merchant.browser().get(address).content.decode()
    assert "STATUS:CANCELLED" in merchant.browser().get(f"{address}calendar/").content.decode()


def test_the_hour_of_a_booking_cannot_be_changed(merchant, guide):
    booking = booked(merchant, slot(guide))
    booking.slot = slot(guide, at=time(20))
    with pytest.raises(DatabaseError), transaction.atomic():
        booking.save(update_fields=["slot"])
    with pytest.raises(DatabaseError), transaction.atomic():
        Slot.objects.update(starts_at=clock.now())


def test_api_books_cancels_and_says_what_remains(merchant, provider, guide):
    hour = slot(guide)
    body = {"slot": hour.pk, "question": QUESTION.question, "topics": ["start"]}
    client = merchant.browser()
    made = client.post("/api/v1/adviser-bookings/", body, "application/json")
    assert made.status_code == 201
    assert made.json()["place"] == PLACE
    slot(guide, at=time(16))
    late = provider.browser().post("/api/v1/adviser-bookings/", body, "application/json")
    assert late.status_code == 409
    assert "16:00" in late.json()["detail"]
    address = f"/api/v1/adviser-bookings/{made.json()['id']}/cancellation/"
    gone = client.post(address, {"reason": "改期"}, "application/json")
    assert (gone.json()["status"], gone.json()["place"]) == ("cancelled", "")
    assert len(client.get(f"/api/v1/adviser-slots/?adviser={guide.pk}").json()) == 2
    assert client.get("/api/v1/adviser-bookings/").json()["results"][0]["status"] == "cancelled"


@pytest.mark.django_db(transaction=True)
def test_of_sixteen_who_press_at_once_one_gets_the_hour(guide):
    hour, left = slot(guide), slot(guide, at=time(16))
    people = [person_of(factories.listed_party(PartyKind.MERCHANT, f"商家{n}")) for n in range(16)]
    found = at_once(
        *(lambda p=person: booked(p, hour) for person in people),
        behind=Slot.objects.filter(pk=hour.pk),
    )
    won = [one for one in found if isinstance(one, Booking)]
    lost = [one for one in found if not isinstance(one, Booking)]
    assert len(won) == 1
    assert {one.verdict.status for one in lost} == {409}
    assert all("16:00" in str(one.verdict.reason) for one in lost)
    assert Booking.objects.count() == 1
    assert left in selectors.free_slots()


@pytest.mark.django_db(transaction=True)
def test_a_party_that_presses_on_many_hours_gets_what_the_month_allows(merchant, guide):
    with clock.standing_at(mid_month()):
        day = clock.today()
        hours = [slot(guide, day + timedelta(days=n)) for n in range(2, 7)]

    def book(hour):
        with clock.standing_at(mid_month()):
            return booked(merchant, hour)

    found = at_once(*(lambda h=hour: book(h) for hour in hours))
    assert sum(isinstance(one, Booking) for one in found) == 2


@pytest.mark.django_db(transaction=True)
def test_an_hour_that_is_withdrawn_while_it_is_booked_is_nobodys(merchant, guide):
    hour = slot(guide)
    at_once(
        lambda: booked(merchant, hour),
        lambda: services.withdraw_slot(SYSTEM, slot=hour, why="生病"),
    )
    assert not Booking.objects.booked().exists()
