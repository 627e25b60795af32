"""A change of the price from its proposal to the paper that anybody checks, in a browser."""

from __future__ import annotations

import pytest

from matchmaking.cooperation.models import Cooperation
from matchmaking.needs import demo as needs_demo
from portal.parties import demo as parties_demo
from portal.parties.demo import demo_user
from portal.parties.states import PartyKind
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def running(live_server) -> Cooperation:
    """Version 2, with a change of the provider's that waits for the merchant."""
    world = parties_demo.read_world()
    for kind in parties_demo.CAST:
        parties_demo.make_cast_party(world, kind, factories.PASSWORD)
    parties_demo.make_parties(world, PartyKind.PROVIDER, range(1, 4))
    parties_demo.make_parties(world, PartyKind.MERCHANT, range(1, 2))
    needs_demo.make_cast_work(world)
    return Cooperation.objects.get(provider__name="云帆电商", status="active")


def test_change_is_read_side_by_side_accepted_and_proposed_again(
    running, open_page, check_page, picture
):
    buyer = open_page(demo_user("merchant"))
    stale = open_page(demo_user("merchant"))
    stale.goto(running.get_absolute_url())
    buyer.goto(running.get_absolute_url())
    check_page(buyer)
    picture(buyer, "wide/merchant-cooperation")
    change = buyer.locator("section[aria-labelledby=amendment]")
    assert "¥4,800,000" in change.inner_text()
    change.locator("button.btn-primary").click()
    buyer.wait_for_url("**/cooperations/*/")
    running.refresh_from_db()
    assert (running.version, running.gmv_target_fen) == (3, 480_000_000)
    check_page(buyer)
    versions = buyer.locator("section[aria-labelledby=versions]")
    assert running.versions.get(number=3).digest in versions.inner_text()

    seller = open_page(demo_user("provider"), phone=True)
    seller.goto(f"{running.get_absolute_url()}amendments/new/")
    check_page(seller)
    picture(seller, "phone/provider-amendment")
    seller.get_by_role("textbox", name="固定费").first.fill("28000")
    seller.locator(".form-foot button[type=submit]").click()
    seller.wait_for_url("**/cooperations/*/")
    check_page(seller)
    picture(seller, "phone/provider-cooperation")
    assert running.amendments.get(status="open").after["monthly_fee_fen"] == 2_800_000


def test_colleague_with_an_old_page_is_told(running, open_page, faults):
    faults.expected_statuses.add(409)
    first, second = (open_page(demo_user("merchant")) for _page in range(2))
    for page in (first, second):
        page.goto(running.get_absolute_url())
    first.locator("section[aria-labelledby=amendment] button.btn-primary").click()
    first.wait_for_url("**/cooperations/*/")
    second.locator("section[aria-labelledby=amendment] form button").last.click()
    second.wait_for_load_state()
    assert running.amendments.filter(status="open").count() == 0
    running.refresh_from_db()
    assert running.version == 3, "declining what was accepted changes nothing"


def test_anybody_checks_a_paper(running, open_page, check_page, picture):
    version = running.versions.get(number=2)
    for name in ("wide", "phone"):
        page = open_page(phone=name == "phone")
        page.goto("/papers/")
        page.get_by_role("textbox").first.fill(version.digest)
        page.locator("form.card button[type=submit]").click()
        page.wait_for_url("**digest=**")
        assert "谷雨粒食品" in page.locator("section[aria-labelledby=said]").inner_text()
        check_page(page)
        picture(page, f"{name}/visitor-paper")
        page.context.close()
