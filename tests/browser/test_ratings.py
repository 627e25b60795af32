"""A provider distrusts a number, follows it to its row, appeals; two people decide, and the
difference is shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group

from portal.evaluation import services
from portal.evaluation.models import Appeal
from portal.evaluation.states import Grade, SnapshotKind
from portal.parties.models import User
from portal.parties.staff import grant_staff
from tests import factories
from tests.conftest import person_of, staff_person
from tests.evaluation import factories as evaluation
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
ENDS = date(2026, 10, 31)
SPENT = "两人是内部转岗，不是离职：名册 8 月、9 月两行。"


class World:
    """Twelve peers, an official snapshot, a preview, and the row behind the number."""

    def __init__(self) -> None:
        self.provider = person_of(factories.listed_party("provider", "云帆电商"))
        self.rival = person_of(factories.listed_party("provider", "北斗直播"))
        self.first = staff_person("evaluation")
        self.second = factories.user("second@example.com", "林可")
        grant_staff(SYSTEM, person=self.second, groups=[Group.objects.get(name="evaluation")])
        self.second = User.objects.get(pk=self.second.pk)
        values = dict(zip(evaluation.group(12), evaluation.peers_values(12), strict=True))
        better = evaluation.AVERAGE | {"G4": (74.0, 20), "H1": (4.6, 25)}
        self.values = values | {self.rival.party: better}
        self.method = evaluation.method()
        self.fact = services.record_fact(
            SYSTEM,
            party=self.provider.party,
            measure="staff_retention",
            value=70.0,
            sample=41,
            starts_on=ENDS - timedelta(days=30),
            ends_on=ENDS,
            grade=Grade.PLATFORM,
            ref_kind="roster",
            ref_id="2026-10",
        )
        own = evaluation.AVERAGE | {"T1": (24.0, 30), "T3": (80.0, 41)}
        self.official = self._snapshot(own, SnapshotKind.OFFICIAL, date(2026, 9, 30))
        self.own = evaluation.AVERAGE | {"T1": (31.0, 30), "T3": (70.0, 41), "C3": (31.0, 50)}
        self.preview = self._snapshot(self.own, SnapshotKind.PREVIEW, ENDS)
        services.register_remedy(
            SYSTEM,
            origin="course:1",
            indicators=["T1"],
            kind="course",
            title_zh="直播运营中级认证",
            title_en="Live operations, intermediate",
            url="/help/",
        )

    def _snapshot(self, own, kind, ends_on, replaces=None):
        values = self.values | {self.provider.party: own}
        return evaluation.snapshot(
            self.method, values, kind=kind, ends_on=ends_on, replaces=replaces
        )

    def made_again(self):
        own = self.own | {"T3": (83.0, 41)}
        return self._snapshot(own, SnapshotKind.PREVIEW, ENDS, replaces=self.preview)

    @property
    def fact_url(self):
        return f"/evaluation/facts/{self.fact.pk}/"


def open_indicator(page):
    """The row of the staff's retention; its dimension stands open where it is a short board."""
    line = page.locator("#i-T3")
    if not line.is_visible():
        page.locator("#talent summary").click()
    return line


@pytest.fixture
def world(transactional_db) -> World:
    return World()


def test_provider_appeals_and_wins(world, open_page, check_page, picture):
    page = open_page(world.provider.user)
    page.goto("/evaluation/")
    check_page(page)
    picture(page, "wide/provider-evaluation")
    open_indicator(page).locator("a[href*='/evaluation/facts/']").click()
    page.locator(f"a[href='{world.fact_url}']").first.click()
    page.wait_for_url(f"**{world.fact_url}")
    assert "70" in page.locator("main dl").first.inner_text()
    check_page(page)
    page.goto("/evaluation/")
    open_indicator(page).locator("a.btn").click()
    page.locator("main textarea[name=text]").fill(SPENT)
    picture(page, "wide/provider-rating-appeal")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/evaluation/appeals/**")
    check_page(page)
    appeal = Appeal.objects.get()

    first = open_page(world.first.user)
    first.goto(f"/admin/evaluation/appeal/{appeal.pk}/answer/")
    first.locator("textarea[name=finding]").fill("名册显示 2 人转岗，应计为留存。")
    first.locator("input[name=proposed][value=data]").check()
    first.locator("form.answer button[type=submit]").click()
    first.wait_for_load_state()

    second = open_page(world.second)
    second.goto(f"/admin/evaluation/appeal/{appeal.pk}/answer/")
    second.locator("input[name=outcome][value=data]").check()
    second.locator("textarea[name=sentence]").fill("两人转岗，留存率更正为 83%。")
    second.locator("input[name=fact]").fill(str(world.fact.pk))
    second.locator("input[name=value]").fill("83")
    second.locator("form.answer button[type=submit]").click()
    second.wait_for_load_state()
    appeal.refresh_from_db()
    assert appeal.correction.value == 83.0

    world.made_again()
    page.goto(appeal.get_absolute_url())
    assert "+" in page.locator("#difference").locator("..").locator("..").inner_text()
    check_page(page)
    picture(page, "wide/provider-appeal-difference")
    page.goto(world.fact_url)  # the row stands, and beside it the one that stands in for it
    assert "83" in page.locator("main ol").inner_text()
    page.goto("/evaluation/")
    assert page.locator("svg.fig").count() >= 3


@pytest.mark.parametrize(("phone", "dark"), [(True, False), (False, True)])
def test_rating_pages_on_a_phone_and_in_the_dark(
    world, open_page, check_page, picture, phone, dark
):
    page = open_page(world.provider.user, phone=phone, dark=dark)
    size = "phone" if phone else "dark"
    pages = {
        "/evaluation/": "evaluation",
        "/evaluation/what-if/?T1=60&T3=90": "what-if",
        "/evaluation/appeals/": "appeals",
        "/evaluation/plans/new/?indicator=T1": "plan",
        f"/providers/{world.rival.party.pk}/": "profile",
        f"/providers/compare/?p={world.provider.party.pk}&p={world.rival.party.pk}": "compare",
        "/providers/": "list",
    }
    for url, name in pages.items():
        page.goto(url)
        check_page(page)
        picture(page, f"{size}/rating-{name}")


def test_sliders_reckon_on_the_server(world, open_page, check_page, picture):
    page = open_page(world.provider.user)
    page.goto("/evaluation/what-if/")
    before = page.locator("#trial .big").first.inner_text()
    page.locator("#id_T1").fill("80")
    page.wait_for_url("**T1=80**")
    page.wait_for_function(
        "was => document.querySelector('#trial .big').innerText !== was", arg=before
    )
    check_page(page)
    picture(page, "wide/provider-what-if")
