"""Signing in with a chat app, against a small OAuth2 server of our own on this machine."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.core.models import AuditEntry
from portal.notices.models import Notice
from portal.parties import holdings
from portal.parties.models import SignIn, User
from tests import factories

pytestmark = pytest.mark.django_db
ID, SECRET = "app-1", "a-long-secret-of-the-app-at-that-server"


@dataclass
class Server:
    """Who is signed in at the provider, what it says of them, and the codes it gave out."""

    url: str = ""
    uid: str = "wx-openid-1"
    email: str = "owner@example.com"
    refuses: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def authorize(self, query: dict[str, str]) -> str:
        """What a browser is sent back to after its person agreed there."""
        code = secrets.token_hex(8)
        self.codes[code] = query
        back = {"code": code, "state": query["state"]}
        return f"{query['redirect_uri']}?{urlencode(back)}"

    def answer(self, path: str, sent: dict[str, str], bearer: str) -> dict[str, Any] | None:
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "userinfo_endpoint": f"{self.url}/userinfo",
                "jwks_uri": f"{self.url}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        if path == "/userinfo" and bearer == "token-1":
            return {"sub": self.uid, "email": self.email, "email_verified": True, "name": "老板"}
        if path in ("/token", "/weixin-token"):
            return self._token(path, sent)
        return None

    def _token(self, path: str, sent: dict[str, str]) -> dict[str, Any] | None:
        query = self.codes.pop(sent.get("code", ""), None)
        name = "appid" if path == "/weixin-token" else "client_id"
        told = sent.get("secret") or sent.get("client_secret")
        if query is None or self.refuses or (sent.get(name), told) != (ID, SECRET):
            return {"errcode": 40029, "errmsg": "invalid code"}
        if "code_challenge" in query:
            digest = hashlib.sha256(sent["code_verifier"].encode()).digest()
            assert query["code_challenge"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if path == "/weixin-token":
            return {"access_token": "token-1", "openid": self.uid, "expires_in": 7200}
        claims = {"iss": self.url, "aud": ID, "sub": self.uid, "exp": int(time.time()) + 60}
        return {
            "access_token": "token-1",
            "token_type": "Bearer",
            "id_token": jwt.encode(claims, SECRET, algorithm="HS256"),
        }


@pytest.fixture
def server() -> Iterator[Server]:
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(dict(parse_qsl(urlsplit(self.path).query)))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self._answer(dict(parse_qsl(body.decode())))

        def _answer(self, sent: dict[str, str]) -> None:
            bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
            answer = told.answer(urlsplit(self.path).path, sent, bearer)
            content = json.dumps(answer, ensure_ascii=False).encode()
            self.send_response(200 if answer is not None else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            """Nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{http.server_address[1]}"
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    yield told
    http.shutdown()
    http.server_close()
    thread.join()


@pytest.fixture
def weixin(server, settings):
    """WeChat with keys, its addresses on this machine."""
    app = {"client_id": ID, "secret": SECRET, "name": "WeChat"}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "weixin": {
            "APPS": [app],
            "AUTHORIZE_URL": f"{server.url}/authorize",
            "ACCESS_TOKEN_URL": f"{server.url}/weixin-token",
        }
    }
    return "/accounts/weixin/login/"


