"""Around the handbook and the advisers: lists at a constant cost, the admin, machines, and what
is left of a person who goes."""

from __future__ import annotations

import re
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core import clock
from portal.core.operators import queues
from portal.notices.models import Notice
from portal.parties.states import PartyKind
from tests import factories
from tests.conftest import person_of
from tests.training.advice.making import (
    adviser,
    booked,
    chapter,
    chapter_fields,
    slot,
    standing,
)
from training.advice import services
from training.advice.models import Adviser, Booking, ChapterVersion, ReadMark, Slot
from training.advice.personal import forget_advice, tell_advice
from training.advice.webhook_events import EXAMPLE, booking_data

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'csrfmiddlewaretoken" value="\w+"')


def cost(client, address) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_lists_cost_the_same_for_one_row_and_for_three(merchant, operator):
    def one_more(number):
        guide = adviser(name=f"顾问{number}")
        other = person_of(factories.listed_party(PartyKind.MERCHANT, f"商家{number}"))
        hour = slot(guide)
        slot(guide, at=time(20))
        booked(other, hour)
        chapter(f"chapter-{number}")
        return guide

    guide = one_more(0)
    places = [
        (merchant.browser(), "/handbook/"),
        (merchant.browser(), "/handbook/print/"),
        (merchant.browser(), "/advisers/"),
        (operator.browser(), "/advisers/desk/"),
        (operator.browser(), "/handbook/desk/"),
        (operator.browser(), f"/advisers/{guide.pk}/slots/"),
        (merchant.browser(), "/api/v1/advisers/"),
        (operator.browser(), "/api/v1/adviser-bookings/"),
    ]
    before = [cost(client, address) for client, address in places]
    one_more(1), one_more(2)
    booked(person_of(factories.listed_party(PartyKind.CREATOR, "达人甲")), slot(guide, at=time(14)))
    assert [cost(client, address) for client, address in places] == before
    assert max(before) <= 20


def act(client, model, action, rows, **more):
    url = reverse(f"admin:advice_{model}_changelist")
    body = {"action": action, "_selected_action": [row.pk for row in rows], **more}
    return client.post(url, body)


def test_operators_act_in_the_admin(operator, merchant):
    client = operator.browser()
    draft = services.draft_chapter(operator.actor, code="parcels", fields=chapter_fields())
    act(client, "chapter", "publish", [draft])
    assert ChapterVersion.objects.shown().count() == 1
    act(client, "chapter", "retire", [draft])
    assert not ChapterVersion.objects.shown().exists()
    act(client, "chapter", "put_back", [draft])
    assert ChapterVersion.objects.shown().exists()

    guide = adviser()
    gone, held, missed = (slot(guide, at=time(hour)) for hour in (9, 11, 13))
    other = person_of(factories.listed_party(PartyKind.MERCHANT, "商家"))
    for hour, person in ((gone, merchant), (held, merchant), (missed, other)):
        booked(person, hour)
    assert "confirmed" in act(client, "slot", "withdraw", [gone]).content.decode()
    act(client, "slot", "withdraw", [gone], confirmed="1", reason="生病")
    assert Slot.objects.get(pk=gone.pk).why == "生病"
    assert Booking.objects.get(slot=gone).cancelled_by == "platform"
    with standing(missed, 90):
        act(client, "booking", "hold", Booking.objects.filter(slot=held))
        act(client, "booking", "miss", Booking.objects.filter(slot=missed))
    assert Booking.objects.get(slot=held).status == "done"
    assert Booking.objects.get(slot=missed).absent == "party"
    late = booked(merchant, slot(guide, at=time(20)))
    act(client, "booking", "cancel", [late], confirmed="1", reason="停电")
    assert Booking.objects.get(pk=late.pk).reason == "停电"
    act(client, "adviser", "release", [guide], confirmed="1", reason="出国")
    assert Adviser.objects.get().left_at is not None


def test_hours_nobody_has_said_anything_of_wait_in_a_queue(operator, reviewer, merchant, rf):
    hour = slot(adviser())
    booked(merchant, hour)

    def waiting(person):
        request = rf.get("/")
        request.user, request.actor = person.user, person.actor
        return [q for q in queues(request) if "status=booked" in q.url]

    assert [q.count for q in waiting(operator)] == [0]
    with standing(hour, 60):
        [queue] = waiting(operator)
        assert (queue.count, queue.oldest) == (1, hour.ends_at)
        assert waiting(reviewer) == []


def test_what_is_left_of_a_person(merchant, creator, stranger):
    guide = adviser(user_id=stranger.user.pk)
    of_firm = booked(merchant, slot(guide))
    of_person = booked(creator, slot(guide, at=time(14)))
    services.mark_read(creator.actor, version=chapter())

    assert tell_advice(creator.user)["booked"][0]["question"]
    assert tell_advice(stranger.user)["adviser"][0]["name"] == guide.name
    forget_advice(creator.user, [creator.party])
    of_person.refresh_from_db()
    assert of_person.question == "—"
    assert not ReadMark.objects.exists()
    forget_advice(stranger.user, [])
    guide.refresh_from_db()
    of_firm.refresh_from_db()
    assert (guide.name, guide.user, of_firm.status) == ("—", None, "cancelled")
    assert of_firm.question != "—"  # a firm's stays the firm's


def test_machines_are_told_what_the_example_says(merchant):
    booking = booked(merchant, slot(adviser()))
    assert set(booking_data(booking, merchant.party.pk)) == set(EXAMPLE)
    assert "meeting" not in str(booking_data(booking, merchant.party.pk))


def test_an_old_hour_is_shown_as_nobodys(operator):
    guide = adviser()
    hour = slot(guide)
    with clock.standing_at(hour.starts_at + timedelta(minutes=5)):
        page = operator.browser().get(f"/advisers/{guide.pk}/slots/").content.decode()
    assert "无人预约" in page


def test_an_adviser_without_a_login_is_told_by_the_operators(operator, reviewer, merchant):
    booked(merchant, slot(adviser()))
    told = Notice.objects.filter(event="advice.booked")
    assert list(told.values_list("user", flat=True)) == [operator.user.pk]


def test_parts_are_literal_pieces_of_their_pages(merchant, operator):
    hour = slot(adviser())
    booked(merchant, hour)
    chapter()
    for person, part, address in (
        (merchant, "chapter-list", "/handbook/?q=投流"),
        (merchant, "adviser-list", "/advisers/?topic=live"),
        (merchant, "table", "/advisers/bookings/"),
        (operator, "table", "/advisers/desk/"),
    ):
        client = person.browser()
        headers = {"HX-Request": "true", "HX-Target": part}
        narrow = client.get(address, headers=headers).content.decode()
        assert "<html" not in narrow
        assert TOKEN.sub("", narrow).strip() in TOKEN.sub("", client.get(address).content.decode())
