"""Events of orders from machines: who may bring them, what is refused, and that once is once."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from portal.parties import services as parties
from portal.parties.fields import KeyFields
from portal.revenue.models import Feed, OrderEvent, OrderLine
from tests.conftest import Person, person_of
from tests.factories import listed_party
from tests.revenue.orders.telling import books, shares
from tests.revenue.orders.upstream import own_shop, sent, told

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/order-events/"


@pytest.fixture(autouse=True)
def shop(merchant):
    return own_shop(merchant)


def named(person: Person) -> None:
    Feed.objects.filter(code="douyin").update(party=person.party)


def push(key: str, body, **headers):
    sent_with = {"Authorization": f"Bearer {key}", **headers}
    return Client().post(ADDRESS, json.dumps(body), "application/json", headers=sent_with)


def key_of(person: Person, *scopes: str) -> str:
    fields = KeyFields("ERP", list(scopes) or ["orders:write"], 30)
    return parties.make_key(person.actor, party=person.party, fields=fields)[1]


def test_party_named_for_the_feed_brings_events(merchant):
    named(merchant)
    settled = told("settled", occurred_at="2026-03-20T10:00:00")
    answer = push(key_of(merchant), sent(told(), settled))
    assert answer.json() == {"new": 2, "repeated": 0, "waiting": 0, "postings": 2}
    assert shares("settled") == {None: 995, merchant.party.pk: 18_905}


def test_operator_brings_events_of_any_feed(operator):
    answer = operator.browser().post(ADDRESS, json.dumps(sent()), "application/json")
    assert (answer.status_code, OrderLine.objects.get().paid_fen) == (200, 19_900)


def test_same_events_again_change_nothing(merchant):
    named(merchant)
    key = key_of(merchant)
    push(key, sent())
    before = books()
    assert push(key, sent()).json() == {"new": 0, "repeated": 1, "waiting": 0, "postings": 0}
    assert books() == before


def test_repeat_with_an_idempotency_key_returns_the_first_answer(merchant):
    named(merchant)
    key, once = key_of(merchant), {"Idempotency-Key": "batch-7"}
    first = push(key, sent(), **once)
    again = push(key, sent(), **once)
    assert (again.json(), again["Idempotency-Replayed"]) == (first.json(), "true")
    assert push(key, sent(told(gross="1.00")), **once).status_code == 422


def test_each_wrong_row_is_named_and_nothing_is_written(merchant):
    named(merchant)
    later = {"occurred_at": "2026-03-20T10:00:00"}
    rows = [
        told(),
        told(event_id="B", order="X", shop="nobody"),
        told("settled", "199.01", event_id="C", **later),
        told("refunded", "5.00", event_id="A-paid", **later),
    ]
    answer = push(key_of(merchant), sent(*rows))
    assert (answer.status_code, set(answer.json()["flaws"])) == (422, {"events.1.shop"})
    answer = push(key_of(merchant), sent(rows[0], *rows[2:]))
    assert set(answer.json()["flaws"]) == {"events.1.gross", "events.2.event"}
    assert not OrderEvent.objects.exists()


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"gross": 199.0}, 400),
        ({"gross": "-1"}, 400),
        ({"event": "sold"}, 400),
        ({"order": ""}, 400),
        ({"occurred_at": "soon"}, 422),
        ({"category": "nothing"}, 422),
        ({"phase": 2}, 422),
        ({"order": "a\x07b"}, 422),
    ],
)
def test_wrong_shape_is_refused(merchant, change, status):
    named(merchant)
    answer = push(key_of(merchant), sent(told(**change)))
    assert answer.status_code == status
    assert not OrderLine.objects.exists()


def test_key_needs_the_scope(merchant):
    named(merchant)
    answer = push(key_of(merchant, "orders:read", "party:write"), sent())
    assert (answer.status_code, "orders:write" in answer.json()["detail"]) == (403, True)


def test_feed_of_another_party_is_not_there(merchant, provider):
    named(provider)
    assert push(key_of(merchant), sent()).status_code == 404
    assert push(key_of(provider), sent(feed="elsewhere")).status_code == 404
    assert not OrderLine.objects.exists()


def test_member_brings_nothing(merchant, colleague):
    named(merchant)
    answer = colleague.browser().post(ADDRESS, json.dumps(sent()), "application/json")
    assert answer.status_code == 403
    assert not OrderLine.objects.exists()


def test_merchant_tells_of_its_own_shops_only(merchant):
    other = person_of(listed_party("merchant", "海味工坊"))
    named(other)
    answer = push(key_of(other), sent())
    assert set(answer.json()["flaws"]) == {"events.0.shop"}
    assert not OrderLine.objects.exists()


def test_integrator_tells_of_all_shops(provider):
    named(provider)
    assert push(key_of(provider), sent()).status_code == 200


def test_key_reads_lines_with_its_scope(merchant):
    named(merchant)
    push(key_of(merchant), sent())
    headers = {"Authorization": f"Bearer {key_of(merchant, 'orders:read')}"}
    lines = Client().get("/api/v1/order-lines/", headers=headers).json()["results"]
    assert [line["order"] for line in lines] == ["API1"]
