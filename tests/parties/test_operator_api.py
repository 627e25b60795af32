"""What operators do over the API: whose a party is, two that are one, a look as somebody."""

from __future__ import annotations

import json

import pytest
from allauth.socialaccount.models import SocialAccount
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core.models import AuditEntry
from portal.notices.models import Notice
from portal.parties import services
from portal.parties.models import City, Membership, Party, Viewing
from portal.parties.states import ClaimStatus, PartyKind, PartyStatus
from tests import factories
from tests.conftest import staff_person

pytestmark = pytest.mark.django_db
V1 = "/api/v1"
WORDS = "我是这家公司的运营负责人，可以核对。"


def post(browser, path, data=None, **headers):
    body = json.dumps(data or {})
    return browser.post(f"{V1}{path}", body, content_type="application/json", headers=headers)


def claim_of(person, name="远山", **changes):
    party = factories.unclaimed_party(PartyKind.AGENCY, name, **changes)
    return services.claim_party(person.actor, party=party, text=WORDS)


# --- claims ---------------------------------------------------------------------------------------


def test_claims_are_decided(stranger, operator):
    first, second, third = (claim_of(stranger, name) for name in ("远山", "近水", "高原"))
    browser = operator.browser()
    rows = browser.get(f"{V1}/operator/claims/").json()["results"]
    assert [row["id"] for row in rows] == [str(c.pk) for c in (first, second, third)]
    one = browser.get(f"{V1}/operator/claims/{first.pk}/").json()
    assert (one["cannot_accept"], one["claimant"]) == ("", str(stranger.user))
    assert one["statements"][0]["text"] == WORDS
    taken = post(browser, f"/operator/claims/{first.pk}/acceptance/")
    assert (taken.status_code, taken.json()["status"]) == (200, "accepted")
    assert Membership.objects.filter(party=first.party, user=stranger.user).exists()
    asked = post(browser, f"/operator/claims/{second.pk}/question/", {"text": "请补授权书。"})
    assert asked.json()["status"] == "asked"
    refused = post(browser, f"/operator/claims/{third.pk}/refusal/", {"text": "核对不上。"})
    said = refused.json()["statements"][-1]
    assert (said["is_operator"], said["text"]) == (True, "核对不上。")
    assert browser.get(f"{V1}/operator/claims/").json()["results"] == []
    again = post(browser, f"/operator/claims/{third.pk}/acceptance/")
    assert (again.status_code, again.json()["detail"] != "") == (409, True)
    events = set(Notice.objects.filter(user=stranger.user).values_list("event", flat=True))
    assert events >= {"claim.accepted", "claim.asked", "claim.refused"}
    decided = AuditEntry.objects.filter(verb__in=["accept_claim", "ask_claimant", "refuse_claim"])
    assert set(decided.values_list("user", "via")) == {(operator.user.pk, "api")}


def test_claims_of_other_regions_are_not_there(stranger, merchant):
    claim = claim_of(stranger)
    Party.objects.filter(pk=claim.party_id).update(city=City.objects.get(code="chengdu"))
    east = staff_person("reviewer", regions=["east"]).browser()
    assert east.get(f"{V1}/operator/claims/").json()["results"] == []
    for end in ("", "acceptance/"):
        path = f"/operator/claims/{claim.pk}/{end}"
        answer = post(east, path) if end else east.get(f"{V1}{path}")
        assert answer.status_code == 404
    assert post(merchant.browser(), f"/operator/claims/{claim.pk}/acceptance/").status_code == 403
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.WAITING


def test_no_reason_no_refusal(stranger, operator):
    claim = claim_of(stranger)
    before = AuditEntry.objects.count()
    for end, text, status in (("refusal", "", 400), ("question", "x" * 1001, 400)):
        answer = post(operator.browser(), f"/operator/claims/{claim.pk}/{end}/", {"text": text})
        assert answer.status_code == status
    assert AuditEntry.objects.count() == before


def test_queue_costs_the_same_for_one_and_three(stranger, operator):
    browser = operator.browser()

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"{V1}/operator/claims/").status_code == 200
        return len(queries)

    claim_of(stranger)
    browser.get(f"{V1}/operator/claims/")
    one = cost()
    claim_of(stranger, "近水")
    claim_of(stranger, "高原")
    assert cost() == one


# --- merging --------------------------------------------------------------------------------------


def double_of(party):
    """A listed party of the same kind under the same name, without people."""
    return factories.unclaimed_party(party.kind, party.name)


