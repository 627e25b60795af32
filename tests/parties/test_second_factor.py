"""A second factor: anybody may, operators and finance must, outside the demo."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from portal.parties.models import Membership
from portal.parties.states import Role
from tests import factories

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()


def code():
    return f"{hotp_value(SECRET, next(yield_hotp_counters_from_time())):06d}"


def sign_in(user, **more):
    client = Client()
    data = {"login": user.email, "password": factories.PASSWORD}
    return client, client.post("/accounts/login/", data, **more)


def confirm(browser):
    """What matters is asked with the password once more."""
    answer = browser.post("/accounts/reauthenticate/", {"password": factories.PASSWORD})
    assert answer.status_code == 302
    return browser


def test_secret_is_kept_encrypted(stranger):
    TOTP.activate(stranger.user, SECRET)
    assert SECRET not in str(Authenticator.objects.values("data"))
    assert Authenticator.objects.get().wrap().validate_code(code())


def test_sign_in_asks_for_the_second_factor(operator):
    TOTP.activate(operator.user, SECRET)
    client, answer = sign_in(operator.user, query_params={"next": "/admin/"})
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/admin/").status_code == 302
    assert client.get(answer["Location"]).status_code == 200
    assert client.post(answer["Location"], {"code": "000000"}).status_code == 200
    client.post(answer["Location"], {"code": code()})
    assert client.get("/admin/").status_code == 200


def test_recovery_code_works_once(stranger):
    TOTP.activate(stranger.user, SECRET)
    (first, *_) = RecoveryCodes.activate(stranger.user).get_unused_codes()
    for expected in (200, 302):
        client, answer = sign_in(stranger.user)
        client.post(answer["Location"], {"code": first})
        assert client.get("/accounts/sessions/").status_code == expected


def test_operators_and_finance_must_have_one(settings, operator, merchant, colleague):
    settings.MFA_REQUIRED = True
    assert merchant.browser().get("/workbench/").status_code == 200
    assert colleague.browser().get("/workbench/").status_code == 200
    Membership.objects.filter(user=colleague.user).update(role=Role.FINANCE)
    for person, page in ((operator, "/admin/"), (operator, "/"), (colleague, "/workbench/")):
        assert person.browser().get(page)["Location"] == "/accounts/2fa/"
        assert person.browser().get("/accounts/2fa/").status_code == 200
        assert person.browser().post("/accounts/logout/").status_code == 302
    answer = operator.browser().get("/api/v1/notices/")
    assert (answer.status_code, bool(answer.json()["detail"])) == (403, True)
    TOTP.activate(operator.user, SECRET)
    assert operator.browser().get("/admin/").status_code == 200


def test_last_factor_of_who_must_have_one_stays(settings, operator, stranger):
    settings.MFA_REQUIRED = True
    for person, stays in ((operator, True), (stranger, False)):
        TOTP.activate(person.user, SECRET)
        client, answer = sign_in(person.user)
        client.post(answer["Location"], {"code": code()})
        cache.clear()  # a code works once
        confirm(client)
        client.post("/accounts/2fa/totp/deactivate/", {})
        assert Authenticator.objects.filter(user=person.user, type="totp").exists() == stays


def test_pages_open(stranger):
    browser = sign_in(stranger.user)[0]
    assert browser.get("/accounts/2fa/totp/activate/").status_code == 302
    assert browser.get("/accounts/reauthenticate/").status_code == 200
    confirm(browser)
    for page in ("", "totp/activate/", "webauthn/", "webauthn/add/"):
        answer = browser.get(f"/accounts/2fa/{page}")
        assert answer.status_code == 200, page


def test_setting_up_by_the_app(stranger):
    browser = confirm(sign_in(stranger.user)[0])
    page = browser.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    value = f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06d}"
    browser.post("/accounts/2fa/totp/activate/", {"code": value})
    assert Authenticator.objects.filter(user=stranger.user, type="totp").exists()
    for page in ("", "recovery-codes/", "recovery-codes/generate/", "totp/deactivate/"):
        assert browser.get(f"/accounts/2fa/{page}").status_code == 200, page
