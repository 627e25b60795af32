"""What a production site must not let through, keep or tell."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client, RequestFactory

from portal.core.http import place_of
from portal.core.logs import JsonFormatter, PathFilter, shown_path
from portal.stack.paths import ROOT

LOGIN = "/accounts/login/"
KEY = "/accounts/password/reset/key/1-abc123-0123456789abcdef/"
PRODUCTION = {
    "TRILINK_ENV": "production",
    "SECRET_KEY": "x" * 50,
    "DATA_KEYS": "k" * 40,
    "ALLOWED_HOSTS": "trilink.example",
    "SITE_URL": "https://trilink.example",
    "DATABASE_URL": "postgresql://trilink_app@localhost/trilink",
    "REDIS_URL": "redis://localhost:6379/0",
    "EMAIL_URL": "smtp://mail.example:25",
    "DEFAULT_FROM_EMAIL": "no-reply@trilink.example",
}


def setting(name: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a fresh process with this environment reads, as JSON on its standard output."""
    program = f"import json, portal.settings as s; print(json.dumps(getattr(s, {name!r})))"
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "TRILINK_VAR": "/nowhere", **environment},
        check=False,
        capture_output=True,
        text=True,
    )


def read(name: str, **environment: str) -> object:
    return json.loads(setting(name, **environment).stdout)


# --- who is asking --------------------------------------------------------------------------------


def test_production_takes_the_address_its_proxy_writes():
    assert read("ALLAUTH_TRUSTED_CLIENT_IP_HEADER", **PRODUCTION) == "X-Real-IP"
    changed = PRODUCTION | {"CLIENT_IP_HEADER": "", "TRUSTED_PROXY_COUNT": "2"}
    assert read("ALLAUTH_TRUSTED_CLIENT_IP_HEADER", **changed) is None
    assert read("ALLAUTH_TRUSTED_PROXY_COUNT", **changed) == 2


def test_proxy_writes_that_header():
    lines = (ROOT / "deploy/nginx.conf").read_text()
    assert "proxy_set_header X-Real-IP $remote_addr;" in lines


@pytest.mark.django_db
def test_visitors_behind_the_proxy_do_not_share_a_limit(settings):
    settings.ALLAUTH_TRUSTED_CLIENT_IP_HEADER = "X-Real-IP"
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    cache.clear()

    def sign_in(address: str) -> int:
        data = {"login": f"nobody{address}@example.com", "password": "x"}
        return Client().post(LOGIN, data, headers={"X-Real-IP": address}).status_code

    assert [sign_in("198.51.100.1") for _ in range(3)] == [200, 200, 429]
    assert sign_in("198.51.100.2") == 200


def test_a_network_of_ipv6_is_one_place():
    assert place_of("2001:db8:1:2::7") == place_of("2001:db8:1:2:ffff::9") == "2001:db8:1:2::/64"
    assert place_of("2001:db8:1:3::7") != place_of("2001:db8:1:2::7")
    assert place_of("203.0.113.9") == "203.0.113.9"
    assert place_of("") == ""


def test_cache_of_the_limits_is_not_culled_by_a_few_hundred_addresses():
    assert django_settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 100_000


# --- what a site answers to, and writes with ------------------------------------------------------


def test_production_without_a_mail_server_does_not_start():
    found = setting("DEBUG", **(PRODUCTION | {"EMAIL_URL": ""}))
    assert found.returncode != 0
    assert "EMAIL_URL must be set" in found.stderr


@pytest.mark.parametrize(
    ("host", "named"), [("", "localhost"), ("192.0.2.7", "192.0.2.7"), ("::1", "[::1]")]
)
def test_demo_answers_to_its_own_names_only(host, named):
    hosts = read("ALLOWED_HOSTS", TRILINK_ENV="demo", HOST=host)
    assert named in hosts
    assert {"localhost", "127.0.0.1", "[::1]", "testserver"} <= set(hosts)


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104 - named, not bound
def test_demo_that_listens_everywhere_still_names_its_hosts(host):
    hosts = read("ALLOWED_HOSTS", TRILINK_ENV="demo", HOST=host)
    assert not {"*", "0.0.0.0", "::", "[::]"} & set(hosts)  # noqa: S104 - named
    other = read("ALLOWED_HOSTS", TRILINK_ENV="demo", HOST=host, ALLOWED_HOSTS="demo.example")
    assert other == ["demo.example"]


# --- what logs say --------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("path", [KEY, KEY.rstrip("/"), f"{KEY}more/", "/accounts/nothing/here/"])
def test_log_of_a_request_holds_no_key_of_an_account(client, caplog, path):
    with caplog.at_level(logging.INFO):
        client.get(path)
    (line,) = [r for r in caplog.records if r.message == "request"]
    assert line.path.startswith("/accounts/")
    assert "abc123" not in line.path


def test_log_of_another_request_holds_its_path():
    assert shown_path(RequestFactory().get("/needs/7/?q=x")) == "/needs/7/"


def test_complaint_of_the_framework_holds_no_key_of_an_account():
    request = RequestFactory().get(KEY)
    record = logging.makeLogRecord(
        {"msg": "%s: %s", "args": ("Too Many Requests", request.path), "request": request}
    )
    assert PathFilter().filter(record)
    assert "abc123" not in JsonFormatter().format(record)
    assert "Too Many Requests" in record.getMessage()
    assert "path" in django_settings.LOGGING["handlers"]["console"]["filters"]


@pytest.mark.parametrize("path", ["portal/stack/site.py", "Dockerfile", "compose.yaml"])
def test_web_server_keeps_no_log_of_its_own(path):
    assert "access-log" not in (ROOT / path).read_text()


@pytest.mark.parametrize(
    "path",
    [
        "/invitations/abc123-Secret/",
        "/help/link/abc123:Secret/",
        "/roster/invitations/0b6d2c6e-9f55-4c11-8a9e-abc123000000/",
        "/notices/unsubscribing/abc123:Secret/",
    ],
)
@pytest.mark.django_db
def test_log_of_a_request_holds_no_link_that_opens_something(client, caplog, path):
    with caplog.at_level(logging.INFO):
        client.get(path)
    (line,) = [r for r in caplog.records if r.message == "request"]
    assert "abc123" not in line.path
    door = path.strip("/").rpartition("/")[0]
    proxy = (ROOT / "deploy/nginx.conf").read_text()
    links = re.search(r"~\^\(\?<link>/\(([a-z/|]+)\)/\)", proxy)
    assert links is not None
    assert door in links[1].split("|")


def test_log_of_the_proxy_holds_no_key_of_an_account():
    config = (ROOT / "deploy/nginx.conf").read_text()
    log_format = config.split("log_format main")[1].split(";")[0]
    assert "$logged_path" in log_format
    assert not {'"$request"', "$request_uri", "$uri"} & set(log_format.split())


# --- what browsers keep ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_page_of_a_signed_in_person_is_kept_nowhere(merchant):
    for path in ("/workbench/", f"/parties/{merchant.party.pk}/", "/"):
        assert merchant.browser().get(path)["Cache-Control"] == "no-store, private"


@pytest.mark.django_db
def test_page_of_a_visitor_may_be_kept(client):
    assert "no-store" not in client.get("/").get("Cache-Control", "")
