"""How people are told: everybody's own business."""

from __future__ import annotations

from portal.notices import services
from portal.notices.fields import BotFields
from portal.notices.models import Delivery
from portal.notices.states import Channel
from portal.notices.unsubscribing import token_of
from tests.routes import Arranged, Cast

ROBOT = "https://open.feishu.cn/open-apis/bot/v2/hook/abc"

PAGES = {
    "GET notice_settings": "visitor 302, * 200",
    "POST notice_settings": "visitor 302, * 200",  # an empty form comes back
    "POST notice_test": "* 302",
    "GET delivery_list": "visitor 302, * 200",
    "GET chat_bot_list": "visitor 302, * 200",
    "POST chat_bot_list": "visitor 302, * 200",  # an empty form comes back
    "POST chat_bot_test": "visitor 302, owner 302, * 404",
    "POST chat_bot_end": "visitor 302, owner 302, * 404",
    "GET notice_unsubscribing": "* 200",
    "POST notice_unsubscribing": "* 200",  # the link is the proof
}
API = {
    "GET api-notice-choices": "visitor 401, * 200",
    "PUT api-notice-choices": "visitor 401, * 200",
    "GET api-bot-list": "visitor 401, * 200",
    "POST api-bot-list": "visitor 401, * 201",
    "GET api-bot-detail": "visitor 401, owner 200, * 404",
    "POST api-bot-test": "visitor 401, owner 201, * 404",
    "POST api-bot-end": "visitor 401, owner 200, * 404",
    "GET api-delivery-list": "visitor 401, * 200",
}
SEEN_IN_ADMIN = {
    "notices_delivery": ("operator", "auditor"),
    "notices_chatbot": ("operator",),
}


def arrange(cast: Cast) -> Arranged:
    fields = BotFields("feishu", "运营群", ROBOT, for_party=True, topics=["needs"])
    bot = services.make_bot(cast.owner.actor, fields=fields)
    services.send_test(cast.owner.actor, channel=Channel.MAIL)
    one = {"pk": bot.pk}
    own = {"kind": "feishu", "name": "我的群", "url": ROBOT}
    wish = {"topic": "needs", "mail": "digest", "sms": False, "bot": True}
    return Arranged(
        kwargs={
            "chat_bot_test": one,
            "chat_bot_end": one,
            "api-bot-detail": one,
            "api-bot-test": one,
            "api-bot-end": one,
            "notice_unsubscribing": {"token": token_of(cast.owner.user.pk, "needs")},
        },
        bodies={
            "PUT api-notice-choices": {"choices": [wish]},
            "POST api-bot-list": own,
        },
        rows={"notices_delivery": Delivery.objects.first(), "notices_chatbot": bot},
    )
