"""A write repeated with its Idempotency-Key happens once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from portal.core.models import IdempotencyKey
from portal.parties.models import Category, City, Membership, Party
from portal.parties.states import PartyKind, Role
from tests import factories

pytestmark = pytest.mark.django_db
PARTIES = "/api/v1/parties/"


def body(**changes):
    return {
        "kind": "merchant",
        "name": "沐白个护",
        "legal_name": "上海沐白个护有限公司",
        "uscc": factories.uscc_code(),
        "city": City.objects.get(code="shanghai").pk,
        "contact_name": "沐白",
        "contact_phone": "13800002222",
        "category_shares": [{"category": Category.objects.get(code="beauty").pk, "share": 100}],
    } | changes


def post(client, path, data=None, key="", **headers):
    if key:
        headers["Idempotency-Key"] = key
    return client.post(path, data or {}, content_type="application/json", headers=headers)


def test_repeat_gets_the_first_answer_and_makes_nothing(stranger):
    client, data = stranger.browser(), body()
    first = post(client, PARTIES, data, key="k1")
    again = post(client, PARTIES, data, key="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert Party.objects.count() == 1


def test_answer_without_a_body_is_kept_too(colleague):
    left = post(colleague.browser(), f"{PARTIES}{colleague.party.pk}/departure/", key="k1")
    assert (left.status_code, left.content) == (204, b"")
    assert not Membership.objects.filter(user=colleague.user).exists()
    kept = IdempotencyKey.objects.get()
    assert (kept.status, kept.answer) == (204, None)


def test_key_with_another_body_is_refused(stranger):
    client, data = stranger.browser(), body()
    post(client, PARTIES, data, key="k1")
    answer = post(client, PARTIES, body(), key="k1")
    assert answer.status_code == 422
    assert "detail" in answer.json()
    assert Party.objects.count() == 1


def test_key_with_another_address_is_refused(merchant):
    client = merchant.browser()
    first, second = (factories.draft_need(merchant.actor) for _ in range(2))
    assert post(client, f"/api/v1/needs/{first.pk}/publication/", key="k").status_code == 200
    assert post(client, f"/api/v1/needs/{second.pk}/publication/", key="k").status_code == 422
    second.refresh_from_db()
    assert second.status == "draft"


def test_without_a_key_every_write_is_its_own(stranger):
    client = stranger.browser()
    for _ in range(2):
        assert post(client, PARTIES, body()).status_code == 201
    assert Party.objects.count() == 2
    assert not IdempotencyKey.objects.exists()


def test_same_key_of_another_person_is_another_key(stranger, operator):
    for person in (stranger, operator):
        assert post(person.browser(), PARTIES, body(), key="k").status_code == 201
    assert Party.objects.count() == 2


def test_same_key_for_another_party_is_another_key(merchant):
    other = factories.listed_party(PartyKind.MERCHANT, "沐白个护")
    Membership.objects.create(
        user=merchant.user, party=other, role=Role.MANAGER, created_at=other.created_at
    )
    client = merchant.browser()
    data = {
        "title": "t",
        "brief": "b",
        "services": [factories.ServiceType.objects.first().pk],
        "categories": [Category.objects.get(code="food").pk],
        "budget_low_fen": 1,
        "budget_high_fen": 2,
        "starts_on": "2030-01-02",
        "closes_on": "2030-01-01",
        "term_months": 3,
    }
    with factories.clock.standing_at(factories.clock.now().replace(year=2029, month=12, day=1)):
        made = [
            post(client, "/api/v1/needs/", data, key="k", **{"X-Trilink-Party": str(party.pk)})
            for party in (merchant.party, other)
        ]
    assert [answer.status_code for answer in made] == [201, 201]
    assert [answer.json()["merchant"] for answer in made] == [merchant.party.pk, other.pk]


def test_refused_write_stores_nothing_and_may_be_tried_again(merchant):
    client, need = merchant.browser(), factories.draft_need(merchant.actor)
    address = f"/api/v1/needs/{need.pk}/publication/"
    Party.objects.filter(pk=merchant.party.pk).update(status="suspended")
    assert post(client, address, key="k").status_code == 422
    assert not IdempotencyKey.objects.exists()
    Party.objects.filter(pk=merchant.party.pk).update(status="listed")
    assert post(client, address, key="k").status_code == 200


def test_malformed_write_stores_nothing_and_may_be_tried_again(stranger):
    client = stranger.browser()
    assert post(client, PARTIES, body(name=""), key="k").status_code == 400
    assert not IdempotencyKey.objects.exists()
    assert post(client, PARTIES, body(), key="k").status_code == 201


def test_key_too_long_is_refused(stranger):
    answer = post(stranger.browser(), PARTIES, body(), key="k" * 201)
    assert answer.status_code == 422
    assert not Party.objects.exists()
    assert post(stranger.browser(), PARTIES, body(), key="k" * 200).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_repeat_while_the_first_is_in_flight_is_a_conflict(merchant):
    need = factories.draft_need(merchant.actor)
    address = f"/api/v1/needs/{need.pk}/publication/"

    def publish():
        try:
            return post(merchant.browser(), address, key="k")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():  # the first one waits for its need
            type(need).objects.select_for_update().get(pk=need.pk)
            first = pool.submit(publish)
            factories.wait_for(lambda: factories.sessions_waiting() == 1)
            second = pool.submit(publish).result(timeout=20)
        assert second.status_code == 409
        assert first.result(timeout=20).status_code == 200
    assert publish().headers["Idempotency-Replayed"] == "true"
    assert IdempotencyKey.objects.count() == 1
