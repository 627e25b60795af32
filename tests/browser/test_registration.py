"""An agency registers, is asked for a better paper, hands it in, is verified, and is found."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from portal.parties.models import Party
from tests import factories
from tests.browser.test_heart import make_operator, sign_up

pytestmark = pytest.mark.django_db(transaction=True)

NOTE = "机构资质只拍到半页，请重新上传。"
WANTED = "完整的经营范围页"


def test_agency_is_asked_for_a_paper_and_found(open_page, check_page, picture):
    agency, operator = open_page(), open_page(make_operator())
    sign_up(agency, "陈星", "agency@example.com")
    register(agency, check_page, picture)
    party = Party.objects.get()
    for code in ("licence", "mcn-qualification", "legal-rep-id"):
        upload(agency, party, code)
    check_page(agency)
    picture(agency, "wide/agency-documents")
    hand_in(agency, party)

    answer(operator, party, "return", note=NOTE, wanted=WANTED)
    agency.goto("/workbench/")
    agency.locator(f"main a[href='/parties/{party.pk}/']").first.click()
    expect(agency.locator("main")).to_contain_text(WANTED)
    check_page(agency)
    upload(agency, party, "mcn-qualification")
    hand_in(agency, party)

    answer(operator, party, "approve")
    expect_found(open_page(phone=True), check_page, party)


def register(page: Page, check_page, picture) -> None:
    page.goto("/parties/new/")
    check_page(page)
    picture(page, "wide/visitor-kinds")
    page.locator("a[href$='?kind=agency']").click()
    page.fill("[name=name]", "星野文化")
    page.fill("[name=legal_name]", "杭州星野文化传媒有限公司")
    page.fill("[name=uscc]", factories.uscc_code())
    page.fill("[name=city]", "杭州")
    page.fill("[name=contact_name]", "陈星")
    page.fill("[name=contact_phone]", "13800001111")
    page.fill("[name=intro]", "签约并孵化食品饮料方向的达人。")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/parties/*/")


def upload(page: Page, party: Party, code: str) -> None:
    page.goto(f"/parties/{party.pk}/documents/{code}/")
    paper = factories.picture(f"{code}.png", side=400)
    page.set_input_files(
        "input[type=file]", {"name": paper.name, "mimeType": "image/png", "buffer": paper.read()}
    )
    page.locator("main form:has(input[type=file]) button[type=submit]").click()
    page.wait_for_url(f"**/parties/{party.pk}/documents/")


def hand_in(page: Page, party: Party) -> None:
    page.goto(f"/parties/{party.pk}/")
    page.locator("form[action$='/submission/'] button").click()
    expect(page.locator("form[action$='/submission/']")).to_have_count(0)


def answer(page: Page, party: Party, decision: str, **texts: str) -> None:
    page.goto(f"/admin/parties/party/{party.pk}/review/")
    page.check(f"[name=decision][value={decision}]")
    for name, text in texts.items():
        page.fill(f"[name={name}]", text)
    page.locator("#content form button[type=submit]").click()
    page.wait_for_url("**/admin/")


def expect_found(page: Page, check_page, party: Party) -> None:
    """By its initials, on a phone, by somebody who is not signed in."""
    page.goto("/agencies/?q=xywh")
    check_page(page)
    page.locator("main a", has_text=party.name).first.click()
    page.wait_for_url(f"**/agencies/{party.pk}/")
    check_page(page)
