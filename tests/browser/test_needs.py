"""A need in a real browser: what is typed survives, and nobody decides on what is gone."""

from dataclasses import replace

import pytest

from matchmaking.needs import services
from matchmaking.needs.models import Need, NeedDraft, Proposal
from matchmaking.needs.services.offers import terms_of
from portal.parties.listing import Reached, publish_reach
from portal.parties.models import Membership
from portal.parties.states import PartyKind, Role
from tests import factories
from tests.conftest import person_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def manager(merchant):
    user = factories.user("manager@example.com", "经理")
    Membership.objects.create(
        user=user, party=merchant.party, role=Role.MANAGER, created_at=merchant.party.created_at
    )
    return person_of(merchant.party, user, Role.MANAGER)


def test_draft_survives_a_reload_and_a_stale_tab_is_told(open_page, merchant, picture):
    page = open_page(merchant.user)
    page.goto("/needs/new/")
    page.fill("#id_title", "食品自播间代运营")
    page.fill("#id_brief", "把自播间做成稳定出单的渠道。")
    page.wait_for_selector("#autosave .t3")
    page.wait_for_url("**/needs/unfinished/*/")
    first = page.url
    page.reload()
    assert page.input_value("#id_brief") == "把自播间做成稳定出单的渠道。"
    other = open_page(merchant.user)
    other.goto(first)
    page.fill("#id_title", "先写的")
    page.wait_for_selector("#autosave .t3")
    other.fill("#id_title", "后写的")
    other.wait_for_selector("#autosave .t-bad")
    assert other.input_value("#id_title") == "后写的", "what stands in the page stays"
    assert NeedDraft.objects.get().title == "先写的"
    picture(page, "merchant-need-write")


def test_colleagues_decide_at_the_same_moment(
    open_page, merchant, manager, provider, rival, faults
):
    faults.expected_statuses.add(409)
    need = factories.open_need(merchant.actor)
    factories.submitted_proposal(provider.actor, need)
    factories.submitted_proposal(rival.actor, need, monthly_fee_fen=3_000_000)
    one, two = open_page(merchant.user), open_page(manager.user)
    one.goto(need.get_absolute_url())
    two.goto(need.get_absolute_url())
    for page, place in ((one, 0), (two, 1)):
        page.locator("details.accept summary").nth(place).click()
    one.locator("details.accept form button").nth(0).click()
    one.wait_for_url("**/cooperations/*/")
    with two.expect_response(lambda r: "acceptance" in r.url) as met:
        two.locator("details.accept form button").nth(1).click()
    assert met.value.status == 409
    assert Proposal.objects.filter(status="accepted").count() == 1


def test_page_older_than_the_last_offer_accepts_nothing(
    open_page, merchant, provider, faults, picture
):
    faults.expected_statuses.add(409)
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    page = open_page(merchant.user)
    page.goto(proposal.get_absolute_url())
    dearer = replace(terms_of(proposal), monthly_fee_fen=9_000_000)
    services.counter_offer(provider.actor, proposal=proposal, fields=dearer)
    form = page.locator(f"form[action='/proposals/{proposal.pk}/acceptance/']").first
    page.locator("details").filter(has=form).locator("summary").click()
    with page.expect_response(lambda answer: "acceptance" in answer.url) as met:
        form.locator("button").click()
    assert met.value.status == 409
    assert Proposal.objects.get().cooperation is None
    page.goto(proposal.get_absolute_url())
    assert page.locator("#negotiation tbody tr").count() == 2
    picture(page, "merchant-negotiation")


def test_brand_seeks_a_creator_of_a_size_sees_why_and_hires(open_page, merchant, picture):
    found = {
        name: factories.listed_party(PartyKind.CREATOR, name) for name in ("大厨小满", "路边小摊")
    }
    goods = (8_000, 2_000, 0, 0, 0)
    publish_reach(
        {
            found["大厨小满"].pk: Reached(820_000, 4_500, 90_000, goods),
            found["路边小摊"].pk: Reached(9_000, 4_500, 400, goods),
        }
    )
    page = open_page(merchant.user)
    page.goto("/needs/new/")
    page.fill("#id_title", "新品专场直播合作")
    page.fill("#id_brief", "两场专场，主推三款新品，按已结算净成交看效果。")
    page.select_option("#id_seeks", "creator")
    page.wait_for_selector("#id_followers_least")
    assert page.locator("#id_services").count() == 0
    assert page.input_value("#id_title") == "新品专场直播合作", "what was typed stays"
    page.select_option("#id_price_form", "share")
    page.wait_for_selector("#id_budget_low", state="detached")
    page.locator("label", has_text="食品饮料").first.click()
    page.fill("#id_followers_least", "100000")
    page.fill("#id_goods_low", "20")
    page.fill("#id_goods_high", "49")
    page.fill("#id_lives_wanted", "2")
    page.fill("#id_share_low", "10")
    page.fill("#id_share_high", "20")
    slider = page.locator("#id_priority_speed")
    slider.fill("9")
    assert page.locator("output[for=id_priority_speed]").inner_text() == "9"
    picture(page, "merchant-need-creator")
    page.click("button[name=publish]")
    page.wait_for_url("**/needs/*/")
    order = page.locator("table.order")
    assert "大厨小满" in order.inner_text()
    assert "820,000" in order.inner_text()
    assert "路边小摊" not in page.content(), "it has fewer followers than asked for"
    page.click("a[href$='/candidates/']")
    page.locator("details.why summary").first.click()
    assert page.locator(".why-parts li").count() == 7
    picture(page, "merchant-candidates-creators")
    page.locator("article form button").first.click()
    page.wait_for_url("**/candidates/")

    answering = open_page(person_of(found["大厨小满"]).user)
    answering.goto(Need.objects.get().get_absolute_url() + "proposal/")
    assert answering.locator("#id_team").count() == 0
    answering.fill("#id_plan", "周五晚专场，提前三天发预热短视频。")
    answering.fill("#id_videos", "4")
    answering.fill("#id_share", "15")
    answering.locator("form[data-guard] button[type=submit]").last.click()
    answering.wait_for_url("**/proposals/*/")

    page.goto(Need.objects.get().get_absolute_url())
    page.locator("details.accept summary").first.click()
    page.locator("details.accept form button").first.click()
    page.wait_for_url("**/cooperations/*/")
    assert Proposal.objects.get().cooperation.provider == found["大厨小满"]
