"""Keys for machines: what they open, for whom, and when they stop."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from portal.core import clock
from portal.core.models import AuditEntry, IdempotencyKey
from portal.core.verdict import Refused
from portal.parties import services
from portal.parties.fields import KeyFields
from portal.parties.models import ApiKey, Membership
from portal.parties.states import PartyKind, Role, Scope
from tests import factories
from tests.test_routes import need_body

pytestmark = pytest.mark.django_db
EVERYTHING = list(Scope.values)


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()


def make(person, scopes=EVERYTHING, days=30):
    return services.make_key(
        person.actor, party=person.party, fields=KeyFields("ERP", scopes, days)
    )


def ask(plain, path, method="get", body=None, **headers):
    call = getattr(Client(), method)
    sent = {"Authorization": f"Bearer {plain}", **headers}
    if method == "get":
        return call(f"/api/v1{path}", headers=sent)
    return call(f"/api/v1{path}", body or {}, content_type="application/json", headers=sent)


def test_key_opens_what_its_scopes_say(merchant):
    _key, plain = make(merchant, ["trade:read"])
    assert ask(plain, "/needs/").status_code == 200
    assert ask(plain, "/reference/").status_code == 200  # everybody's
    refused = ask(plain, "/needs/", "post", need_body())
    assert (refused.status_code, "trade:write" in refused.json()["detail"]) == (403, True)
    assert ask(plain, "/parties/").status_code == 403
    assert ask(plain, "/notices/").status_code == 403  # a person's own


def test_writes_are_its_maker_s_and_repeat_safely(merchant):
    _key, plain = make(merchant)
    body, once = need_body(), {"Idempotency-Key": "one"}
    first = ask(plain, "/needs/", "post", body, **once)
    assert first.status_code == 201
    assert ask(plain, "/needs/", "post", body, **once).json() == first.json()
    entry = AuditEntry.objects.get(verb="create_need")
    assert (entry.user, entry.party_id, entry.via) == (merchant.user, merchant.party.pk, "api")
    assert IdempotencyKey.objects.get().credential.startswith("key:")


def test_plaintext_stands_nowhere(merchant):
    key, plain = make(merchant)
    secret = plain.removeprefix(key.prefix)
    assert secret not in str(list(ApiKey.objects.values()))
    assert secret not in str(list(AuditEntry.objects.values()))
    page = f"/parties/{merchant.party.pk}/keys/"
    browser = merchant.browser()
    made = browser.post(page, {"name": "BI", "scopes": ["trade:read"], "days": "30"})
    shown = made.context["made"][1]
    assert shown in made.content.decode()
    assert made["Cache-Control"] == "private, no-store" or "no-store" in made["Cache-Control"]
    assert shown not in browser.get(page).content.decode()


@pytest.mark.parametrize("wrong", ["", "tlk_x", "tlk_aaaaaaaaaa_bbbb", "密", "x" * 5000])
def test_wrong_key_is_401(wrong, merchant):
    make(merchant)
    assert ask(wrong, "/needs/").status_code == 401
    key = ApiKey.objects.get()
    assert ask(f"{key.prefix}_{'x' * 40}", "/needs/").status_code == 401


def test_key_stops_when_revoked_expired_or_its_maker_leaves(merchant, colleague):
    key, plain = make(merchant)
    with clock.standing_at(clock.now() + timedelta(days=31)):
        assert ask(plain, "/needs/").status_code == 401
    services.revoke_key(merchant.actor, key=key)
    assert ask(plain, "/needs/").status_code == 401
    with pytest.raises(Refused):
        services.revoke_key(merchant.actor, key=key)
    _key, plain = make(merchant)
    services.accept_ownership(
        colleague.actor,
        offer=services.offer_ownership(merchant.actor, party=merchant.party, person=colleague.user),
    )
    assert ask(plain, "/needs/").status_code == 200  # a manager's key now
    Membership.objects.filter(user=merchant.user).update(role=Role.MEMBER)
    assert ask(plain, "/needs/", "post", need_body()).status_code == 403
    Membership.objects.filter(user=merchant.user).delete()
    assert ask(plain, "/needs/").status_code == 403


def test_key_knows_its_own_party_only(merchant, provider):
    other = factories.listed_party(PartyKind.MERCHANT, "拾光生活")
    membership = other.membership_set.get()
    membership.user = merchant.user
    membership.save()
    _key, plain = make(merchant)
    rows = ask(plain, "/parties/").json()["results"]
    assert [row["id"] for row in rows] == [merchant.party.pk]
    assert ask(plain, f"/parties/{other.pk}/").status_code == 404
    named = ask(plain, "/needs/", **{"X-Trilink-Party": str(other.pk)})
    assert named.status_code == 403


def test_key_cannot_let_people_in_or_make_keys(merchant):
    key, plain = make(merchant)
    base = f"/parties/{merchant.party.pk}"
    body = {"email": "x@example.com", "role": "member"}
    assert ask(plain, f"{base}/invitations/", "post", body).status_code == 403
    assert ask(plain, f"{base}/keys/").status_code == 403
    assert ask(plain, f"{base}/keys/{key.pk}/revocation/", "post").status_code == 403
    actor = services.actor_of_key(key)
    with pytest.raises(Refused), transaction.atomic():
        services.make_key(actor, party=merchant.party, fields=KeyFields("x", EVERYTHING, 1))


def test_who_makes_keys_and_with_what(merchant, colleague):
    for person, fields, status in (
        (colleague, KeyFields("x", EVERYTHING, 1), 403),
        (merchant, KeyFields(" ", EVERYTHING, 1), 422),
        (merchant, KeyFields("x", [], 1), 422),
        (merchant, KeyFields("x", ["all"], 1), 422),
        (merchant, KeyFields("x", EVERYTHING, 1000), 422),
    ):
        with pytest.raises(Refused) as caught, transaction.atomic():
            services.make_key(person.actor, party=merchant.party, fields=fields)
        assert caught.value.verdict.status == status
    assert not ApiKey.objects.exists()


def test_use_is_noted_once_a_minute(merchant):
    key, plain = make(merchant)
    ask(plain, "/needs/")
    key.refresh_from_db()
    first = key.used_at
    ask(plain, "/needs/")
    key.refresh_from_db()
    assert first is not None
    assert key.used_at == first
    with clock.standing_at(clock.now() + timedelta(minutes=2)):
        ask(plain, "/needs/")
    key.refresh_from_db()
    assert key.used_at > first


def test_key_has_a_rate(merchant, monkeypatch):
    monkeypatch.setattr(
        "portal.parties.authentication.KeyThrottle.THROTTLE_RATES", {"key": "2/min"}
    )
    _key, plain = make(merchant)
    assert [ask(plain, "/needs/").status_code for _ in range(3)] == [200, 200, 429]


def test_operator_stops_a_key(merchant, operator):
    key, plain = make(merchant)
    data = {"action": "revoke", "_selected_action": [str(key.pk)]}
    operator.browser().post("/admin/parties/apikey/", data)
    assert ask(plain, "/needs/").status_code == 401
    assert AuditEntry.objects.get(verb="revoke_key").via == "admin"
