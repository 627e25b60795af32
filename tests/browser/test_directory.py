"""Somebody looks for a provider: by pinyin, narrowed, side by side, to its profile."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from portal.parties.states import PartyKind
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def _providers(transactional_db):
    for name in ("云帆电商", "云上内容", "北斗直播", "重庆传媒"):
        factories.listed_party(PartyKind.PROVIDER, name)


def names(page: Page):
    return page.locator("article h2")


@pytest.mark.usefixtures("_providers")
def test_visitor_searches_in_pinyin_narrows_and_opens_a_profile(open_page, check_page, picture):
    page = open_page()
    page.goto("/")
    page.fill("main input[type=search]", "yun")
    page.keyboard.press("Enter")
    expect(names(page)).to_have_count(2)
    check_page(page)
    page.check("input[name=service][value=live-room]")
    page.wait_for_url("**service=live-room**")
    page.locator("a.tag.info", has_text="yun").click()
    expect(names(page)).to_have_count(4)
    picture(page, "directory")
    page.fill("#q", "zhongqing")
    page.keyboard.press("Enter")
    expect(names(page)).to_have_text(["重庆传媒"])
    page.go_back()
    expect(names(page)).to_have_count(4)
    names(page).filter(has_text="云帆电商").locator("a").click()
    expect(page.locator("h1")).to_have_text("云帆电商")


@pytest.mark.usefixtures("_providers")
def test_ticks_are_kept_over_searches_and_compared(open_page, check_page):
    page = open_page()
    page.goto("/providers/?q=云帆")
    expect(page.locator("#compare")).to_be_hidden()
    page.locator("article input[form=compare]").check()
    page.fill("#q", "beidou")
    page.keyboard.press("Enter")
    expect(names(page)).to_have_text(["北斗直播"])
    page.locator("article input[form=compare]").check()
    expect(page.locator("#compare .slot")).to_have_count(2)
    page.locator("#compare button[type=submit]").click()
    expect(page.locator("thead th a")).to_have_text(["云帆电商", "北斗直播"])
    check_page(page)


@pytest.mark.usefixtures("_providers")
def test_phone_has_its_filters_behind_a_button(open_page, check_page, picture):
    page = open_page(phone=True)
    page.goto("/providers/")
    expect(page.locator("#facets")).to_be_hidden()
    check_page(page)
    page.locator("a[href='#facets']").click()
    expect(page.locator("#facets")).to_be_visible()
    check_page(page)
    page.check("input[name=city][value=hangzhou]")
    page.wait_for_url("**city=hangzhou**")
    expect(names(page)).to_have_count(4)
    picture(page, "directory-phone")


@pytest.mark.usefixtures("_providers")
def test_member_finds_the_directory_in_the_side_bar(open_page, check_page):
    owner = factories.listed_party(PartyKind.MERCHANT, "谷雨粒食品").membership_set.get().user
    page = open_page(owner, dark=True)
    page.goto("/workbench/")
    page.locator(".side a[href='/providers/']").click()
    expect(names(page)).to_have_count(4)
    check_page(page)


@pytest.mark.usefixtures("_providers")
def test_rows_stay_low_on_a_desk_and_on_a_phone(open_page, check_page, picture):
    """Ten rows fit a screen at a desk; on a phone no text is squeezed into a column."""
    owner = factories.listed_party(PartyKind.MERCHANT, "谷雨粒食品").membership_set.get().user
    for phone, most in ((False, 68), (True, 180)):
        page = open_page(owner, phone=phone)
        page.goto("/providers/")
        expect(names(page)).to_have_count(4)
        heights = page.locator("article").evaluate_all("rows => rows.map(r => r.offsetHeight)")
        assert max(heights) <= most, heights
        check_page(page)
        picture(page, f"directory-merchant-{'phone' if phone else 'wide'}")
