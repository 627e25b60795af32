"""A need in a real browser: what is typed survives, and nobody decides on what is gone."""

from dataclasses import replace

import pytest

from matchmaking.needs import services
from matchmaking.needs.models import NeedDraft, Proposal
from matchmaking.needs.services.offers import terms_of
from portal.parties.models import Membership
from portal.parties.states import Role
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
