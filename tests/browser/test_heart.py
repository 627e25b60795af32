"""The main job, as five people live it: a brand, two providers, an operator, a visitor."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import translation
from playwright.sync_api import Page, expect

from matchmaking.cooperation.models import Cooperation
from matchmaking.needs.models import Need, Proposal
from matchmaking.needs.states import LossReason
from portal.core import clock
from portal.core.actor import system_actor
from portal.core.audit import trail
from portal.notices.models import Notice
from portal.parties.models import Category, Party, ServiceType, User
from portal.parties.staff import grant_staff
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "a-long-enough-password"


def test_brand_hires_a_provider(open_page, picture, live_server):
    brand, yunfan, beidou = open_page(), open_page(), open_page()
    sign_up(brand, "顾雨", "brand@example.com")
    register(brand, "merchant", "谷雨粒食品")
    sign_up(yunfan, "陆云帆", "yunfan@example.com")
    register(yunfan, "provider", "云帆电商")
    sign_up(beidou, "秦北斗", "beidou@example.com")
    register(beidou, "provider", "北斗直播", price=("60000", "90000"))

    operator = open_page(make_operator())
    for name in ("谷雨粒食品", "云帆电商", "北斗直播"):
        approve(operator, name)

    need = write_need(brand)
    publish(brand)
    see_order(brand, need, first="云帆电商", second="北斗直播")
    picture(brand, "need-candidates")
    invite(brand, need, "云帆电商")

    answer_invitation(yunfan, need, fee="38000", share="3")
    apply_alone(beidou, need, fee="45000", share="2")
    see_no_name_as_a_visitor(open_page(), need)

    hire(brand, need, "云帆电商", picture)
    see_contact(yunfan, picture)
    see_why_lost(beidou, need)
    assert_everything_is_written_down(need)


def sign_up(page: Page, name: str, email: str) -> None:
    page.goto("/accounts/signup/")
    page.fill("[name=name]", name)
    page.fill("[name=email]", email)
    page.fill("[name=password1]", PASSWORD)
    page.check("[name=terms]")
    page.check("[name=privacy]")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/workbench/")


def register(page: Page, kind: str, name: str, price=("20000", "50000")) -> None:
    page.goto(f"/parties/new/?kind={kind}")
    food = Category.objects.get(code="food")
    page.fill("[name=name]", name)
    page.fill("[name=legal_name]", f"杭州{name}有限公司")
    page.fill("[name=uscc]", factories.uscc_code())
    page.fill("[name=city]", "杭州")
    page.fill("[name=contact_name]", "联系人")
    page.fill("[name=contact_phone]", "13800001111" if kind == "merchant" else "13900002222")
    page.fill(f"[name=share_{food.pk}]", "100")
    if kind == "provider":
        service = ServiceType.objects.get(code="live-room")
        page.check(f"[name=services][value='{service.pk}']")
        page.fill("[name=price_low]", price[0])
        page.fill("[name=price_high]", price[1])
        page.check("[name=works_remotely]")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/parties/*/")
    factories.with_papers(Party.objects.get(name=name))  # uploading is another journey
    page.reload()
    page.locator("form[action$='/submission/'] button").click()
    expect(page.locator("form[action$='/submission/']")).to_have_count(0)


def make_operator() -> User:
    person = factories.user("operator@example.com", "秦运营")
    groups = [Group.objects.get(name="operator")]
    return grant_staff(system_actor("command"), person=person, groups=groups)


def approve(page: Page, name: str) -> None:
    party = Party.objects.get(name=name)
    page.goto("/admin/")
    page.goto(f"/admin/parties/party/{party.pk}/review/")
    page.check("[name=decision][value=approve]")
    page.locator("#content form button[type=submit]").click()
    page.wait_for_url("**/admin/")
    party.refresh_from_db()
    assert party.status == "listed"


def write_need(page: Page) -> Need:
    today = clock.today()
    page.goto("/needs/new/")
    page.fill("[name=title]", "食品自播间代运营")
    page.fill("[name=brief]", "月均 3,000 单，希望 6 个月内做成稳定出单的自播间。")
    service = ServiceType.objects.get(code="live-room")
    page.check(f"[name=services][value='{service.pk}']")
    page.check(f"[name=categories][value='{Category.objects.get(code='food').pk}']")
    page.fill("[name=budget_low]", "20000")
    page.fill("[name=budget_high]", "45,000")
    page.fill("[name=gmv_target]", "3600000")
    page.fill("[name=starts_on]", (today + timedelta(days=30)).isoformat())
    page.fill("[name=closes_on]", (today + timedelta(days=10)).isoformat())
    page.fill("[name=term_months]", "6")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/needs/*/")
    return Need.objects.get()


def publish(page: Page) -> None:
    """Asked once more: from here on it stays as it is."""
    form = page.locator("form[action$='/publication/']")
    page.locator("details").filter(has=form).locator("summary").click()
    form.locator("button").click()
    expect(form).to_have_count(0)


def see_order(page: Page, need: Need, *, first: str, second: str) -> None:
    """The cheaper band overlaps the budget, the dearer one does not: the order and why."""
    page.goto(f"/needs/{need.pk}/candidates/")
    page.locator("#candidates details summary").first.click()
    text = page.locator("#candidates").inner_text()
    assert text.index(first) < text.index(second)
    assert "数据不足" in text


def invite(page: Page, need: Need, name: str) -> None:
    provider = Party.objects.get(name=name)
    page.goto(f"/needs/{need.pk}/candidates/")
    form = page.locator("form[action$='/invitations/']").filter(
        has=page.locator(f"[name=provider][value='{provider.pk}']")
    )
    form.locator("button[type=submit]").click()
    expect(form).to_have_count(0)


def answer_invitation(page: Page, need: Need, *, fee: str, share: str) -> None:
    page.goto("/workbench/")
    proposal = Proposal.objects.get(need=need, provider__name="云帆电商")
    page.locator(f"main a[href='/proposals/{proposal.pk}/']").first.click()
    page.locator(f"a[href='/needs/{need.pk}/proposal/']").first.click()
    fill_proposal(page, fee, share)


def apply_alone(page: Page, need: Need, *, fee: str, share: str) -> None:
    """A provider nobody invited finds the need itself, without the brand's name."""
    page.goto("/needs/?view=open")
    page.locator(f"a[href='/needs/{need.pk}/']").first.click()
    assert "谷雨粒" not in page.content()
    page.locator(f"a[href='/needs/{need.pk}/proposal/']").first.click()
    fill_proposal(page, fee, share)


