"""What the API refuses before it costs anything, and what it keeps to itself."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matchmaking.needs.api.messages import MessageFieldsSerializer
from matchmaking.needs.api.shapes import NeedFieldsSerializer
from matchmaking.needs.models import Need
from portal.core.api.names import sent_names
from portal.core.api.schema import written_schema
from portal.core.models import IdempotencyKey
from portal.parties.models import Category, City, Membership, Party, ServiceType
from portal.parties.states import Role
from tests import factories
from tests.test_routes import need_body, party_body

pytestmark = pytest.mark.django_db
NEEDS, PARTIES = "/api/v1/needs/", "/api/v1/parties/"
KEYS = ("services", "categories")


def post(client, path, data=None, **headers):
    headers = {"Accept-Language": "en"} | headers
    return client.post(path, data or {}, content_type="application/json", headers=headers)


# --- many ids are one question --------------------------------------------------------------------


def queries_of(client, body):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert post(client, NEEDS, body).status_code == 201
    return len([q for q in asked if q["sql"].startswith("SELECT")])


def test_ids_are_looked_up_with_one_query_however_many(merchant):
    client, all_services = (
        merchant.browser(),
        list(ServiceType.objects.values_list("pk", flat=True)),
    )
    few = queries_of(client, need_body() | {"services": all_services[:1]})
    many = queries_of(client, need_body() | {"services": all_services})
    assert len(all_services) > 10
    assert many == few


@pytest.mark.parametrize("key", KEYS)
def test_more_ids_than_anybody_means_are_refused_unread(
    merchant, key, django_assert_max_num_queries
):
    client = merchant.browser()
    body = need_body() | {key: [1] * 5_000}
    with django_assert_max_num_queries(12):
        answer = post(client, NEEDS, body)
    assert answer.status_code == 400
    assert list(answer.json()) == [key]
    assert not Need.objects.exists()


@pytest.mark.parametrize("key", KEYS)
def test_ids_of_nothing_are_named(merchant, key):
    body = need_body()
    answer = post(merchant.browser(), NEEDS, body | {key: [*body[key], 987654, 987655]})
    assert answer.status_code == 400
    assert answer.json() == {key: ["There is nothing with these ids: 987654, 987655."]}
    assert not Need.objects.exists()


@pytest.mark.parametrize("wrong", [[0], [-1], [2**63], [10**400], [True], ["x"], [None], [1.5]])
def test_ids_that_are_none_are_a_400(merchant, wrong):
    answer = post(merchant.browser(), NEEDS, need_body() | {"services": wrong})
    assert (answer.status_code, list(answer.json())) == (400, ["services"])


def test_need_for_a_provider_without_services_is_a_flaw(merchant):
    answer = post(merchant.browser(), NEEDS, need_body() | {"services": []})
    assert (answer.status_code, list(answer.json()["flaws"])) == (422, ["services"])
    assert not Need.objects.exists()


def test_need_without_categories_is_a_400(merchant):
    answer = post(merchant.browser(), NEEDS, need_body() | {"categories": []})
    assert (answer.status_code, list(answer.json())) == (400, ["categories"])


@pytest.mark.parametrize("wrong", ["1", {"1": 1}, 7, None])
def test_ids_that_are_no_list_are_a_400(merchant, wrong):
    answer = post(merchant.browser(), NEEDS, need_body() | {"services": wrong})
    assert (answer.status_code, list(answer.json())) == (400, ["services"])


def test_subcategory_is_no_category_of_a_need(merchant):
    parent = Category.objects.filter(parent=None).first()
    below = Category.objects.create(code="below", name_zh="x", name_en="x", parent=parent)
    answer = post(merchant.browser(), NEEDS, need_body() | {"categories": [below.pk]})
    assert answer.status_code == 400


def test_id_named_twice_is_named_once(merchant):
    body = need_body()
    answer = post(merchant.browser(), NEEDS, body | {"services": body["services"] * 2})
    assert answer.status_code == 201
    assert answer.json()["services"] == body["services"]


def test_profile_has_its_ids_checked_too(stranger):
    profile = {
        "services": [987654],
        "cities": [City.objects.first().pk] * 101,
        "works_remotely": True,
        "price_low_fen": 1,
        "price_high_fen": 2,
    }
    body = party_body() | {"kind": "provider", "profile": profile}
    answer = post(stranger.browser(), PARTIES, body)
    assert answer.status_code == 400
    assert set(answer.json()["profile"]) == {"services", "cities"}
    assert not Party.objects.exists()


def test_more_shares_than_categories_are_refused_unread(stranger, django_assert_max_num_queries):
    share = {"category": Category.objects.first().pk, "share": 1}
    client = stranger.browser()
    with django_assert_max_num_queries(12):
        answer = post(client, PARTIES, party_body() | {"category_shares": [share] * 1_000})
    assert (answer.status_code, list(answer.json())) == (400, ["category_shares"])


def test_schema_says_how_many_ids_there_may_be(client):
    schema = client.get("/api/v1/schema/", {"format": "json"}).json()["components"]["schemas"]
    ids = schema["NeedFields"]["properties"]["services"]
    assert (ids["type"], ids["maxItems"], ids["items"]["type"]) == ("array", 100, "integer")


# --- who may not write is told so before what they wrote is read ----------------------------------


def test_who_may_not_write_is_refused_before_the_body_is_read(merchant, colleague, provider):
    nonsense = {"title": ""}
    client = colleague.browser()
    assert post(client, NEEDS, nonsense).status_code == 403
    assert post(provider.browser(), NEEDS, nonsense).status_code == 403
    need = factories.draft_need(merchant.actor)
    for path in (f"{NEEDS}{need.pk}/", f"{PARTIES}{merchant.party.pk}/"):
        assert client.put(path, nonsense, content_type="application/json").status_code == 403
    need = factories.open_need(merchant.actor)
    assert post(merchant.browser(), f"{NEEDS}{need.pk}/proposals/", nonsense).status_code == 403


# --- an answer for a manager ----------------------------------------------------------------------


def test_member_gets_no_repeat_of_what_a_manager_was_answered(merchant, colleague):
    membership = Membership.objects.filter(user=colleague.user)
    membership.update(role=Role.MANAGER)
    client = colleague.browser()
    body = need_body()
    assert post(client, NEEDS, body, **{"Idempotency-Key": "k"}).status_code == 201
    again = post(client, NEEDS, body, **{"Idempotency-Key": "k"})
    assert again.headers["Idempotency-Replayed"] == "true"
    membership.update(role=Role.MEMBER)
    late = post(client, NEEDS, body, **{"Idempotency-Key": "k"})
    assert late.status_code == 403
    assert "Idempotency-Replayed" not in late.headers
    assert Need.objects.count() == IdempotencyKey.objects.count() == 1


# --- what a reader without a verified party may know of a need ------------------------------------

HIDDEN = {"brief": "", "gmv_target_fen": None, "starts_on": None, "term_months": None}


def test_need_tells_who_may_not_read_the_brief_neither_target_nor_term(
    merchant, stranger, provider
):
    need = factories.open_need(merchant.actor)

    def seen(person):
        shown = person.browser().get(f"{NEEDS}{need.pk}/").json()
        return {name: shown[name] for name in HIDDEN}

    assert seen(stranger) == HIDDEN
    (row,) = stranger.browser().get(NEEDS).json()["results"]
    assert {name: row[name] for name in HIDDEN} == HIDDEN
    assert all(seen(provider).values())
    assert all(seen(merchant).values())


def test_schema_says_what_may_be_null(client):
    schema = client.get("/api/v1/schema/", {"format": "json"}).json()["components"]["schemas"]
    for name in ("gmv_target_fen", "starts_on", "term_months"):
        assert schema["Need"]["properties"][name]["nullable"] is True
    assert "nullable" not in schema["NeedFields"]["properties"]["starts_on"]
    assert {"starts_on", "term_months"} <= set(schema["NeedFields"]["required"])


# --- numbers and lines ----------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity"])
@pytest.mark.parametrize("key", ["city", "services", "budget_low_fen", "brief"])
def test_number_without_bounds_is_a_400(merchant, number, key):
    answer = merchant.browser().post(
        NEEDS, f'{{"{key}": {number}}}', content_type="application/json"
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("number", [1e308, 10**400, -(2**63) - 1, "nan", "1e999", True])
def test_number_that_is_no_key_is_a_400(merchant, number):
    answer = post(merchant.browser(), NEEDS, need_body() | {"city": number})
    assert (answer.status_code, list(answer.json())) == (400, ["city"])


LINES = ["a\nb", "a\r\nBcc: x@example.com", "a\u2028b", "a\x0bb"]


@pytest.mark.parametrize("text", LINES)
@pytest.mark.parametrize("name", ["name", "legal_name", "contact_name"])
def test_name_of_a_party_is_one_line(stranger, name, text):
    answer = post(stranger.browser(), PARTIES, party_body() | {name: text})
    assert (answer.status_code, list(answer.json()["flaws"])) == (422, [name])
    assert not Party.objects.exists()


@pytest.mark.parametrize("text", LINES)
def test_title_and_team_are_one_line(merchant, provider, text):
    answer = post(merchant.browser(), NEEDS, need_body() | {"title": text})
    assert (answer.status_code, list(answer.json()["flaws"])) == (422, ["title"])
    need = factories.open_need(merchant.actor)
    offer = {
        "plan": "a\nb",
        "team": text,
        "monthly_fee_fen": 1,
        "share_bp": 0,
        "starts_on": str(need.starts_on),
    }
    answer = post(provider.browser(), f"{NEEDS}{need.pk}/proposals/", offer)
    assert (answer.status_code, list(answer.json()["flaws"])) == (422, ["team"])


def test_flaws_name_fields_as_they_were_sent(merchant, provider):
    nowhere = need_body() | {"city": None, "accepts_remote": False}
    answer = post(merchant.browser(), NEEDS, nowhere)
    assert (answer.status_code, list(answer.json()["flaws"])) == (422, ["city"])
    assert sent_names(NeedFieldsSerializer) == {
        "service_ids": "services",
        "category_ids": "categories",
        "city_id": "city",
        "only_for_id": "only_for",
    }
    assert sent_names(MessageFieldsSerializer) == {"files": "file_ids"}
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    said = post(provider.browser(), f"/api/v1/proposals/{proposal.pk}/messages/", {"text": " "})
    assert (said.status_code, list(said.json()["flaws"])) == (422, ["text"])


# --- the schema -----------------------------------------------------------------------------------


def test_schema_is_written_once_for_a_language_and_a_format(client):
    written_schema.cache_clear()

    def read(language, format_, **query):
        answer = client.get(
            "/api/v1/schema/",
            {"format": format_} | query,
            headers={"Accept-Language": language},
        )
        assert answer.status_code == 200
        return answer.content

    first = {(lang, form): read(lang, form) for lang in ("en", "zh") for form in ("yaml", "json")}
    assert len(set(first.values())) == 4
    assert written_schema.cache_info().misses == 4
    assert {key: read(*key) for key in first} == first
    read("en", "json", version="evil")
    read("en", "json", lang="xx")
    assert read("en", "json", lang="zh-hans") == first["zh", "json"]
    assert read("en", "json") == first["en", "json"]
    assert written_schema.cache_info().misses == 4
