"""Terms that go back and forth, a dispute, a sample and a content order, in a browser."""

from __future__ import annotations

import pytest

from matchmaking.catalogue import demo as catalogue_demo
from matchmaking.catalogue.models import Product
from matchmaking.content import demo as content_demo
from matchmaking.content.models import ContentOrder
from matchmaking.cooperation import demo as cooperation_demo
from matchmaking.cooperation.models import Cooperation, Dispute
from matchmaking.needs import demo as needs_demo
from matchmaking.samples import services as samples
from matchmaking.samples.fields import AddressFields, SampleFields
from portal.core import clock
from portal.parties import demo as parties_demo
from portal.parties.demo import acting, cast_party, demo_user
from portal.parties.states import PartyKind
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(live_server):
    world = parties_demo.read_world()
    parties_demo.make_operator(factories.PASSWORD)
    for kind in parties_demo.CAST:
        parties_demo.make_cast_party(world, kind, factories.PASSWORD)
    parties_demo.make_parties(world, PartyKind.PROVIDER, range(1, 4))
    parties_demo.make_parties(world, PartyKind.MERCHANT, range(1, 2))
    catalogue_demo.make_cast_products(world)
    with clock.standing_at(world.dawn):
        needs_demo.make_cast_work(world)
        cooperation_demo.make_talks(world)
        content_demo.make_orders(world)
    return world


def test_terms_go_back_and_forth_and_one_of_two_decides(
    world, open_page, check_page, picture, faults
):
    faults.expected_statuses.add(409)
    made = Cooperation.objects.get(status="proposed")
    seller, late = open_page(demo_user("provider")), open_page(demo_user("provider"))
    url = made.get_absolute_url()
    late.goto(url)
    seller.goto(url)
    check_page(seller)
    picture(seller, "wide/provider-proposal")
    seller.goto(f"/amendments/{made.amendments.get().pk}/counter/")
    check_page(seller)
    picture(seller, "wide/provider-counter")
    seller.locator("[name=monthly_fee]").fill("25000")
    seller.locator(".form-foot button[type=submit]").click()
    seller.wait_for_url("**/cooperations/*/")
    made.refresh_from_db()
    assert made.status == "countered"
    late.locator("section[aria-labelledby=amendment] button.btn-primary").click()
    late.wait_for_load_state()
    made.refresh_from_db()
    assert made.status == "countered", "what a colleague answered is not answered again"

    buyer = open_page(demo_user("merchant"), phone=True)
    buyer.goto(url)
    check_page(buyer)
    picture(buyer, "phone/merchant-counter-offer")
    buyer.locator("section[aria-labelledby=amendment] button.btn-primary").click()
    buyer.wait_for_url("**/cooperations/*/")
    made.refresh_from_db()
    assert (made.status, made.monthly_fee_fen) == ("accepted", 2_500_000)


def test_a_sample_a_dispute_and_a_piece(world, open_page, check_page, picture):
    running = Cooperation.objects.filter(
        merchant=cast_party(PartyKind.MERCHANT), status="active"
    ).first()
    assert running is not None
    address = AddressFields("陈小满", "13800001111", "浙江 杭州", "文三路 100 号")
    sample = samples.request_sample(
        acting(running.provider),
        cooperation=running,
        fields=SampleFields(Product.objects.nameable(running.merchant_id)[0].pk, 2, 14, address),
    )
    buyer, phone = open_page(demo_user("merchant")), open_page(demo_user("merchant"), phone=True)
    buyer.goto(sample.get_absolute_url())
    buyer.locator("section[aria-labelledby=steps] button.btn-primary").click()
    buyer.wait_for_load_state()
    buyer.locator("#address form button").click()
    buyer.get_by_text("文三路 100 号").wait_for()
    check_page(buyer)
    picture(buyer, "wide/merchant-sample")
    order = ContentOrder.objects.get(status="produced")
    for page, size in ((buyer, "wide"), (phone, "phone")):
        page.goto(order.get_absolute_url())
        check_page(page)
        picture(page, f"{size}/merchant-content-order")
        page.goto("/cooperations/returns/")
        check_page(page)
        picture(page, f"{size}/merchant-returns")
        page.goto("/samples/")
        check_page(page)
        page.goto("/content-orders/")
        check_page(page)
    dispute = Dispute.objects.filter(cooperation__merchant=running.merchant).latest("opened_at")
    for page, size in ((buyer, "wide"), (phone, "phone")):
        page.goto(dispute.get_absolute_url())
        check_page(page)
        picture(page, f"{size}/merchant-dispute")
        page.goto(dispute.cooperation.get_absolute_url())
        check_page(page)
        picture(page, f"{size}/merchant-cooperation-figures")
