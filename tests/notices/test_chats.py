"""Notices on phones and in chats."""

import json
from datetime import datetime, timedelta

import pytest

from portal.core import clock, outbox, vault
from portal.core.models import AuditEntry, OutboxMessage
from portal.core.verdict import Refused
from portal.notices import services
from portal.notices.fields import BotFields
from portal.notices.models import ChatBot, Delivery, Notice
from portal.notices.states import Channel, Mail, Outcome
from portal.parties.models import User
from portal.parties.services import leave_party
from tests.notices.making import MORNING, NIGHT, NOON, choose, make_bot, of_party, tell
from tests.receiver import receiving

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_told_yet")]


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
