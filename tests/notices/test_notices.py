"""The inbox: each told once, in their language, read by themselves only."""

import pytest
from django.core import mail
from django.utils import translation

from portal.core import outbox
from portal.core.models import OutboxMessage
from portal.notices import services
from portal.notices.models import Notice
from portal.notices.sending import deliver
from portal.parties.models import User

pytestmark = pytest.mark.django_db


def tell(*people, key="k", **changes):
    services.notify(
        [person.user.pk for person in people],
        **{
            "party_id": None,
            "event": "test",
            "key": key,
            "sentence": "%(merchant)s invites you to answer “%(need)s”.",
            "params": {"merchant": "谷雨粒食品", "need": "100%s <b>"},
            "url": "/needs/",
        }
        | changes,
    )


def test_person_is_told_once_of_an_event(stranger, operator):
    tell(stranger, operator)
    tell(stranger, operator)
    tell(stranger, key="another")
    assert Notice.objects.count() == 3
    assert OutboxMessage.objects.count() == 3


def test_sentence_is_read_in_the_readers_language(stranger):
    tell(stranger)
    notice = Notice.objects.get()
    with translation.override("en"):
        assert notice.text == "谷雨粒食品 invites you to answer “100%s <b>”."
    with translation.override("zh-hans"):
        assert "invites" not in notice.text


def test_mail_follows_in_the_readers_language(stranger):
    User.objects.filter(pk=stranger.user.pk).update(language="en")
    tell(stranger)
    outbox.dispatch()
    (message,) = mail.outbox
    assert message.to == [stranger.user.email]
    assert message.subject == "谷雨粒食品 invites you to answer “100%s <b>”."
    assert "/needs/" in message.body
    assert "&lt;" not in message.body, "plain text is not escaped"


def test_mail_is_not_sent_for_what_was_read_nor_to_who_left(stranger, operator):
    tell(stranger, operator)
    mine = Notice.objects.get(user=stranger.user)
    services.read_notice(stranger.actor, notice=mine)
    User.objects.filter(pk=operator.user.pk).update(is_active=False)
    outbox.dispatch()
    deliver(10**9)
    assert mail.outbox == []


def test_notice_is_read_by_its_own_reader_only(stranger, merchant):
    tell(stranger)
    notice = Notice.objects.get(user=stranger.user)
    services.read_notice(merchant.actor, notice=notice)
    services.read_all_notices(merchant.actor)
    notice.refresh_from_db()
    assert notice.read_at is None
    assert services.read_all_notices(stranger.actor) == 1
    first = Notice.objects.get(pk=notice.pk).read_at
    services.read_notice(stranger.actor, notice=notice)
    assert Notice.objects.get(pk=notice.pk).read_at == first


def test_notice_opened_speaks_for_its_party_if_one_may(merchant, provider):
    tell(merchant, party_id=provider.party.pk)
    notice = Notice.objects.get(user=merchant.user, key="k")
    client = merchant.browser()
    answer = client.post(f"/notices/{notice.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, "/needs/")
    assert "party" not in client.session
    Notice.objects.filter(pk=notice.pk).update(party_id=merchant.party.pk)
    client.post(f"/notices/{notice.pk}/")
    assert client.session["party"] == merchant.party.pk


def test_inbox_escapes_what_people_wrote(stranger):
    tell(stranger, params={"merchant": "<script>x</script>", "need": "n"})
    page = stranger.browser().get("/notices/").content.decode()
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_inbox_goes_page_by_page(stranger):
    for number in range(25):
        tell(stranger, key=str(number))
    client = stranger.browser()
    first = client.get("/notices/").context["page"]
    second = client.get("/notices/", {"cursor": first.next}).context["page"]
    assert [len(first.rows), len(second.rows)] == [20, 5]
    assert not {n.pk for n in first.rows} & {n.pk for n in second.rows}
