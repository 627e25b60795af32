"""The daily mail, and the link that ends mails without signing in."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from portal.core import clock, outbox
from portal.core.models import AuditEntry
from portal.notices import services
from portal.notices.models import Delivery, Digest, Notice, NoticeChoice
from portal.notices.states import Mail, Outcome
from portal.notices.unsubscribing import address_of, token_of
from portal.parties.models import User
from tests.notices.making import MORNING, NOON, choose, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_told_yet")]


# --- the daily mail -------------------------------------------------------------------------------


def test_digest_gathers_what_is_unread_once_a_day_in_the_readers_language(merchant):
    User.objects.filter(pk=merchant.user.pk).update(language="en")
    choose(merchant, mail=Mail.DIGEST)
    with clock.standing_at(NOON):
        for key in ("a", "b", "c"):
            tell(merchant, key=key)
    services.read_notice(merchant.actor, notice=Notice.objects.get(key="b"))
    with clock.standing_at(MORNING):
        assert services.send_digests() == 1
        assert services.send_digests() == 0
        outbox.dispatch()
        tell(merchant, key="later")
        assert services.send_digests() == 0, "one a day"
    [message] = mail.outbox
    assert message.subject == "Your day on Trilink: 2 notices"
    assert message.body.count("谷雨粒食品 invites you") == 2
    with clock.standing_at(MORNING + timedelta(days=1)):
        assert services.send_digests() == 1
        outbox.dispatch()
    assert mail.outbox[1].subject == "Your day on Trilink: 1 notice"


def test_digest_of_what_was_read_meanwhile_is_not_sent(merchant):
    choose(merchant, mail=Mail.DIGEST)
    tell(merchant)
    services.send_digests()
    services.read_all_notices(merchant.actor)
    outbox.dispatch()
    assert mail.outbox == []
    assert Delivery.objects.get().outcome == Outcome.READ


def test_what_waited_for_a_week_is_no_news(merchant):
    choose(merchant, mail=Mail.DIGEST)
    with clock.standing_at(NOON):
        tell(merchant)
    with clock.standing_at(NOON + timedelta(days=8)):
        assert services.send_digests() == 0


def test_choosing_otherwise_empties_the_digest(merchant):
    choose(merchant, mail=Mail.DIGEST)
    tell(merchant)
    choose(merchant, mail=Mail.OFF)
    assert not Notice.objects.gathering().exists()


def test_notice_is_in_one_digest_only(merchant):
    choose(merchant, mail=Mail.DIGEST)
    tell(merchant)
    services.send_digests()
    assert Digest.objects.get().notices.count() == 1
    with pytest.raises(IntegrityError, match="one_digest"), transaction.atomic():
        Notice.objects.update(awaits_digest=True)


# --- the link that ends mails ---------------------------------------------------------------------


def link_in(message):
    return re.search(r"<(http[^>]+)>", message.extra_headers["List-Unsubscribe"])[1]


def test_one_click_ends_mails_of_the_topic_without_signing_in(merchant, settings):
    tell(merchant)
    outbox.dispatch()
    [message] = mail.outbox
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = link_in(message)
    assert link in message.body
    path = link.removeprefix(settings.SITE_URL)
    browser = Client(enforce_csrf_checks=True)
    assert browser.get(path).status_code == 200
    assert not NoticeChoice.objects.exists(), "looking changes nothing"
    once = {"List-Unsubscribe": "One-Click"}
    assert browser.post(path, once).status_code == 200
    assert browser.post(path, once).status_code == 200
    choice = NoticeChoice.objects.get()
    assert (choice.user, choice.topic, choice.mail) == (merchant.user, "proposals", Mail.OFF)
    assert AuditEntry.objects.get(verb="unsubscribe_notices").user == merchant.user
    tell(merchant, key="another")
    outbox.dispatch()
    assert len(mail.outbox) == 1


def test_link_of_the_digest_ends_digests(merchant):
    choose(merchant, mail=Mail.DIGEST)
    choose(merchant, "needs", Mail.OFF)
    tell(merchant)
    services.send_digests()
    outbox.dispatch()
    Client().post(link_in(mail.outbox[0]).partition("8000")[2])
    assert set(NoticeChoice.objects.values_list("mail", flat=True)) == {Mail.OFF}


def test_required_mail_has_no_such_link(merchant):
    tell(merchant, event="party.suspended")
    outbox.dispatch()
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers
    path = address_of(merchant.user.pk, "review").partition("8000")[2]
    assert Client().post(path).status_code == 400


@pytest.mark.parametrize("token", ["x", "WzEsIm5lZWRzIl0:abc:def"])
def test_forged_link_ends_nothing(merchant, token):
    assert Client().post(f"/notices/unsubscribing/{token}/").status_code == 400
    assert Client().get(f"/notices/unsubscribing/{token}/").status_code == 400
    assert not NoticeChoice.objects.exists()


def test_link_speaks_the_language_of_the_mail(merchant):
    User.objects.filter(pk=merchant.user.pk).update(language="en")
    path = f"/notices/unsubscribing/{token_of(merchant.user.pk, 'needs')}/"
    assert "Fewer mails" in Client().get(path).content.decode()
