"""Whoever changes how an account is entered: its person hears of it, by mail or on the phone."""

from __future__ import annotations

import re
from pathlib import Path

import allauth
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.cache import cache
from django.test import Client

from portal.core import outbox
from portal.core.models import AuditEntry, OutboxMessage
from portal.notices.models import Delivery, Notice
from portal.notices.states import Channel
from portal.parties import services
from portal.parties.models import User
from portal.parties.services.security import SENTENCES
from tests import factories
from tests.parties.test_second_factor import SECRET, code, confirm, sign_in

pytestmark = pytest.mark.django_db
AGENT = "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0"
NEW = "another-long-password-7"


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()


def told(person):
    events = Notice.objects.filter(user=person.user, event__startswith="account.")
    return list(events.order_by("pk").values_list("event", flat=True))


def browser_of(person):
    browser, _answer = sign_in(person.user, headers={"User-Agent": AGENT})
    return browser


def change_password(browser):
    data = {"oldpassword": factories.PASSWORD, "password1": NEW, "password2": NEW}
    return browser.post("/accounts/password/change/", data, headers={"User-Agent": AGENT})


@pytest.mark.parametrize(("language", "words"), [("en", "password was"), ("zh-hans", "Windows")])
def test_changed_password_is_mailed_in_the_persons_language(stranger, language, words):
    User.objects.filter(pk=stranger.user.pk).update(language=language)
    stranger.user.refresh_from_db()
    assert change_password(browser_of(stranger)).status_code == 302
    assert told(stranger) == ["account.password_changed"]
    notice = Notice.objects.get(event="account.password_changed")
    assert notice.params == {"device": "Chrome · Windows", "place": "127.0.*.*"}
    outbox.dispatch()
    [letter] = mail.outbox
    assert letter.to == [stranger.user.email]
    assert words in letter.subject + letter.body
    row = AuditEntry.objects.get(verb="secure_account")
    assert (row.user, row.after) == (stranger.user, {"change": "password_changed"})


def test_refused_change_is_not_told_of(stranger):
    browser = browser_of(stranger)
    data = {"oldpassword": "wrong", "password1": NEW, "password2": NEW}
    assert browser.post("/accounts/password/change/", data).status_code == 200
    assert told(stranger) == []


def test_second_factor_that_goes_is_told_of(stranger):
    TOTP.activate(stranger.user, SECRET)
    browser, answer = sign_in(stranger.user)
    browser.post(answer["Location"], {"code": code()})
    cache.clear()  # a code works once
    confirm(browser)
    browser.post("/accounts/2fa/totp/deactivate/", {})
    assert not Authenticator.objects.filter(user=stranger.user, type="totp").exists()
    assert told(stranger) == ["account.totp_deactivated"]


def test_both_addresses_hear_of_a_new_one(stranger):
    old = stranger.user.email
    EmailAddress.objects.create(user=stranger.user, email=old, verified=True, primary=True)
    new = EmailAddress.objects.create(user=stranger.user, email="new@example.com", verified=True)
    browser = confirm(browser_of(stranger))
    browser.post("/accounts/email/", {"email": new.email, "action_primary": ""})
    stranger.user.refresh_from_db()
    assert stranger.user.email == "new@example.com"
    assert told(stranger) == ["account.email_changed"]
    outbox.dispatch()
    assert sorted(address for letter in mail.outbox for address in letter.to) == sorted(
        [old, "new@example.com"]
    )
    assert not any("new@example.com" in letter.body for letter in mail.outbox if letter.to == [old])


def test_another_phone_is_told_of_and_the_first_one_is_not(stranger):
    services.set_phone(stranger.actor, phone="+8613800002222")
    assert told(stranger) == []
    services.set_phone(stranger.actor, phone="+8613800003333")
    assert told(stranger) == ["account.phone_changed"]


def test_number_of_before_is_texted_and_stands_nowhere_in_clear(stranger, settings, caplog):
    settings.SMS_URL = "console://"
    services.set_phone(stranger.actor, phone="+8613800002222")
    services.set_phone(stranger.actor, phone="+8613800003333")
    [message] = OutboxMessage.objects.filter(task="portal.parties.tasks.tell_old_phone")
    assert "13800002222" not in str(message.payload)
    with caplog.at_level("INFO"):
        outbox.dispatch()
    [text] = [line for line in caplog.records if getattr(line, "template", "") == "notice"]
    assert text.to.endswith("2222")


def test_who_has_no_mail_is_texted():
    person = User.objects.create_user(None, None, phone="+8613800004444", name="小路")
    services.note_security_change(
        person, change="webauthn_added", agent=AGENT, address="198.51.100.7"
    )
    texts = Delivery.objects.filter(channel=Channel.SMS)
    assert [text.user_id for text in texts] == [person.pk]
    both = factories.user("both@example.com", "两样都有")
    services.note_security_change(both, change="webauthn_added", agent="", address="")
    assert texts.count() == 1


def test_every_change_that_allauth_tells_of_has_a_sentence():
    root = Path(allauth.__file__).parent
    sources = "".join(path.read_text() for path in root.glob("*/**/flows*.py"))
    sources += "".join(path.read_text() for path in root.glob("*/**/flows/*.py"))
    found = re.findall(r'send_notification_mail\(\s*"(?:account|mfa)/email/(\w+)"', sources)
    assert found
    assert set(found) <= set(SENTENCES)


def test_visitor_changes_nothing():
    assert change_password(Client()).status_code == 302
    assert not Notice.objects.exists()
