"""What somebody chooses is what they get: at once, once a day, by phone, in a chat, or not."""

import json
import re
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.core import clock, outbox, vault
from portal.core.models import AuditEntry, OutboxMessage
from portal.core.verdict import Refused
from portal.notices import services
from portal.notices.fields import BotFields, Wish
from portal.notices.models import ChatBot, Delivery, Digest, Notice, NoticeChoice
from portal.notices.states import Channel, Mail, Outcome
from portal.notices.topics import OTHER, topic_of, topics
from portal.notices.unsubscribing import address_of, token_of
from portal.parties.models import User
from portal.parties.services import leave_party, tell_party
from tests.receiver import receiving

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 5, 12, tzinfo=clock.SHANGHAI)
NIGHT = datetime(2026, 3, 5, 23, tzinfo=clock.SHANGHAI)
MORNING = datetime(2026, 3, 6, 9, tzinfo=clock.SHANGHAI)


@pytest.fixture(autouse=True)
def _nothing_told_yet(merchant, provider, rival, colleague):
    """What making the cast has told them."""
    Notice.objects.all().delete()
    OutboxMessage.objects.all().delete()


def tell(*people, event="proposal.submitted", key="k", **changes):
    services.notify(
        [person.user.pk for person in people],
        **{
            "party_id": None,
            "event": event,
            "key": key,
            "sentence": "%(merchant)s invites you to answer “%(need)s”.",
            "params": {"merchant": "谷雨粒食品", "need": "茶"},
            "url": "/needs/",
        }
        | changes,
    )


def choose(person, topic="proposals", mail=Mail.NOW, **ways):
    services.choose_notices(person.actor, wishes=[Wish(topic, mail, **ways)])


def of_party(party, key="k"):
    tell_party(
        party,
        event="proposal.submitted",
        key=key,
        sentence="%(merchant)s invites you to answer “%(need)s”.",
        params={"merchant": "谷雨粒食品", "need": "茶"},
        url="/needs/",
    )


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


# --- text messages --------------------------------------------------------------------------------


def with_phone(person):
    User.objects.filter(pk=person.user.pk).update(phone="+8613800002222")


def test_urgent_notice_goes_to_the_phone_by_day(merchant):
    with_phone(merchant)
    choose(merchant, sms=True)
    with clock.standing_at(NIGHT):
        tell(merchant)
        outbox.dispatch()
        text = Delivery.objects.get(channel=Channel.SMS)
        assert text.outcome == ""
    row = OutboxMessage.objects.get(key=text.key)
    assert row.due_at == datetime(2026, 3, 6, 8, tzinfo=clock.SHANGHAI)
    with clock.standing_at(MORNING):
        outbox.dispatch()
    text.refresh_from_db()
    assert text.outcome == Outcome.SENT


def test_text_to_somebody_without_a_phone_says_so(merchant):
    choose(merchant, sms=True)
    with clock.standing_at(NOON):
        tell(merchant)
        outbox.dispatch()
    assert Delivery.objects.get(channel=Channel.SMS).outcome == Outcome.UNREACHABLE


# --- chat bots ------------------------------------------------------------------------------------


@pytest.fixture
def local(settings):
    settings.ALLOW_LOCAL_ADDRESSES = True


def make_bot(person, url, kind="wecom", **more):
    fields = BotFields(kind, "运营群", url, **more)
    return services.make_bot(person.actor, fields=fields)


def test_partys_chat_hears_an_event_once_however_many_are_told(merchant, colleague, local):
    merchant.party.membership_set.filter(user=colleague.user).update(role="manager")
    with receiving() as told:
        make_bot(merchant, told.url, for_party=True, topics=["proposals"])
        of_party(merchant.party)
        of_party(merchant.party)
        outbox.dispatch()
    assert Notice.objects.filter(event="proposal.submitted").count() == 2
    [request] = told.requests
    said = json.loads(request.body)
    assert said["msgtype"] == "text"
    assert "谷雨粒食品" in said["text"]["content"]
    assert Delivery.objects.get(channel=Channel.BOT).outcome == Outcome.SENT
    assert ChatBot.objects.get().sent_at is not None


def test_partys_chat_hears_its_topics_only_and_nothing_of_others(merchant, provider, local):
    with receiving() as told:
        make_bot(merchant, told.url, for_party=True, topics=["needs"])
        of_party(merchant.party)
        of_party(provider.party)
        tell(merchant, event="need.expired", key="mine", party_id=merchant.party.pk)
        outbox.dispatch()
    assert told.requests == [], "what one person is told is not the chat's"


def test_own_chat_follows_ones_choices(merchant, local):
    with receiving() as told:
        make_bot(merchant, told.url)
        tell(merchant, key="one")
        choose(merchant, bot=False)
        tell(merchant, key="two")
        outbox.dispatch()
    assert len(told.requests) == 1


