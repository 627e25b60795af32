"""Request ids, the page's language, honest htmx redirects, and where refusals end."""

import re

import pytest
from django.conf import settings

from portal.core.models import AuditEntry
from tests import factories
from tests.conftest import person_of

pytestmark = pytest.mark.django_db
REASON = "Only the owner or a manager of the party may do this."
HTMX = {"HX-Request": "true"}
LOGIN = "/accounts/login/"


def test_request_id_given_by_the_proxy_is_kept(client):
    assert client.get("/healthz", headers={"X-Request-ID": "proxy-12345"})["X-Request-ID"] == (
        "proxy-12345"
    )


@pytest.mark.parametrize(
    "given", ["", "short", "x" * 37, "has space 123", "evil\n12345", "newline-1\n", "a;b;c;d;e"]
)
def test_request_id_is_made_where_none_may_be_trusted(client, given):
    answered = client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f-]{36}", answered)
    assert answered != given


def test_request_id_stands_in_the_audit_row(merchant):
    address = f"/parties/{merchant.party.pk}/visibility/"
    merchant.browser().post(address, headers={"X-Request-ID": "request-0001"})
    assert AuditEntry.objects.get(request_id="request-0001").verb == "hide_party"


@pytest.mark.parametrize("accepted", ["en", "en-US,en;q=0.9", "fr", ""])
def test_page_is_chinese_whatever_the_phone_prefers(client, accepted):
    answer = client.get(LOGIN, headers={"Accept-Language": accepted})
    assert answer["Content-Language"] == "zh-hans"
    assert '<html lang="zh' in answer.content.decode()


def test_page_is_english_for_who_chose_it(client):
    client.post("/i18n/setlang/", {"language": "en", "next": LOGIN})
    answer = client.get(LOGIN)
    assert answer["Content-Language"] == "en"
    assert '<html lang="en' in answer.content.decode()


def test_language_chosen_over_htmx_is_kept(client):
    answer = client.post("/i18n/setlang/", {"language": "en", "next": LOGIN}, headers=HTMX)
    assert answer["HX-Redirect"] == LOGIN
    assert client.get(LOGIN)["Content-Language"] == "en"


@pytest.mark.parametrize("cookie", ["xx", "en'--", "zh-hans\x00", "../../etc"])
def test_language_nobody_offers_is_chinese(client, cookie):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    assert client.get(LOGIN)["Content-Language"] == "zh-hans"


def test_choosing_a_language_leads_to_no_other_site(client):
    answer = client.post("/i18n/setlang/", {"language": "en", "next": "https://evil.example/"})
    assert not answer["Location"].startswith("https://evil")


@pytest.mark.parametrize(
    ("accepted", "language"), [("en", "en"), ("zh-CN", "zh-hans"), ("fr", "zh-hans")]
)
def test_api_answers_in_the_language_its_caller_accepts(client, accepted, language):
    answer = client.get("/api/v1/", headers={"Accept-Language": accepted})
    assert answer["Content-Language"] == language


def test_redirect_becomes_hx_redirect_for_htmx_only(client):
    plain = client.get("/workbench/")
    assert (plain.status_code, plain["Location"]) == (302, "/accounts/login/?next=/workbench/")
    narrow = client.get("/workbench/", headers=HTMX)
    assert (narrow.status_code, narrow.content) == (204, b"")
    assert narrow["HX-Redirect"] == "/accounts/login/?next=/workbench/"
    assert "Location" not in narrow


def english(person):
    client = person.browser()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def owner_of(party):
    return person_of(party).actor


def test_refusal_is_a_page_with_its_reason_and_status(colleague):
    need = factories.draft_need(owner_of(colleague.party))
    answer = english(colleague).get(f"/needs/{need.pk}/edit/")
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "<html" in text
    assert REASON in text


def test_refusal_is_one_sentence_for_htmx(colleague):
    need = factories.draft_need(owner_of(colleague.party))
    answer = english(colleague).post(f"/needs/{need.pk}/publication/", headers=HTMX)
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "<html" not in text
    assert REASON in text
    need.refresh_from_db()
    assert need.status == "draft"


def test_refusal_of_the_api_is_the_same_sentence(colleague):
    need = factories.draft_need(owner_of(colleague.party))
    answer = colleague.browser().post(
        f"/api/v1/needs/{need.pk}/publication/", headers={"Accept-Language": "en"}
    )
    assert answer.status_code == 403
    assert answer.json() == {"detail": REASON}


def test_pages_carry_a_strict_content_security_policy(client):
    policy = client.get(LOGIN)["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert client.get(LOGIN)["X-Frame-Options"] == "DENY"
