"""A profile of public data is claimed, a double is merged into it, and an operator looks as its
new owner."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from portal.parties.models import Claim, Party, PhoneCode
from portal.parties.states import PartyKind
from tests import factories
from tests.browser.test_heart import make_operator

pytestmark = pytest.mark.django_db(transaction=True)


def test_profile_finds_its_people(open_page, check_page, picture, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    party = factories.unclaimed_party(PartyKind.PROVIDER, "远山电商", intro="食品饮料直播代运营。")
    double = factories.listed_party(PartyKind.PROVIDER, "远山电子商务")
    person = factories.user("gao@example.com", "高远")

    visitor = open_page(phone=True)
    visitor.goto(f"/providers/{party.pk}/")
    check_page(visitor)
    picture(visitor, "phone-dark/visitor-unclaimed")
    visitor.locator(f"a[href='/parties/{party.pk}/claim/']").click()
    visitor.wait_for_url("**/accounts/login/**")

    owner = open_page(person)
    claim(owner, party, check_page, picture)
    operator = open_page(make_operator())
    ask(operator, picture)
    answer(owner, check_page, picture)
    accept(operator)
    owner.goto(f"/parties/{party.pk}/")
    expect(owner.locator("h1")).to_contain_text("远山电商")

    merge(operator, party, double, picture)
    visitor.goto(f"/providers/{double.pk}/")
    assert visitor.url.endswith(f"/providers/{party.pk}/")

    look(operator, person, party, check_page, picture)
    owner.goto("/accounts/sessions/")
    expect(owner.locator("main")).to_contain_text("看不到方案")
    check_page(owner)
    picture(owner, "wide/member-looks")


def claim(page: Page, party: Party, check_page, picture) -> None:
    page.goto(f"/parties/{party.pk}/claim/")
    check_page(page)
    picture(page, "wide/claim-start")
    page.fill("[name=text]", "我是远山电商的运营负责人，授权书见附件。")
    paper = factories.picture("letter.png", side=400)
    page.set_input_files(
        "[name=proof_1]", {"name": paper.name, "mimeType": "image/png", "buffer": paper.read()}
    )
    page.locator(".form-foot button").click()
    page.wait_for_url("**/claims/*/")
    page.locator("form[action$='/phone/'] button").click()
    expect(page.locator("[name=code]")).to_be_visible()
    check_page(page)
    picture(page, "wide/claim-proofs")
    page.fill("[name=code]", PhoneCode.objects.get().digits())
    page.locator("form[action$='/proof/'] button").click()
    expect(page.locator("[name=code]")).to_have_count(0)


def ask(page: Page, picture) -> None:
    page.goto(f"/admin/parties/claim/{Claim.objects.get().pk}/decision/")
    picture(page, "wide/operator-admin-claim")
    page.check("[name=decision][value=ask]")
    page.fill("[name=text]", "请补充盖章的授权书。")
    page.locator("form.answer button").click()
    page.wait_for_url("**/admin/")


def answer(page: Page, check_page, picture) -> None:
    page.goto(f"/claims/{Claim.objects.get().pk}/")
    check_page(page)
    picture(page, "wide/claim-asked")
    page.fill("main [name=text]", "已补充盖章的授权书，请核对。")
    page.locator(".form-foot button").click()
    expect(page.locator("main [name=text]")).to_have_count(0)


def accept(page: Page) -> None:
    page.goto(f"/admin/parties/claim/{Claim.objects.get().pk}/decision/")
    page.check("[name=decision][value=accept]")
    page.locator("form.answer button").click()
    page.wait_for_url("**/admin/")


def merge(page: Page, party: Party, double: Party, picture) -> None:
    page.goto(f"/admin/parties/party/{party.pk}/merge/")
    page.fill("[name=other]", str(double.pk))
    page.locator("form.answer button").click()
    picture(page, "wide/operator-admin-merge")
    page.fill("[name=why]", "同一家公司登记了两次。")
    page.locator("form.answer button").click()
    page.wait_for_url(f"**/admin/parties/party/{party.pk}/change/")


def look(page: Page, person, party: Party, check_page, picture) -> None:
    page.goto(f"/admin/parties/user/{person.pk}/view-as/")
    page.fill("[name=reason]", "对方说看不到方案，帮忙核对。")
    page.locator("form.answer button").click()
    page.wait_for_url("**/workbench/")
    page.goto(f"/parties/{party.pk}/")
    check_page(page)
    picture(page, "wide/operator-looks")
    page.locator(".viewing-bar button").click()
    page.wait_for_url("**/admin/**")


def test_chat_apps_stand_where_their_keys_are(open_page, check_page, picture, settings):
    app = {"client_id": "1", "secret": "2", "name": "WeChat"}
    settings.SOCIALACCOUNT_PROVIDERS = {"weixin": {"APPS": [app]}}
    visitor = open_page(phone=True)
    visitor.goto("/accounts/login/")
    expect(visitor.locator("form[action^='/accounts/weixin/login/']")).to_be_visible()
    check_page(visitor)
    picture(visitor, "phone-dark/visitor-login-apps")
    person = open_page(factories.user("gao@example.com", "高远"))
    person.goto("/accounts/3rdparty/")
    check_page(person)
    picture(person, "wide/member-apps")
