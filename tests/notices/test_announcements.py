"""Operators announce; everybody it is for reads it until they put it away."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Kind, Refused
from portal.notices import services
from portal.notices.fields import AnnouncementFields
from portal.notices.models import Announcement, AnnouncementDismissal
from portal.notices.selectors import banners_for, forget_banners
from tests import factories

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def fields(**changes):
    now = clock.now()
    given = {
        "title_zh": "周日凌晨维护",
        "title_en": "Maintenance on Sunday night",
        "starts_at": now,
        "ends_at": now + timedelta(days=2),
    }
    return AnnouncementFields(**given | changes)


def shown(person):
    forget_banners()
    client = person.browser() if person else Client()
    page = BeautifulSoup(client.get("/needs/").content, "html.parser")
    return [note["id"] for note in page.select('.note[id^="announcement-"]')]


def test_banner_is_for_its_audience_and_its_time(merchant, provider, operator):
    all_ = factories.announcement()
    sellers = factories.announcement(audience=["merchant"], weight="warn")
    staff = factories.announcement(audience=["staff"], weight="urgent")
    later = clock.now() + timedelta(hours=3)
    factories.announcement(starts_at=later, ends_at=later + timedelta(days=1))
    services.end_announcement(factories.SYSTEM, announcement=factories.announcement())
    ids = {name: f"announcement-{row.pk}" for name, row in vars().items() if hasattr(row, "pk")}
    assert shown(merchant) == [ids["sellers"], ids["all_"]], "the louder one first"
    assert shown(provider) == shown(None) == [ids["all_"]]
    assert shown(operator) == [ids["staff"], ids["all_"]]
    visible = Announcement.objects.visible_to
    assert visible(provider.actor).count() == 2, "what is over stays in the history"
    assert visible(operator.actor).count() == 4
    assert provider.browser().get(staff.get_absolute_url()).status_code == 404
    assert Client().get(all_.get_absolute_url()).status_code == 200
    assert sellers.title_zh in merchant.browser().get("/announcements/").content.decode()


def test_person_puts_a_banner_away_for_themselves(merchant, provider):
    row = factories.announcement()
    address = f"/announcements/{row.pk}/dismissal/"
    client = merchant.browser()
    assert client.post(address, headers=HTMX).content == b"", "htmx takes it off the page"
    away = client.post(address, {"next": "/needs/"})
    assert (away.status_code, away["Location"]) == (302, "/needs/")
    assert client.post(address, {"next": "//evil.example"})["Location"] == "/announcements/"
    assert AnnouncementDismissal.objects.count() == 1
    assert (shown(merchant), shown(provider)) == ([], [f"announcement-{row.pk}"])
    told = client.get("/api/v1/announcements/").json()["results"]
    assert [(one["id"], one["is_dismissed"], one["is_current"]) for one in told] == [
        (row.pk, True, True)
    ]
    assert Client().post(address).status_code == 302
    assert AnnouncementDismissal.objects.count() == 1


def test_banners_cost_one_query_however_many_and_none_without(merchant):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            banners_for(merchant.actor)
        return len(queries)

    forget_banners()
    assert (cost(), cost()) == (1, 0), "asked once, then kept"
    for number in range(3):
        factories.announcement(title_zh=str(number))
        forget_banners()
        banners_for(merchant.actor)
        assert cost() == 1
    assert len(banners_for(merchant.actor)) == 2


def test_reader_sees_their_own_language(merchant):
    row = factories.announcement(text_zh="停机一小时。", text_en="An hour of silence.")
    with translation.override("zh-hans"):
        assert (row.title, row.text) == ("周日凌晨维护", "停机一小时。")
    with translation.override("en"):
        assert (row.title, row.text) == ("Maintenance on Sunday night", "An hour of silence.")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title_en": "  "}, "title_en"),
        ({"title_zh": "a\nb"}, "title_zh"),
        ({"text_zh": "只有中文"}, "text_en"),
        ({"weight": "loud"}, "weight"),
        ({"audience": ["kings"]}, "audience"),
        ({"ends_at": clock.now() - timedelta(days=1)}, "ends_at"),
        ({"ends_at": clock.now() + timedelta(days=900)}, "ends_at"),
        ({"url": "//evil.example"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "http://plain.example"}, "url"),
    ],
)
def test_announcement_that_is_not_sound_changes_nothing(operator, changes, field):
    with pytest.raises(Refused) as refused:
        services.publish_announcement(operator.actor, fields=fields(**changes))
    assert [flaw.field for flaw in refused.value.verdict.flaws] == [field]
    assert not Announcement.objects.exists()


def test_only_operators_announce(merchant, operator):
    row = services.publish_announcement(operator.actor, fields=fields())
    for act in (
        lambda: services.publish_announcement(merchant.actor, fields=fields()),
        lambda: services.change_announcement(merchant.actor, announcement=row, fields=fields()),
        lambda: services.end_announcement(merchant.actor, announcement=row),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.verdict.kind == Kind.FORBIDDEN
    changed = services.change_announcement(
        operator.actor, announcement=row, fields=fields(title_zh="改期")
    )
    assert changed.title_zh == "改期"
    services.end_announcement(operator.actor, announcement=row)
    with pytest.raises(Refused):
        services.end_announcement(operator.actor, announcement=row)
    verbs = AuditEntry.objects.filter(object_type="notices.announcement").order_by("pk")
    assert [entry.verb for entry in verbs] == [
        "publish_announcement",
        "change_announcement",
        "end_announcement",
    ]
    assert verbs[1].before["title_zh"] == "周日凌晨维护"


def test_database_refuses_a_link_that_leads_astray(operator):
    row = factories.announcement()
    for url in ("//x", "ftp://x", "x"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Announcement.objects.filter(pk=row.pk).update(url=url)


def test_operators_write_and_end_it_in_the_admin(operator):
    client = operator.browser()
    now = clock.now().astimezone(clock.SHANGHAI)
    form = {
        "title_zh": "新增赛道",
        "title_en": "A new track",
        "weight": "info",
        "audience": ["agency", "creator"],
        "starts_at_0": f"{now:%Y-%m-%d}",
        "starts_at_1": f"{now:%H:%M:%S}",
        "ends_at_0": f"{now + timedelta(days=1):%Y-%m-%d}",
        "ends_at_1": "12:00:00",
        "url": "x",
    }
    refused = client.post("/admin/notices/announcement/add/", form)
    assert list(refused.context["adminform"].form.errors) == ["url"]
    assert client.post("/admin/notices/announcement/add/", form | {"url": ""}).status_code == 302
    row = Announcement.objects.get()
    assert (row.audience, row.created_by) == (["agency", "creator"], operator.user)
    page = f"/admin/notices/announcement/{row.pk}/change/"
    client.post(page, form | {"url": "/fairs/", "title_zh": "新增两条赛道"})
    row.refresh_from_db()
    assert (row.url, row.title_zh, row.created_by) == ("/fairs/", "新增两条赛道", operator.user)
    client.post("/admin/notices/announcement/", {"action": "end", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert not row.is_current
