"""How people and machines are told, keys of others, and a cooperation, as both sides meet them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from matchmaking.cooperation import services as cooperations
from matchmaking.cooperation.demo import pay_something
from matchmaking.cooperation.fields import AmendmentFields, ObligationFields, ReviewFields
from matchmaking.needs.services import accept_proposal
from portal.core import clock
from portal.notices import services as notices
from portal.notices.fields import BotFields
from portal.notices.states import Channel
from portal.parties import services as parties
from portal.parties.fields import GrantFields, KeyFields
from portal.webhooks import services as webhooks
from portal.webhooks.fields import WebhookFields
from tests import factories
from tests.conftest import person_of
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told(transactional_db):
    """A merchant with a chat, a webhook, an ERP that acts for it, and two cooperations."""
    buyer = person_of(factories.listed_party("merchant", "谷雨粒食品"))
    seller = person_of(factories.listed_party("provider", "云帆电商"))
    robot = "https://open.feishu.cn/open-apis/bot/v2/hook/abc"
    notices.make_bot(buyer.actor, fields=BotFields("feishu", "我的群", robot))
    chat = BotFields("wecom", "运营群", "https://qyapi.weixin.qq.com/x", "", True, ["needs"])
    notices.make_bot(buyer.actor, fields=chat)
    notices.send_test(buyer.actor, channel=Channel.MAIL)
    fields = WebhookFields("https://8.8.8.8/hook", ["need.published", "proposal.submitted"])
    hook, _secret = webhooks.make_webhook(buyer.actor, party=buyer.party, fields=fields)
    sent = webhooks.send_test(buyer.actor, webhook=hook)
    scopes = ["trade:read", "trade:write"]
    key, _plain = parties.make_key(
        seller.actor, party=seller.party, fields=KeyFields("ERP", scopes, 365)
    )
    given = GrantFields(key.prefix, scopes, 365)
    parties.give_grant(buyer.actor, party=buyer.party, fields=given)
    return buyer, seller, hook, sent, *_cooperations(buyer, seller)


def _cooperations(buyer, seller):
    """One that runs with something of everything, one that is over and reviewed."""
    start = clock.now() - timedelta(days=40)
    with clock.standing_at(start):
        two, one = _agree(buyer, seller), _agree(buyer, seller)
    with clock.standing_at(start + timedelta(days=31)):
        cooperations.sweep_cooperations(SYSTEM)
        two.refresh_from_db()
        pay_something(two)
        for side in (buyer, seller):
            cooperations.complete_cooperation(side.actor, cooperation=two)
        for side, text in ((buyer, "准时，沟通顺畅。"), (seller, "付款及时。")):
            stars = ReviewFields(5, 4, 5, text)
            cooperations.give_review(side.actor, cooperation=two, fields=stars)
        late = _duty(seller, one, "提交首周复盘", 2)
        done = _duty(seller, one, "完成直播间搭建", 3)
        cooperations.finish_obligation(seller.actor, obligation=done, note="照片见附件")
    _duty(buyer, one, "寄送样品 20 件", 9)
    _duty(seller, one, "备足首月库存", 12, is_ours=False)
    change = AmendmentFields(one.ends_on + timedelta(days=60), "每日直播 6 小时。", "增加时段")
    cooperations.propose_amendment(seller.actor, cooperation=one, fields=change)
    assert late.days_late
    return one, two


def _agree(buyer, seller):
    need = factories.open_need(buyer.actor)
    proposal = factories.submitted_proposal(seller.actor, need)
    return accept_proposal(buyer.actor, proposal=proposal)


def _duty(person, cooperation, title, days, *, is_ours=True):
    due = clock.today() + timedelta(days=days)
    fields = ObligationFields(title, due, is_ours=is_ours)
    return cooperations.add_obligation(person.actor, cooperation=cooperation, fields=fields)


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
def test_pages_of_being_told(told, open_page, check_page, picture, phone):
    buyer, _seller, hook, sent, one, two = told
    size = "phone" if phone else "wide"
    page = open_page(buyer.user, phone=phone)
    for path, name in (
        ("/notices/settings/", "told-settings"),
        ("/notices/bots/", "told-bots"),
        ("/notices/messages/", "told-messages"),
        (f"/parties/{buyer.party.pk}/webhooks/", "told-webhooks"),
        (hook.get_absolute_url(), "told-webhook"),
        (sent.get_absolute_url(), "told-delivery"),
        ("/webhooks/events/", "told-events"),
        (f"/parties/{buyer.party.pk}/keys/", "told-keys"),
        (one.get_absolute_url(), "told-cooperation"),
        (two.get_absolute_url(), "told-over"),
        (f"{one.get_absolute_url()}ending/", "told-ending"),
        ("/workbench/", "told-workbench"),
        (f"/merchants/{buyer.party.pk}/", "told-profile"),
    ):
        page.goto(path)
        check_page(page)
        picture(page, f"{name}-{size}")
