"""The API: the same loop as the pages, a schema that is true, and nothing that breaks it."""

import base64
import json
from itertools import product

import pytest
from django.core.management import call_command
from django.test import Client

from matchmaking.cooperation.models import Cooperation
from matchmaking.needs.models import Need
from portal.core.models import AuditEntry
from portal.parties.models import Category, Membership, Party, ProviderProfile, ServiceType
from portal.parties.states import Role
from tests import factories
from tests.conftest import person_of
from tests.revenue.agreements.making import agreed
from tests.test_routes import need_body, party_body

pytestmark = pytest.mark.django_db
V1 = "/api/v1"
OFFER = {"plan": "p", "team": "t", "monthly_fee_fen": 100, "share_bp": 50}
# What people and machines send where a number, a word, a list or a key is meant.
NONSENSE = (
    *(None, True, -1, 0, 1.5, 10**30, -(10**30), "", "x", "\x00", "a\x00b", "\ud800"),
    *([], {}, [None], [[]], {"pk": 1}, [10**30], ["\x00"], "9" * 4000, "1e400", "2026-02-30"),
)


def post(client, path, data=None, **headers):
    body = json.dumps(data if data is not None else {})
    return client.post(f"{V1}{path}", body, content_type="application/json", headers=headers)


def put(client, path, data):
    return client.put(f"{V1}{path}", json.dumps(data), content_type="application/json")


def test_the_loop_over_the_api_is_the_loop_of_the_pages(merchant, provider, rival):
    buyer, seller, other = (person.browser() for person in (merchant, provider, rival))
    need = post(buyer, "/needs/", need_body()).json()
    assert (need["status"], need["merchant"]) == ("draft", merchant.party.pk)
    need = put(buyer, f"/needs/{need['id']}/", need_body() | {"title": "改过"}).json()
    assert need["title"] == "改过"
    at = f"/needs/{need['id']}"
    assert post(buyer, f"{at}/publication/").json()["status"] == "open"
    found = buyer.get(f"{V1}{at}/candidates/").json()
    assert found["count"] == 2
    assert {row["provider"] for row in found["results"]} == {provider.party.pk, rival.party.pk}
    assert sum(p["points"] for p in found["results"][0]["parts"]) == pytest.approx(
        found["results"][0]["total"]
    )
    invited = post(buyer, f"{at}/invitations/", {"provider": provider.party.pk})
    assert (invited.status_code, invited.json()["status"]) == (201, "invited")
    offer = OFFER | {"starts_on": need["starts_on"]}
    mine = post(seller, f"{at}/proposals/", offer).json()
    theirs = post(other, f"{at}/proposals/", offer).json()
    assert mine["id"] == invited.json()["id"]
    assert {row["id"] for row in buyer.get(f"{V1}/proposals/").json()["results"]} == {
        mine["id"],
        theirs["id"],
    }
    assert post(buyer, f"/proposals/{mine['id']}/shortlist/").json()["status"] == "shortlisted"
    agreed = post(buyer, f"/proposals/{mine['id']}/acceptance/", {"version": 1})
    assert agreed.status_code == 201
    lost = other.get(f"{V1}/proposals/{theirs['id']}/").json()
    assert (lost["status"], lost["reason"]) == ("declined", "another")
    contact = post(seller, f"/cooperations/{agreed.json()['id']}/contact/").json()
    assert contact == {"name": "顾雨", "phone": "13800001111"}
    assert AuditEntry.objects.filter(verb="reveal_contact", via="api").count() == 1
    notices = seller.get(f"{V1}/notices/").json()["results"]
    assert {n["event"] for n in notices} >= {"proposal.invited", "proposal.accepted"}
    read = post(seller, f"/notices/{notices[0]['id']}/reading/").json()
    assert read["read_at"]
    assert set(AuditEntry.objects.filter(verb__endswith="_need").values_list("via", flat=True)) == {
        "api"
    }


def test_schema_is_valid_and_without_warnings(tmp_path, capsys):
    call_command(
        "spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yaml")
    )
    assert "/api/v1/needs/{id}/candidates/" in (tmp_path / "schema.yaml").read_text()
    assert "Warning" not in capsys.readouterr().err


def test_schema_names_every_route_and_its_refusals(client):
    schema = client.get(f"{V1}/schema/", headers={"Accept": "application/json"})
    paths = json.loads(schema.content)["paths"] if schema["Content-Type"].endswith("json") else None
    assert paths is not None
    writes = {
        f"{method} {path}": operation
        for path, operations in paths.items()
        for method, operation in operations.items()
        if method in {"post", "put"}
    }
    for look in (
        "cooperations/{id}/contact",
        "roster/{id}/phone",
        "proposals/{id}/contact",
        "samples/{id}/address",
    ):  # reads that are written down
        assert {"401", "403", "404"} <= set(writes.pop(f"post /api/v1/{look}/")["responses"])
    assert len(writes) >= 14
    for operation in writes.values():
        assert {"400", "401", "403", "404", "409", "422"} <= set(operation["responses"])
        assert "Idempotency-Key" in {p["name"] for p in operation["parameters"]}


