"""Advisers and their hours: series, clashes, holidays, who leaves."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.core import clock
from portal.core.models import Holiday
from portal.notices.models import Notice
from tests.factories import SYSTEM, at_once
from tests.training.advice.making import (
    PLACE,
    adviser,
    adviser_fields,
    booked,
    refused,
    slot,
    slot_fields,
)
from training.advice import selectors, services
from training.advice.models import Booking, Slot

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 9, 6)


@pytest.fixture
def august():
    with clock.standing_at(clock.now().replace(year=2027, month=8, day=20, hour=3)):
        yield


def test_a_weekly_series_leaves_out_days_free_of_work(august):
    row = adviser()
    Holiday.objects.update_or_create(
        day=MONDAY + timedelta(weeks=1), defaults={"is_workday": False, "name_zh": "假"}
    )
    fields = slot_fields(MONDAY, weeks=4, skips_holidays=True)
    made = services.add_slots(SYSTEM, adviser=row, fields=fields)

    assert [s.day for s in made] == [MONDAY + timedelta(weeks=w) for w in (0, 2, 3)]
    assert len({s.series for s in made}) == 1
    assert made[0].starts_at.astimezone(clock.SHANGHAI).time() == time(10)
    free = MONDAY - timedelta(days=1)  # a Sunday
    refused(
        422,
        lambda: services.add_slots(
            SYSTEM, adviser=row, fields=slot_fields(free, skips_holidays=True)
        ),
        "starts_on",
    )


def test_an_adviser_is_never_in_two_hours_at_once(august):
    row, other = adviser(), adviser(name="林知夏")
    slot(row, MONDAY + timedelta(weeks=2))
    series = slot_fields(MONDAY, time(10, 30), weeks=4)
    words = refused(409, lambda: services.add_slots(SYSTEM, adviser=row, fields=series))
    assert (MONDAY + timedelta(weeks=2)).isoformat() in words
    services.add_slots(SYSTEM, adviser=other, fields=series)  # somebody else may
    slot(row, MONDAY + timedelta(weeks=2), time(10, 45))  # one begins as the other ends
    taken = Slot.objects.filter(adviser=row)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Slot.objects.create(
            adviser=row,
            starts_at=taken.starts_at,
            ends_at=taken.ends_at,
            place=PLACE,
            created_at=clock.now(),
        )
    services.withdraw_slot(SYSTEM, slot=Slot.objects.filter(adviser=row)[0], why="生病")
    slot(row, MONDAY + timedelta(weeks=2))  # a withdrawn one is in nobody's way


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"minutes": 10}, "minutes"),
        ({"minutes": 181}, "minutes"),
        ({"weeks": 27}, "weeks"),
        ({"place": " "}, "place"),
        ({"place": "x" * 201}, "place"),
        ({"on": date(2020, 1, 1)}, "starts_on"),
        ({"on": date(2999, 1, 1)}, "starts_on"),
    ],
)
def test_flawed_hours_name_their_field(changes, field):
    row = adviser()
    fields = slot_fields(**changes)
    refused(422, lambda: services.add_slots(SYSTEM, adviser=row, fields=fields), field)


def test_an_adviser_plans_their_own_hours_and_nobody_elses(stranger, merchant, operator):
    own = adviser(user_id=stranger.user.pk)
    other = adviser(name="林知夏")

    services.add_slots(stranger.actor, adviser=own, fields=slot_fields())
    refused(403, lambda: services.add_slots(stranger.actor, adviser=other, fields=slot_fields()))
    refused(403, lambda: services.add_slots(merchant.actor, adviser=own, fields=slot_fields()))
    refused(
        403, lambda: services.edit_adviser(stranger.actor, adviser=own, fields=adviser_fields())
    )
    refused(
        422,
        lambda: services.add_adviser(
            operator.actor, fields=adviser_fields(user_id=stranger.user.pk, topics=())
        ),
        *("user", "topics"),
    )
    client = stranger.browser()
    assert client.get("/advisers/hours/").headers["Location"] == f"/advisers/{own.pk}/slots/"
    assert merchant.browser().get("/advisers/hours/").status_code == 404


def test_who_leaves_takes_their_hours_along_and_everybody_is_told(merchant, operator):
    row = adviser()
    first = slot(row)
    slot(row, at=time(15))
    booking = booked(merchant, first)
    services.release_adviser(operator.actor, adviser=row, why="出国一年")

    booking.refresh_from_db()
    assert (booking.status, booking.cancelled_by) == ("cancelled", "platform")
    assert not selectors.free_slots().exists()
    assert selectors.advisers_for() == []
    assert Notice.objects.filter(event="advice.cancelled", user=merchant.user).count() == 1
    refused(409, lambda: services.add_slots(SYSTEM, adviser=row, fields=slot_fields()))


def test_the_list_tells_the_next_free_hour(merchant):
    late, soon, none = adviser(), adviser(name="林知夏"), adviser(name="苏禾", topics=("money",))
    slot(late, clock.today() + timedelta(days=9))
    slot(soon, clock.today() + timedelta(days=2))
    slot(soon, clock.today() + timedelta(days=80))  # too far to be booked

    listed = selectors.advisers_for()
    assert [(one.adviser, one.free) for one in listed] == [(soon, 1), (late, 1), (none, 0)]
    assert [one.adviser for one in selectors.advisers_for(topic="money")] == [none]
    page = merchant.browser().get("/advisers/?topic=money").content.decode()
    assert "苏禾" in page
    assert "周行之" not in page


@pytest.mark.django_db(transaction=True)
def test_two_series_of_one_adviser_never_overlap():
    row = adviser()
    found = at_once(
        *(
            lambda m=minute: services.add_slots(
                SYSTEM, adviser=row, fields=slot_fields(at=time(10, m), weeks=3)
            )
            for minute in (0, 15, 30)
        )
    )
    assert sum(isinstance(one, list) for one in found) == 1
    assert Slot.objects.count() == 3
    assert Booking.objects.count() == 0
