"""The mails of sign-up, confirmation and lost passwords: in the site's own words."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db
THEIRS = ("Hello from", "Thank you for using", "testserver!", "[testserver]", "您好")


def only_letter():
    [letter] = mail.outbox
    assert letter.body.rstrip().endswith(("Trilink", "铁三角"))
    assert not any(words in letter.subject + letter.body for words in THEIRS)
    assert "\n" not in letter.subject
    return letter


def ask_reset(client, email):
    client.post(reverse("account_reset_password"), {"email": email})
    return only_letter()


def test_new_password(client, stranger):
    EmailAddress.objects.create(
        user=stranger.user, email=stranger.user.email, verified=True, primary=True
    )
    letter = ask_reset(client, stranger.user.email)
    assert "/accounts/password/reset/key/" in letter.body


def test_address_nobody_has(client):
    assert reverse("account_signup") in ask_reset(client, "nobody@example.com").body


def test_address_to_confirm(stranger):
    address = EmailAddress.objects.create(user=stranger.user, email="new@example.com")
    browser = stranger.browser()
    browser.post(reverse("account_email"), {"action_send": "", "email": address.email})
    letter = only_letter()
    assert "/accounts/confirm-email/" in letter.body
    assert str(stranger.user) in letter.body


def test_sign_up_with_an_address_that_has_an_account(client, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    person = factories.user("here@example.com")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    form = {
        "email": person.email,
        "password1": factories.PASSWORD,
        "name": "某人",
        "terms": "on",
        "privacy": "on",
    }
    client.post(reverse("account_signup"), form)
    assert reverse("account_reset_password") in only_letter().body
