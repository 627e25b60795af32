"""Content orders: brief, quote, piece, approval and payment; a door to cooperations."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from matchmaking.content import services
from matchmaking.content.facts import record_content_facts
from matchmaking.content.fields import BriefFields, QuoteFields
from matchmaking.content.models import ContentOrder
from matchmaking.content.sources import source_is_allowed
from matchmaking.cooperation.models import Cooperation
from portal.core import clock
from portal.core.files import can_read_file, store_file
from portal.core.verdict import Refused
from portal.evaluation.models import Fact
from portal.notices.models import Notice
from portal.revenue import services as revenue
from portal.revenue.demo_bills import pay_bill
from portal.revenue.models import Bill
from tests import factories
from tests.factories import SYSTEM, at_once

pytestmark = pytest.mark.django_db
PIECE = "https://www.douyin.com/video/9"


def brief(**changes):
    values = {
        "title": "杂粮礼盒开箱",
        "brief": "60 秒竖屏，口播卖点两条",
        "source": "shop",
        "carrier": "video",
        "wanted_on": clock.today() + timedelta(days=14),
    }
    return BriefFields(**(values | changes))


def asked(merchant, maker, **changes):
    if "product_id" not in changes:
        own = merchant.party.products.first() or factories.listed_product(merchant.actor)
        changes["product_id"] = own.pk
    return services.order_content(merchant.actor, maker=maker.party, fields=brief(**changes))


def quoted(merchant, maker, fee=800_000, share=1_000, **changes):
    order = asked(merchant, maker, **changes)
    return services.quote_order(maker.actor, order=order, fields=QuoteFields(fee, share, 1))


def accepted(merchant, maker, **changes):
    return services.accept_quote(merchant.actor, order=quoted(merchant, maker, **changes))


def at(days):
    return clock.standing_at(clock.now() + timedelta(days=days))


def status_of(order):
    return ContentOrder.objects.get(pk=order.pk).status


def test_order_from_its_brief_to_its_payment(merchant, creator):
    order = accepted(merchant, creator)
    cooperation = order.cooperation
    assert (cooperation.door, cooperation.door_ref) == ("content", str(order.pk))
    assert (cooperation.monthly_fee_fen, cooperation.share_bp) == (800_000, 1_000)
    assert list(cooperation.products.all()) == [order.goods]
    assert cooperation.agreement.products == [order.goods.upstream_id]
    services.show_piece(creator.actor, order=order, draft_url=PIECE)
    services.ask_revision(merchant.actor, order=order, note="换封面")
    services.show_piece(creator.actor, order=order, draft_url=PIECE)
    with pytest.raises(Refused):  # one revision is in the quote
        services.ask_revision(merchant.actor, order=order, note="再换")
    services.approve_piece(merchant.actor, order=order)
    paid = services.show_payment(
        merchant.actor, order=order, paid_on=clock.today(), proof=factories.picture("slip.png")
    )
    assert paid.status == "paid"
    assert services.confirm_payment(creator.actor, order=order).status == "closed"
    events = set(Notice.objects.values_list("event", flat=True))
    assert {"content.asked", "content.quoted", "content.produced", "content.paid"} <= events


def test_agency_takes_orders_too_and_a_share_alone_is_closed_by_approval(merchant, agency):
    order = accepted(merchant, agency, fee=0)
    services.show_piece(agency.actor, order=order, draft_url=PIECE)
    assert services.approve_piece(merchant.actor, order=order).status == "closed"


def test_silence_ends_a_brief_and_a_quote_and_approves_a_piece(merchant, creator, agency):
    first, second = asked(merchant, creator), quoted(merchant, agency)
    piece = accepted(merchant, creator, title="第二条")
    services.show_piece(creator.actor, order=piece, draft_url=PIECE)
    with at(8):
        assert services.sweep_orders(SYSTEM) == 3
        assert services.sweep_orders(SYSTEM) == 0
    assert [status_of(one) for one in (first, second, piece)] == ["expired", "expired", "approved"]


def test_piece_in_time_late_or_missing_is_a_fact_about_the_agency(merchant, agency, creator):
    """Of a creator without an agency there is nobody to tell it of."""
    in_time, late, missing, alone = (
        accepted(merchant, who, title=f"第{n}条")
        for n, who in enumerate((agency, agency, agency, creator))
    )
    for order, who in ((in_time, agency), (alone, creator)):
        services.show_piece(who.actor, order=order, draft_url=PIECE)
    with at(16):
        services.show_piece(agency.actor, order=late, draft_url=PIECE)
        assert record_content_facts(SYSTEM) == 2
        services.ask_revision(merchant.actor, order=in_time, note="换封面")
        services.show_piece(agency.actor, order=in_time, draft_url=PIECE)
    with at(46):
        assert record_content_facts(SYSTEM) == 1
        assert record_content_facts(SYSTEM) == 0
    facts = Fact.objects.filter(measure="delivery", party=agency.party)
    assert {fact.ref_id: fact.value for fact in facts} == {
        str(in_time.pk): 100.0,
        str(late.pk): 0.0,
        str(missing.pk): 0.0,
    }


def test_goods_of_others_are_shown_by_the_rule_of_the_day(merchant, creator):
    for day, carrier, is_allowed in (
        (date(2020, 9, 30), "live", True),
        (date(2020, 10, 8), "live", True),
        (date(2020, 10, 9), "live", False),
        (date(2020, 10, 9), "video", True),
    ):
        assert bool(source_is_allowed("taobao", carrier, day)) == is_allowed
    with pytest.raises(Refused) as caught:
        asked(merchant, creator, source="taobao", carrier="live")
    assert "2020-10-09" in str(caught.value.verdict.reason) or caught.value.verdict.status == 422
    assert not ContentOrder.objects.exists()


def test_who_orders_from_whom(merchant, provider, creator, agency, colleague, stranger):
    for by, maker in (
        (merchant, provider),
        (creator, agency),
        (colleague, creator),
        (stranger, creator),
    ):
        with pytest.raises(Refused):
            asked(by, maker, product_id=1)
    assert not ContentOrder.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"brief": " "},
        {"source": "x"},
        {"carrier": "window"},
        {"wanted_on": date(2020, 1, 1)},
    ],
)
def test_brief_that_is_none_is_refused(merchant, creator, wrong):
    with pytest.raises(Refused) as caught:
        asked(merchant, creator, **wrong)
    assert caught.value.verdict.status == 422


def test_each_side_does_its_own(merchant, creator, rival):
    order = asked(merchant, creator)
    for call in (
        lambda: services.quote_order(merchant.actor, order=order, fields=QuoteFields(1, 0, 0)),
        lambda: services.quote_order(rival.actor, order=order, fields=QuoteFields(1, 0, 0)),
        lambda: services.quote_order(creator.actor, order=order, fields=QuoteFields(0, 0, 0)),
        lambda: services.accept_quote(merchant.actor, order=order),
        lambda: services.withdraw_order(creator.actor, order=order),
        lambda: services.decline_order(creator.actor, order=order, reason=" "),
    ):
        with pytest.raises(Refused):
            call()
    assert status_of(order) == "asked"
    assert not Cooperation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_quote_accepted_and_taken_back_at_once_is_one_of_them(merchant, creator):
    order = quoted(merchant, creator)
    answers = at_once(
        lambda: services.accept_quote(merchant.actor, order=order),
        lambda: services.withdraw_order(creator.actor, order=order),
    )
    assert sum(isinstance(one, Refused) for one in answers) == 1
    assert Cooperation.objects.count() == (status_of(order) == "accepted")


def test_pages_lead_through_the_order(merchant, creator, rival):
    browser, maker = merchant.browser(), creator.browser()
    form = {
        "title": "杂粮礼盒开箱",
        "brief": "60 秒竖屏",
        "product": factories.listed_product(merchant.actor).pk,
        "source": "shop",
        "carrier": "video",
        "wanted_on": (clock.today() + timedelta(days=9)).isoformat(),
    }
    url = f"/content-orders/to/{creator.party.pk}/"
    assert browser.get(url).status_code == 200
    assert browser.post(url, form).status_code == 302
    order = ContentOrder.objects.get()
    page = order.get_absolute_url()
    assert rival.browser().get(page).status_code == 404
    assert maker.get(page).status_code == 200
    quote = {"fee": "8000", "revisions": "1", "share": "", "note": ""}
    assert maker.post(f"{page}quote/", quote).status_code == 302
    assert browser.post(f"{page}acceptance/").status_code == 302
    for person in (browser, maker):
        assert "8,000" in person.get(page).content.decode()
        assert person.get("/content-orders/").status_code == 200


# --- the fee and its bill -------------------------------------------------------------------------


def approved(merchant, creator):
    order = accepted(merchant, creator)
    services.show_piece(creator.actor, order=order, draft_url=PIECE)
    services.approve_piece(merchant.actor, order=order)
    return order, Bill.objects.get(agreement=order.cooperation.agreement)


def test_fee_is_a_bill_that_the_shown_payment_proves(merchant, creator):
    order, bill = approved(merchant, creator)
    assert (bill.kind, bill.amount_fen, bill.payer) == ("pit_fee", 800_000, merchant.party)
    file = store_file(
        merchant.actor,
        upload=factories.picture("slip.png"),
        purpose="bill-proof",
        party_id=merchant.party.pk,
    )
    said = {"paid_on": clock.today().isoformat(), "proof": str(file.pk)}
    answer = merchant.browser().post(
        f"/api/v1/content-orders/{order.pk}/payment/", said, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["status"]) == (200, "paid")
    bill.refresh_from_db()
    assert bill.status == "proved"
    order.refresh_from_db()
    assert can_read_file(creator.actor, order.proof)
    page = creator.browser().get(order.get_absolute_url()).content.decode()
    assert bill.get_absolute_url() in page


def test_order_follows_its_bill(merchant, creator):
    order, bill = approved(merchant, creator)
    revenue.prove_payment(
        merchant.actor, bill=bill, file=factories.picture("r.png"), paid_on=clock.today()
    )
    assert (services.follow_bills(SYSTEM), status_of(order)) == (1, "paid")
    assert services.follow_bills(SYSTEM) == 0
    revenue.return_proof(SYSTEM, bill=bill, note="查无此款")
    assert (services.follow_bills(SYSTEM), status_of(order)) == (1, "approved")
    pay_bill(bill)
    assert (services.follow_bills(SYSTEM), status_of(order)) == (1, "closed")