def test_signatures_are_those_of_dingtalk_and_feishu(merchant, local):
    """Figures reckoned by hand with openssl from the makers' own descriptions."""
    with receiving() as told, clock.standing_at(datetime(2026, 1, 1, tzinfo=clock.SHANGHAI)):
        make_bot(merchant, f"{told.url}/robot/send?access_token=a", "dingtalk", secret="SECab")
        make_bot(merchant, f"{told.url}/hook/b", "feishu", secret="SECab")
        tell(merchant)
        outbox.dispatch()
    ding = next(one for one in told.requests if "access_token" in one.path)
    lark = next(one for one in told.requests if one.path == "/hook/b")
    assert "&timestamp=1767196800000&sign=" in ding.path
    said = json.loads(lark.body)
    assert (said["timestamp"], said["msg_type"]) == ("1767196800", "text")
    assert said["sign"]
    assert "&" not in ding.path.partition("&sign=")[2], "the signature is quoted"


def test_robot_that_refuses_is_tried_again_and_given_up(merchant, local):
    with receiving() as told:
        told.body = b'{"errcode": 93000, "errmsg": "invalid webhook url"}'
        with clock.standing_at(NOON):
            make_bot(merchant, told.url)
            choose(merchant, mail=Mail.OFF)
            tell(merchant)
            outbox.dispatch()
            delivery = Delivery.objects.get()
            row = OutboxMessage.objects.get(key=delivery.key)
            assert (delivery.outcome, row.attempts) == ("", 1)
            assert "93000" in row.error
        with clock.standing_at(NOON + timedelta(days=2)):
            outbox.dispatch()
    delivery.refresh_from_db()
    assert (delivery.outcome, delivery.problem) == (Outcome.FAILED, "robot's error 93000")


def test_ended_chat_hears_nothing_and_its_address_is_gone(merchant, local):
    with receiving() as told:
        bot = make_bot(merchant, told.url)
        tell(merchant)
        services.end_bot(merchant.actor, bot=bot)
        outbox.dispatch()
    assert told.requests == []
    bot.refresh_from_db()
    assert bytes(bot.url_sealed) == b""


def test_address_is_sealed_and_stands_nowhere(merchant, local):
    bot = make_bot(merchant, "http://127.0.0.1:9/hook/very-secret", "feishu", secret="SEC-hidden")
    assert vault.unseal(bot.url_sealed).endswith("very-secret")
    written = str(list(AuditEntry.objects.values())) + str(list(OutboxMessage.objects.values()))
    for secret in ("very-secret", "SEC-hidden"):
        assert secret not in written
        assert secret not in str(list(ChatBot.objects.values()))
        assert secret not in merchant.browser().get("/notices/bots/").content.decode()


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        (BotFields("wecom", "群", "https://example.com/hook"), 422),  # no robot's host
        (BotFields("wecom", "群", "https://127.0.0.1/hook"), 422),
        (BotFields("wecom", "群", "https://qyapi.weixin.qq.com.evil.example/"), 422),
        (BotFields("irc", "群", "https://qyapi.weixin.qq.com/cgi-bin"), 422),
        (BotFields("wecom", " ", "https://qyapi.weixin.qq.com/cgi-bin"), 422),
        (BotFields("wecom", "群", "https://qyapi.weixin.qq.com/x", secret="s"), 422),
        (BotFields("wecom", "群", "https://qyapi.weixin.qq.com/x", for_party=True), 422),
    ],
)
def test_chat_bot_that_cannot_be_is_refused(merchant, fields, status):
    with pytest.raises(Refused) as caught:
        services.make_bot(merchant.actor, fields=fields)
    assert caught.value.verdict.status == status
    assert not ChatBot.objects.exists()


def test_partys_chat_is_its_managers(merchant, colleague, provider):
    fields = BotFields(
        "wecom", "群", "https://qyapi.weixin.qq.com/x", for_party=True, topics=["needs"]
    )
    with pytest.raises(Refused) as caught:
        services.make_bot(colleague.actor, fields=fields)
    assert caught.value.verdict.status == 403
    bot = services.make_bot(merchant.actor, fields=fields)
    assert not ChatBot.objects.visible_to(colleague.actor).exists()
    for person in (colleague, provider):
        with pytest.raises(Refused) as caught:
            services.end_bot(person.actor, bot=bot)
        assert caught.value.verdict.status == 403


def test_partys_chat_ends_with_who_made_it(merchant, colleague):
    merchant.party.membership_set.filter(user=colleague.user).update(role="manager")
    actor = colleague.actor.__class__(colleague.user, merchant.party, "manager", "web")
    fields = BotFields(
        "wecom", "群", "https://qyapi.weixin.qq.com/x", for_party=True, topics=["needs"]
    )
    theirs = services.make_bot(actor, fields=fields)
    stays = services.make_bot(merchant.actor, fields=fields)
    leave_party(actor, party=merchant.party)
    theirs.refresh_from_db()
    stays.refresh_from_db()
    assert theirs.ended_at is not None
    assert bytes(theirs.url_sealed) == b""
    assert stays.ended_at is None


def test_at_most_five_chats(merchant):
    fields = BotFields("wecom", "群", "https://qyapi.weixin.qq.com/x")
    for _number in range(5):
        services.make_bot(merchant.actor, fields=fields)
    with pytest.raises(Refused) as caught:
        services.make_bot(merchant.actor, fields=fields)
    assert caught.value.verdict.status == 409


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