@pytest.fixture
def oidc(server, settings):
    app = {
        "provider_id": "sso",
        "name": "集团账号",
        "client_id": ID,
        "secret": SECRET,
        "settings": {"server_url": server.url, "oauth_pkce_enabled": True},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    return "/accounts/oidc/sso/login/"


@pytest.fixture(params=["weixin", "oidc"])
def begin(request):
    """Where the sign-in begins, for each of the two."""
    return request.getfixturevalue(request.param)


def go(browser: Client, server: Server, begin: str, process: str = "login") -> Any:
    """There, agree, and back."""
    leave = browser.post(f"{begin}?{urlencode({'process': process})}")
    assert leave.status_code == 302
    assert leave["Location"].startswith(f"{server.url}/authorize?")
    query = {key: values[0] for key, values in parse_qs(urlsplit(leave["Location"]).query).items()}
    back = urlsplit(server.authorize(query))
    return browser.get(f"{back.path}?{back.query}")


def bound(person, server, begin):
    browser = person.browser()
    assert go(browser, server, begin, "connect")["Location"] == reverse("binding_list")
    return browser


def is_signed_in(browser) -> bool:
    return bool(browser.get("/workbench/").status_code == 200)


# --- off, until its keys are set ------------------------------------------------------------------


def test_nothing_is_there_without_keys(client, merchant):
    for path in (
        "/accounts/weixin/login/",
        "/accounts/weixin/login/callback/",
        "/accounts/oidc/sso/login/",
        "/accounts/oidc/sso/login/callback/",
    ):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404
    assert "/accounts/weixin/" not in client.get(reverse("account_login")).content.decode()
    assert reverse("binding_list") not in merchant.browser().get("/workbench/").content.decode()
    assert merchant.browser().get(reverse("binding_list")).status_code == 200


def test_button_stands_where_keys_are_set(client, begin, merchant):
    assert begin in client.get(reverse("account_login")).content.decode()
    assert begin in merchant.browser().get(reverse("binding_list")).content.decode()
    assert reverse("binding_list") in merchant.browser().get("/workbench/").content.decode()


def test_link_alone_begins_nothing(client, begin):
    """Nobody is sent there by a picture on another site."""
    assert client.get(begin).status_code == 200


# --- binding, signing in, unbinding ---------------------------------------------------------------


def test_bound_app_opens_the_account(server, begin, merchant):
    bound(merchant, server, begin)
    account = SocialAccount.objects.get()
    assert (account.user, account.uid) == (merchant.user, server.uid)
    assert account.extra_data == {}, "what the provider tells of a person is not kept"
    assert not SocialToken.objects.exists()
    assert AuditEntry.objects.filter(verb="bind_app", user=merchant.user).exists()
    assert Notice.objects.get(event="account.bound").user == merchant.user
    browser = Client()
    assert go(browser, server, begin)["Location"] == "/workbench/"
    assert is_signed_in(browser)
    assert SignIn.objects.filter(user=merchant.user).exists()
    account.refresh_from_db()
    assert account.extra_data == {}
    holding = next(one for one in holdings.holdings() if one.name == "bindings")
    assert holding.tell(merchant.user)[0]["uid"] == server.uid


def test_unbound_app_opens_nothing(server, begin, merchant, stranger):
    browser = bound(merchant, server, begin)
    account = SocialAccount.objects.get()
    url = reverse("binding_end", args=[account.pk])
    assert url in browser.get(reverse("binding_list")).content.decode()
    assert stranger.browser().post(url).status_code == 404
    assert browser.post(url).status_code == 302
    assert not SocialAccount.objects.exists()
    assert AuditEntry.objects.filter(verb="unbind_app", user=merchant.user).exists()
    assert Notice.objects.filter(event="account.unbound").count() == 1
    again = Client()
    go(again, server, begin)
    assert not is_signed_in(again)


def test_phone_only_person_unbinds_too(server, weixin):
    person = User.objects.create_user(None, None, phone="+8613800009999", name="小满")
    factories.give_first_consents(factories.SYSTEM, user_ids=[person.pk])
    browser = Client()
    browser.force_login(person)
    go(browser, server, weixin, "connect")
    browser.post(reverse("binding_end", args=[SocialAccount.objects.get().pk]))
    assert not SocialAccount.objects.exists()


# --- nobody is taken over -------------------------------------------------------------------------


def test_unknown_one_is_sent_to_sign_in_first(server, begin):
    """Even one whose address, as the provider says, is that of an account here."""
    owner = factories.user("owner@example.com")
    before = User.objects.count()
    browser = Client()
    answer = go(browser, server, begin)
    assert answer["Location"].startswith(reverse("account_login"))
    assert "next=" in answer["Location"]
    assert not is_signed_in(browser)
    assert User.objects.count() == before
    assert not SocialAccount.objects.exists()
    with translation.override("en"):
        page = browser.get(answer["Location"]).content.decode()
    assert "集团账号" in page or "WeChat" in page or "微信" in page
    owner.refresh_from_db()
    assert owner.has_usable_password()


def test_app_of_one_is_not_bound_by_another(server, begin, merchant, stranger):
    bound(merchant, server, begin)
    go(stranger.browser(), server, begin, "connect")
    assert SocialAccount.objects.get().user == merchant.user


def test_visitor_binds_nothing(server, begin):
    browser = Client()
    go(browser, server, begin, "connect")
    assert not SocialAccount.objects.exists()
    assert not is_signed_in(browser)


def test_code_of_somebody_else_is_worth_nothing(server, begin, merchant, stranger):
    """The state belongs to the browser that began."""
    bound(merchant, server, begin)
    leave = stranger.browser().post(begin)
    query = {key: values[0] for key, values in parse_qs(urlsplit(leave["Location"]).query).items()}
    back = urlsplit(server.authorize(query))
    victim = Client()
    victim.get(f"{back.path}?{back.query}")
    assert not is_signed_in(victim)


@pytest.mark.parametrize("refusal", ["server", "person", "nonsense"])
def test_refusal_over_there_is_a_page(server, begin, merchant, refusal):
    bound(merchant, server, begin)
    browser = Client()
    if refusal == "server":
        server.refuses = True
        answer = go(browser, server, begin)
    else:
        leave = browser.post(begin)
        state = parse_qs(urlsplit(leave["Location"]).query)["state"][0]
        sent = {"error": "access_denied", "state": state} if refusal == "person" else {"code": "x"}
        answer = browser.get(f"{begin}callback/?{urlencode(sent)}", follow=True)
    assert answer.status_code in (200, 401)
    assert reverse("account_login") in answer.content.decode()
    assert not is_signed_in(browser)


def test_closed_account_stays_closed(server, begin, merchant):
    bound(merchant, server, begin)
    User.objects.filter(pk=merchant.user.pk).update(is_active=False)
    browser = Client()
    go(browser, server, begin)
    assert not is_signed_in(browser)


def test_weixin_is_asked_for_no_profile(server, weixin, merchant):
    bound(merchant, server, weixin)
    assert server.asked == ["/weixin-token"]
