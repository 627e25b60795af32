"""How people are told: everybody's own business."""

from __future__ import annotations

from portal.notices import services
from portal.notices.fields import BotFields
from portal.notices.models import Delivery
from portal.notices.states import Channel
from portal.notices.unsubscribing import token_of
from tests import factories
from tests.routes import Arranged, Cast

ROBOT = "https://open.feishu.cn/open-apis/bot/v2/hook/abc"

PAGES = {
    "GET announcement_list": "* 200",
    "GET announcement_detail": "* 200",
    "GET announcement_detail@sellers": "owner 200, member 200, staff 200, administrator 200, * 404",
    "POST announcement_dismissal": "* 302",
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
    "GET api-announcement-list": "visitor 401, * 200",
    "GET api-announcement-detail": "visitor 401, * 200",
    "POST api-announcement-dismissal": "visitor 401, * 200",
    "GET api-notice-choices": "visitor 401, * 200",
    "PUT api-notice-choices": "visitor 401, * 200",
    "GET api-bot-list": "visitor 401, * 200",
    "POST api-bot-list": "visitor 401, * 201",
    "GET api-bot-detail": "visitor 401, owner 200, * 404",
    "POST api-bot-test": "visitor 401, owner 201, * 404",
    "POST api-bot-end": "visitor 401, owner 200, * 404",
    "GET api-delivery-list": "visitor 401, * 200",
}
WRITERS = "operator 200, administrator 200, staff 403, * 302"
ADMIN = {
    "GET admin:notices_announcement_changelist": WRITERS,
    "GET admin:notices_announcement_history": WRITERS,
    "GET admin:notices_announcement_change": WRITERS,
    "POST admin:notices_announcement_change": WRITERS,  # an empty form comes back
    "GET admin:notices_announcement_add": WRITERS,
    "POST admin:notices_announcement_add": WRITERS,
    "GET admin:notices_announcement_delete": "staff 403, * 302",
    "POST admin:notices_announcement_delete": "staff 403, * 302",
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
    told = factories.announcement()
    for_all, sellers = {"pk": told.pk}, {"pk": factories.announcement(audience=["merchant"]).pk}
    own = {"kind": "feishu", "name": "我的群", "url": ROBOT}
    wish = {"topic": "needs", "mail": "digest", "sms": False, "bot": True}
    return Arranged(
        kwargs={
            "announcement_detail": for_all,
            "announcement_detail@sellers": sellers,
            "announcement_dismissal": for_all,
            "api-announcement-detail": for_all,
            "api-announcement-dismissal": for_all,
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
        rows={
            "notices_announcement": told,
            "notices_delivery": Delivery.objects.first(),
            "notices_chatbot": bot,
        },
    )