def test_doors_named_by_the_root_open(merchant):
    client = merchant.browser()
    doors = client.get(f"{V1}/").json()
    assert len(doors) >= 7
    for address in doors.values():
        assert client.get(address).status_code == 200


def test_write_without_a_csrf_token_is_refused(merchant):
    client = Client(enforce_csrf_checks=True)
    client.force_login(merchant.user)
    assert post(client, "/needs/", need_body()).status_code == 403
    assert not Need.objects.exists()
    client.get("/accounts/password/change/")
    token = client.cookies["csrftoken"].value
    assert post(client, "/needs/", need_body(), **{"X-CSRFToken": token}).status_code == 201


# --- what nobody should send ------------------------------------------------------------------


def test_nonsense_in_a_brief_never_breaks(merchant):
    client = merchant.browser()
    for field, value in product(
        [*need_body(), "city", "accepts_remote", "gmv_target_fen"], NONSENSE
    ):
        answer = post(client, "/needs/", need_body() | {field: value})
        assert answer.status_code in {201, 400, 422}, (field, value, answer.content)


def test_nonsense_in_a_party_never_breaks(stranger):
    client = stranger.browser()
    for field, value in product([*party_body(), "intro", "profile"], NONSENSE):
        answer = post(client, "/parties/", party_body(**{field: value}))
        assert answer.status_code in {201, 400, 422}, (field, value, answer.content)


def test_nonsense_in_a_proposal_never_breaks(merchant, provider):
    need = factories.open_need(merchant.actor)
    client = provider.browser()
    for field, value in product([*OFFER, "starts_on"], NONSENSE):
        body = OFFER | {"starts_on": str(need.starts_on), field: value}
        answer = post(client, f"/needs/{need.pk}/proposals/", body)
        assert answer.status_code in {201, 400, 409, 422}, (field, value, answer.content)


def test_nonsense_as_a_key_is_refused(merchant):
    need = factories.open_need(merchant.actor)
    client = merchant.browser()
    for value in NONSENSE:
        answer = post(client, f"/needs/{need.pk}/invitations/", {"provider": value})
        assert answer.status_code == 400, value
    assert not need.proposals.exists()


def test_body_that_is_no_object_is_a_400(merchant):
    client = merchant.browser()
    for body in (
        *("", "{", "[]", "null", '"x"', "1", '{"title": NaN}', "\x00", '{"a":1}{"b":2}'),
        *("\ufeff{}", "[" * 3000 + "]" * 3000, '{"title": ' + "9" * 6000 + "}", '"\\ud800"'),
    ):
        answer = client.post(f"{V1}/needs/", body, content_type="application/json")
        assert answer.status_code == 400, body[:20]
    assert not Need.objects.exists()


def test_body_nested_without_end_is_a_400(merchant):
    body = "[" * 200_000
    answer = merchant.browser().post(f"{V1}/needs/", body, content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/xml", "multipart/form-data; boundary=x"]
)
def test_body_of_another_kind_is_a_415(merchant, kind):
    answer = merchant.browser().post(f"{V1}/needs/", b"title=x", content_type=kind)
    assert answer.status_code == 415


NOUNS = ("parties", "needs", "proposals", "cooperations", "notices")


def test_unknown_key_is_not_found(merchant):
    client = merchant.browser()
    keys = ("0", "-1", "x", "1e3", "9" * 40, "9" * 4000, "1%00", "%F0%9F", "1;--")
    for noun, key in product(NOUNS, keys):
        assert client.get(f"{V1}/{noun}/{key}/").status_code == 404, (noun, key)


def forged(text):
    return base64.b64encode(text.encode()).decode()


def test_forged_cursor_is_no_page(merchant):
    client = merchant.browser()
    cursors = (
        *("x", "%", "\x00", forged("p=abc"), forged("p=\x00"), forged("p=" + "9" * 5000)),
        *(forged("o=x"), forged("r=1&p='; --"), forged("o=-1"), forged("p=1.5"), forged("p=²")),
    )
    for noun, cursor in product(NOUNS, cursors):
        answer = client.get(f"{V1}/{noun}/", {"cursor": cursor})
        said = {400} if "\x00" in cursor else {200, 404}  # no parameter holds a NUL
        assert answer.status_code in said, (noun, cursor)


@pytest.mark.parametrize("limit", ["0", "-1", "x", "9" * 5000, "101"])
def test_limit_out_of_range_is_bounded(merchant, limit):
    answer = merchant.browser().get(f"{V1}/needs/", {"limit": limit})
    assert answer.status_code == 200


