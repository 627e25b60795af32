"""Proving an account by signing in where it is, against a small OAuth2 server of our own."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from portal.core import clock
from portal.parties import services
from portal.parties.fields import OwnedFields
from portal.parties.models import OwnedAccount
from tests.parties.test_chat_apps import ID, SECRET, Server
from tests.parties.test_chat_apps import server as server

pytestmark = pytest.mark.django_db
NUMBER = "lanxi.food"


@pytest.fixture
def account(server: Server, settings, merchant) -> OwnedAccount:
    settings.SITE_URL = "http://testserver"
    settings.ACCOUNT_PROOF_APPS = {
        "douyin": {
            "authorize_url": f"{server.url}/authorize",
            "token_url": f"{server.url}/token",
            "profile_url": f"{server.url}/userinfo",
            "client_id": ID,
            "client_secret": SECRET,
            "number": "sub",
        }
    }
    server.uid = NUMBER.upper()
    fields = OwnedFields("douyin", NUMBER, "兰溪食品")
    return services.claim_account(merchant.actor, party=merchant.party, fields=fields)


def leave(browser, account):
    return browser.post(reverse("party_account_sign_in", args=[account.pk]))


def come_back(browser, server, left, **changed):
    query = {key: values[0] for key, values in parse_qs(urlsplit(left["Location"]).query).items()}
    back = urlsplit(server.authorize(query | changed))
    assert back.path == "/owned-accounts/return/"
    return browser.get(f"{back.path}?{back.query}")


def test_who_signs_in_there_has_proven_it_at_once(merchant, server, account):
    browser = merchant.browser()
    page = browser.get(reverse("party_account", args=[account.pk])).content.decode()
    assert reverse("party_account_sign_in", args=[account.pk]) in page
    left = leave(browser, account)
    assert left["Location"].startswith(f"{server.url}/authorize?")
    assert SECRET not in left["Location"]
    assert come_back(browser, server, left).url == reverse("party_account", args=[account.pk])
    account.refresh_from_db()
    assert (account.status, account.method, account.decided_by) == ("proven", "sign", None)
    assert account.lasts_until > clock.now() + timedelta(days=30)
    assert come_back(browser, server, left).url == reverse("workbench"), "a way back is used once"


def test_another_account_proves_nothing(merchant, server, account):
    server.uid = "somebody.else"
    browser = merchant.browser()
    come_back(browser, server, leave(browser, account))
    account.refresh_from_db()
    assert (account.status, account.method) == ("claimed", "")


@pytest.mark.parametrize("fault", ["refuses", "state", "late", "other person", "no app"])
def test_broken_way_back_proves_nothing(merchant, provider, server, account, settings, fault):
    browser = merchant.browser()
    left = leave(browser, account)
    server.refuses = fault == "refuses"
    if fault == "no app":
        settings.ACCOUNT_PROOF_APPS = {}
    after = timedelta(minutes=11 if fault == "late" else 0)
    changed = {"state": "forged"} if fault == "state" else {}
    with clock.standing_at(clock.now() + after):
        returning = provider.browser() if fault == "other person" else browser
        assert come_back(returning, server, left, **changed).status_code == 302
    account.refresh_from_db()
    assert account.status == "claimed"


def test_without_an_app_nobody_leaves(merchant, account, settings):
    settings.ACCOUNT_PROOF_APPS = {}
    assert leave(merchant.browser(), account).status_code == 409
