"""What somebody chooses is what they get: at once, once a day, by phone, in a chat, or not."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation

from portal.core import clock, outbox
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices import services
from portal.notices.fields import Wish
from portal.notices.models import Delivery, Notice, NoticeChoice
from portal.notices.states import Channel, Mail, Outcome
from portal.notices.topics import OTHER, topic_of, topics
from tests.notices.making import NOON, choose, make_bot, tell
from tests.receiver import receiving

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_told_yet")]


# --- topics ---------------------------------------------------------------------------------------


def test_every_topic_has_a_name_of_its_own_and_events():
    names = [topic.name for topic in topics()]
    assert len(names) == len(set(names))
    assert topic_of("proposal.accepted").name == "proposals"
    assert topic_of("account.new_device").is_required
    assert topic_of("never.heard.of") is OTHER


# --- choosing -------------------------------------------------------------------------------------


def test_mail_is_sent_as_chosen(merchant, provider, rival):
    choose(provider, mail=Mail.OFF)
    choose(rival, mail=Mail.DIGEST)
    tell(merchant, provider, rival)
    outbox.dispatch()
    assert [message.to for message in mail.outbox] == [[merchant.user.email]]
    assert Notice.objects.count() == 3, "the inbox is told whatever was chosen"
    assert Notice.objects.gathering().get().user == rival.user
    sent = Delivery.objects.get()
    assert (sent.outcome, sent.channel, sent.user) == (Outcome.SENT, Channel.MAIL, merchant.user)


def test_choice_is_of_its_topic_only(merchant):
    choose(merchant, "needs", Mail.OFF)
    tell(merchant, event="need.expired")
    tell(merchant, event="proposal.submitted", key="other")
    outbox.dispatch()
    assert len(mail.outbox) == 1


def test_required_mail_cannot_be_turned_off(merchant):
    for mode in (Mail.OFF, Mail.DIGEST):
        with pytest.raises(Refused) as caught:
            choose(merchant, "security", mode)
        assert caught.value.verdict.status == 422
    assert not NoticeChoice.objects.exists()
    NoticeChoice.objects.create(user=merchant.user, topic="security", mail=Mail.OFF)
    tell(merchant, event="account.new_device")
    outbox.dispatch()
    assert len(mail.outbox) == 1, "even if a row says otherwise"


@pytest.mark.parametrize(
    "wish", [Wish("nothing", "now"), Wish("needs", "hourly"), Wish("needs", "now", sms=True)]
)
def test_wish_that_cannot_be_is_refused(merchant, wish):
    with pytest.raises(Refused) as caught:
        services.choose_notices(merchant.actor, wishes=[wish])
    assert caught.value.verdict.status == 422
    assert not NoticeChoice.objects.exists()


def test_choosing_is_written_down_once(merchant):
    choose(merchant, mail=Mail.OFF)
    choose(merchant, mail=Mail.OFF)
    entry = AuditEntry.objects.get(verb="choose_notices")
    assert (entry.user, entry.after["mail"]) == (merchant.user, "off")


def test_page_shows_and_saves_choices(merchant):
    browser = merchant.browser()
    page = browser.get("/notices/settings/")
    assert 'name="mail-proposals"' in page.content.decode()
    assert 'name="mail-security"' not in page.content.decode()
    form = {f"mail-{topic.name}": "digest" for topic in topics() if not topic.is_required}
    assert browser.post("/notices/settings/", form).status_code == 302
    assert set(NoticeChoice.objects.values_list("topic", "mail")) >= {("proposals", "digest")}
    assert NoticeChoice.objects.get(topic="security").mail == Mail.NOW


def test_api_says_and_changes_choices(merchant):
    client = merchant.browser()
    body = {"choices": [{"topic": "needs", "mail": "off", "sms": False, "bot": False}]}
    answer = client.put(
        "/api/v1/notice-choices/", json.dumps(body), content_type="application/json"
    )
    chosen = {one["topic"]: one for one in answer.json()["choices"]}
    assert (chosen["needs"]["mail"], chosen["security"]["is_required"]) == ("off", True)
    wrong = {"choices": [{"topic": "security", "mail": "off", "sms": False, "bot": False}]}
    refused = client.put(
        "/api/v1/notice-choices/", json.dumps(wrong), content_type="application/json"
    )
    assert refused.status_code == 422


# --- tests and the log ----------------------------------------------------------------------------


def test_test_message_arrives_and_stands_in_the_log(merchant):
    browser = merchant.browser()
    browser.post("/notices/settings/test/", {"channel": "mail"})
    outbox.dispatch()
    assert [message.to for message in mail.outbox] == [[merchant.user.email]]
    with translation.override("zh-hans"):
        assert str(Outcome.SENT.label) in browser.get("/notices/messages/").content.decode()


def test_tests_are_few_an_hour(merchant):
    for _number in range(10):
        services.send_test(merchant.actor, channel=Channel.MAIL)
    with pytest.raises(Refused) as caught:
        services.send_test(merchant.actor, channel=Channel.MAIL)
    assert caught.value.verdict.status == 409
    with clock.standing_at(clock.now() + timedelta(hours=2)):
        services.send_test(merchant.actor, channel=Channel.MAIL)


def test_log_is_ones_own_with_as_many_queries_for_one_as_for_three(
    merchant, provider, django_assert_num_queries, django_assert_max_num_queries
):
    browser = merchant.browser()
    tell(merchant, provider)
    browser.get("/notices/messages/")
    with django_assert_max_num_queries(12) as first:
        browser.get("/notices/messages/")
    tell(merchant, provider, key="two")
    tell(merchant, provider, key="three")
    with django_assert_num_queries(len(first)):
        page = browser.get("/notices/messages/")
    assert len(page.context["lines"]) == 3


def test_history_is_not_sent(merchant, local):
    with receiving() as told:
        make_bot(merchant, told.url)
        with outbox.born_delivered():
            tell(merchant)
        outbox.dispatch()
    assert mail.outbox == []
    assert told.requests == []
    assert not Delivery.objects.exists()


def test_old_messages_are_forgotten(merchant):
    with clock.standing_at(NOON):
        tell(merchant)
        outbox.dispatch()
        assert services.prune_deliveries() == 0
    with clock.standing_at(NOON + timedelta(days=91)):
        assert services.prune_deliveries() == 1
    assert Notice.objects.exists()


def test_every_way_has_its_column_and_leads_to_where_it_is_opened(stranger):
    """Without a number and without a chat the boxes are shown, cannot be ticked, and stay."""
    page = stranger.browser().get("/notices/settings/")
    shown = page.content.decode()
    assert reverse("my_phone") in shown
    assert reverse("chat_bot_list") in shown
    form = page.context["form"]
    ticks = [name for name in form.fields if name.startswith(("sms-", "bot-"))]
    assert ticks
    assert all(form.fields[name].disabled for name in ticks)
    asked = dict.fromkeys(ticks, "on") | {
        name: field.initial for name, field in form.fields.items() if name.startswith("mail-")
    }
    assert stranger.browser().post("/notices/settings/", asked).status_code == 302
    assert not NoticeChoice.objects.filter(user=stranger.user, sms=True).exists()