def fill_proposal(page: Page, fee: str, share: str) -> None:
    page.fill("[name=plan]", "第 1 个月搭建直播间，之后每周复盘。")
    page.fill("[name=team]", "2 主播 · 1 运营")
    page.fill("[name=monthly_fee]", fee)
    page.fill("[name=share]", share)
    page.locator("main form button[type=submit]:not([name=keep])").first.click()
    page.wait_for_url("**/proposals/*/")


def see_no_name_as_a_visitor(page: Page, need: Need) -> None:
    for path in ("/", "/needs/", f"/needs/{need.pk}/"):
        page.goto(path)
        assert "谷雨粒" not in page.content()
    assert "3,000 单" not in page.content()


def hire(page: Page, need: Need, name: str, picture) -> None:
    proposal = Proposal.objects.get(need=need, provider__name=name)
    page.goto(f"/needs/{need.pk}/")
    picture(page, "need-proposals")
    form = page.locator(f"form[action='/proposals/{proposal.pk}/acceptance/']").first
    page.locator("details.accept").filter(has=form).locator("summary").click()
    form.locator("button").click()
    page.wait_for_url("**/cooperations/*/")


def see_contact(page: Page, picture) -> None:
    cooperation = Cooperation.objects.get()
    page.goto(f"/cooperations/{cooperation.pk}/")
    assert "13800001111" not in page.content()
    page.locator("form[action$='/contact/'] button").click()
    expect(page.locator("#contact")).to_contain_text("13800001111")
    picture(page, "cooperation")


def see_why_lost(page: Page, need: Need) -> None:
    proposal = Proposal.objects.get(need=need, provider__name="北斗直播")
    page.goto("/notices/")
    page.locator("main form button").first.click()
    page.goto(f"/proposals/{proposal.pk}/")
    assert (proposal.status, proposal.reason) == ("declined", LossReason.ANOTHER)
    with translation.override("zh-hans"):
        reason = str(LossReason.ANOTHER.label)
    expect(page.locator("main")).to_contain_text(reason)


def assert_everything_is_written_down(need: Need) -> None:
    verbs = [entry.verb for entry in trail(need)]
    assert verbs == ["create_need", "publish_need", "match_need", "award_need"]
    told = set(Notice.objects.values_list("user__email", "event"))
    assert ("yunfan@example.com", "proposal.accepted") in told
    assert ("brand@example.com", "proposal.accepted") in told
    assert ("beidou@example.com", "proposal.declined") in told