def test_doubles_are_found_looked_at_and_merged(provider, operator):
    other, browser = double_of(provider.party), operator.browser()
    at = f"/operator/parties/{provider.party.pk}"
    doubles = browser.get(f"{V1}{at}/doubles/").json()
    assert [row["id"] for row in doubles] == [other.pk]
    before = AuditEntry.objects.count()
    preview = browser.get(f"{V1}{at}/merge/?other={other.pk}").json()
    assert (preview["refusal"], preview["other"]["id"]) == ("", other.pk)
    assert AuditEntry.objects.count() == before
    key = {"Idempotency-Key": "m-1"}
    body = {"other": other.pk, "why": "同一家公司。"}
    done = post(browser, f"{at}/merge/", body, **key)
    assert (done.status_code, done.json()["other"]["status"]) == (200, "closed")
    assert post(browser, f"{at}/merge/", body, **key).json() == done.json()
    other.refresh_from_db()
    assert (other.merged_into_id, other.status) == (provider.party.pk, PartyStatus.CLOSED)
    assert post(browser, f"{at}/merge/", body).status_code == 409


def test_merge_refusals_change_nothing(provider, rival, merchant, reviewer, operator):
    at = f"/operator/parties/{provider.party.pk}/merge/"
    before = AuditEntry.objects.count()
    body = {"other": rival.party.pk, "why": "同一家公司。"}
    for person in (provider, merchant, reviewer):
        assert post(person.browser(), at, body).status_code == 403
        assert person.browser().get(f"{V1}{at}?other={rival.party.pk}").status_code == 403
    browser = operator.browser()
    assert post(browser, at, {"other": rival.party.pk}).status_code == 400
    assert post(browser, at, body | {"other": 10**18}).status_code == 404
    assert post(browser, at, body | {"other": merchant.party.pk}).status_code == 409
    for other in ("", "x", "0", "9" * 30):
        assert browser.get(f"{V1}{at}?other={other}").status_code == 404
    preview = browser.get(f"{V1}{at}?other={merchant.party.pk}").json()
    assert preview["refusal"]
    assert AuditEntry.objects.count() == before


# --- a look as somebody ---------------------------------------------------------------------------


def test_look_is_begun_and_ended(operator, merchant):
    browser = operator.browser()
    body = {"person": merchant.user.pk, "reason": "对方说看不到方案。"}
    begun = post(browser, "/operator/viewings/", body)
    assert (begun.status_code, begun.json()["ended_at"]) == (201, None)
    seen = browser.get(f"{V1}/parties/").json()["results"]
    assert [row["id"] for row in seen] == [merchant.party.pk]
    assert browser.get(f"{V1}/bindings/").status_code == 403
    assert post(browser, "/operator/viewings/", body).status_code == 403
    ended = post(browser, "/operator/viewings/end/").json()
    assert (ended["pages"], ended["ended_at"] is not None) == (1, True)
    assert browser.get(f"{V1}/parties/").json()["results"] == []
    assert post(browser, "/operator/viewings/end/").status_code == 409
    [row] = browser.get(f"{V1}/operator/viewings/").json()["results"]
    assert (row["operator"], row["reason"]) == (str(operator.user), body["reason"])


def test_look_is_refused(operator, reviewer, merchant):
    body = {"person": merchant.user.pk, "reason": "核对"}
    assert post(reviewer.browser(), "/operator/viewings/", body).status_code == 403
    browser = operator.browser()
    assert post(browser, "/operator/viewings/", body | {"person": 10**18}).status_code == 404
    assert post(browser, "/operator/viewings/", body | {"reason": " "}).status_code == 400
    assert (
        post(browser, "/operator/viewings/", body | {"person": reviewer.user.pk}).status_code == 403
    )
    assert not Viewing.objects.exists()


# --- apps that open one's account -----------------------------------------------------------------


def test_app_is_unbound(merchant, stranger):
    bound = SocialAccount.objects.create(user=merchant.user, provider="weixin", uid="o1")
    browser = merchant.browser()
    [row] = browser.get(f"{V1}/bindings/").json()
    assert (row["id"], row["app"]) == (bound.pk, "weixin")
    assert post(stranger.browser(), f"/bindings/{bound.pk}/end/").status_code == 404
    assert post(browser, f"/bindings/{bound.pk}/end/").status_code == 200
    assert not SocialAccount.objects.exists()
    assert Notice.objects.filter(user=merchant.user, event="account.unbound").exists()
    assert post(browser, f"/bindings/{bound.pk}/end/").status_code == 404