def test_pages_of_the_api_hold_every_row_once(merchant):
    made = {factories.open_need(merchant.actor).pk for _ in range(7)}
    client, address, seen = merchant.browser(), f"{V1}/needs/?limit=3", []
    while address:
        page = client.get(address).json()
        seen += [row["id"] for row in page["results"]]
        address = page["next"]
    assert sorted(seen, reverse=True) == seen
    assert set(seen) == made
    assert len(seen) == 7


def test_lists_of_rows_without_numbers_go_on_past_their_first_page(merchant):
    for _n in range(3):
        provider = person_of(factories.listed_party("provider", f"服务商{_n}"))
        agreed(merchant, provider)
    client, address, seen = merchant.browser(), f"{V1}/agreements/?limit=1", []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200
        seen += [row["id"] for row in answer.json()["results"]]
        address = answer.json()["next"]
    assert len(seen) == len(set(seen)) == 3
    forged_one = base64.b64encode(b"p=2026").decode()
    assert client.get(f"{V1}/agreements/", {"cursor": forged_one}).status_code == 404


def test_party_that_is_not_ones_own_cannot_be_named(merchant, provider):
    client = merchant.browser()
    for header in ("x", "0", "-1", "9" * 500, str(provider.party.pk)):
        answer = client.get(f"{V1}/parties/", headers={"X-Trilink-Party": header})
        assert answer.status_code == 403, header
        assert list(answer.json()) == ["detail"]
    mine = client.get(f"{V1}/parties/", headers={"X-Trilink-Party": str(merchant.party.pk)})
    assert [row["id"] for row in mine.json()["results"]] == [merchant.party.pk]


def test_party_of_others_is_not_spoken_for(merchant, rival):
    need = factories.open_need(merchant.actor)
    answer = post(
        rival.browser(),
        f"/needs/{need.pk}/cancellation/",
        **{"X-Trilink-Party": str(merchant.party.pk)},
    )
    assert answer.status_code == 403
    need.refresh_from_db()
    assert need.status == "open"


def test_party_keeps_its_kind(merchant):
    body = party_body(
        kind="provider",
        uscc=merchant.party.uscc,
        legal_name=merchant.party.legal_name,
        profile={
            "services": [ServiceType.objects.first().pk],
            "cities": [],
            "works_remotely": True,
            "price_low_fen": 1,
            "price_high_fen": 2,
        },
    )
    assert put(merchant.browser(), f"/parties/{merchant.party.pk}/", body).status_code == 400
    assert not ProviderProfile.objects.filter(party=merchant.party).exists()
    assert Party.objects.get(pk=merchant.party.pk).kind == "merchant"


def test_category_named_twice_is_a_400(stranger):
    share = {"category": Category.objects.first().pk, "share": 50}
    answer = post(stranger.browser(), "/parties/", party_body(category_shares=[share, share]))
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\x00"],
)
def test_switching_party_leads_to_no_other_site(merchant, target):
    answer = merchant.browser().post(
        "/parties/switch/", {"party": merchant.party.pk, "next": target}
    )
    assert answer["Location"] == "/workbench/"


@pytest.mark.parametrize("party", ["", "x", "-1", "9" * 5000, "²", "٣" * 30, "\x00"])
def test_switching_to_nonsense_is_not_found(merchant, party):
    answer = merchant.browser().post("/parties/switch/", {"party": party})
    assert answer.status_code == 404


@pytest.mark.parametrize("provider_key", ["", "x", "9" * 5000, "\x00"])
def test_inviting_nonsense_is_not_found(merchant, provider_key):
    need = factories.open_need(merchant.actor)
    answer = merchant.browser().post(f"/needs/{need.pk}/invitations/", {"provider": provider_key})
    assert answer.status_code == 404


def test_form_filled_with_nul_bytes_comes_back(merchant):
    fields = ("title", "brief", "budget_low", "budget_high", "starts_on", "city", "services")
    data = dict.fromkeys(fields, "a\x00b")
    assert merchant.browser().post("/needs/new/", data).status_code == 200
    assert not Need.objects.exists()


def test_person_of_two_parties_acts_for_the_one_they_name(merchant, provider):
    Membership.objects.create(
        user=merchant.user,
        party=provider.party,
        role=Role.MEMBER,
        created_at=provider.party.created_at,
    )
    other = factories.listed_party("merchant", "沐白个护")
    need = factories.open_need(
        factories.Actor(other.membership_set.get().user, other, "owner", "web")
    )
    answer = post(
        merchant.browser(),
        f"/needs/{need.pk}/proposals/",
        OFFER | {"starts_on": str(need.starts_on)},
        **{"X-Trilink-Party": str(provider.party.pk)},
    )
    assert answer.status_code == 403, "a member does not sign"
    assert not Cooperation.objects.exists()
    assert not need.proposals.exists()
