"""What the demo's operators announced: one that is over, one for everybody, one for sellers."""

from __future__ import annotations

from datetime import timedelta

from portal.core import clock
from portal.core.actor import OPERATOR, Actor
from portal.notices.fields import AnnouncementFields
from portal.notices.services import dismiss_announcement, publish_announcement
from portal.parties.demo import World, acting, cast_party, demo_user
from portal.parties.states import PartyKind


def make_announcements(world: World) -> None:
    operator = Actor(user=demo_user("operator"), party=None, role=OPERATOR, via="demo")
    now = world.dawn
    over = AnnouncementFields(
        title_zh="双十一期间审核照常",
        title_en="Reviews go on during Double Eleven",
        text_zh="11 月 1 日至 12 日，入驻和申诉按工作日时限处理，不顺延。",
        text_en="From 1 to 12 November applications and appeals keep their working-day limits.",
        starts_at=now - timedelta(days=40),
        ends_at=now - timedelta(days=28),
    )
    for_all = AnnouncementFields(
        title_zh="今年的选品会日程已排到年底",
        title_en="This year's fairs are planned to the end of the year",
        text_zh="按城市和品类查看，开放报名前可以先填好表。",
        text_en="See them by city and category; the form can be filled in before sign-up opens.",
        starts_at=now - timedelta(days=3),
        ends_at=now + timedelta(days=30),
        url="/fairs/",
    )
    for_sellers = AnnouncementFields(
        title_zh="评估方法有新版本，生效前可以试算",
        title_en="The rating method has a new version; try it before it counts",
        text_zh="每个指标的来源、样本和权重都写在方法页上。",
        text_en="Source, sample and weight of each indicator stand on the method's page.",
        weight="warn",
        audience=[PartyKind.PROVIDER, PartyKind.AGENCY],
        starts_at=now - timedelta(days=2),
        ends_at=now + timedelta(days=20),
        url="/method/",
    )
    told = []
    for fields in (over, for_all, for_sellers):
        with clock.standing_at(min(fields.starts_at, now)):
            told.append(publish_announcement(operator, fields=fields))
    dismiss_announcement(acting(cast_party(PartyKind.CREATOR)), announcement=told[1])
