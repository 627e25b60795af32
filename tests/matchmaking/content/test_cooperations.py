"""The cooperation of a content order: it runs from the accepted quote on, asks for its fee once,
and is over with the order; or the order with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from matchmaking.content import services
from matchmaking.content.facts import record_content_facts
from matchmaking.content.models import ContentOrder
from matchmaking.cooperation import selectors
from matchmaking.cooperation import services as cooperations
from matchmaking.cooperation.fields import AmendmentFields, EndingFields, PriceFields
from matchmaking.cooperation.models import Cooperation
from portal.core import clock
from portal.core.verdict import Refused
from portal.evaluation.models import Fact
from portal.revenue.demo_bills import pay_bill
from portal.revenue.models import Bill
from tests import factories
from tests.factories import SYSTEM, at_once
from tests.matchmaking.content.test_orders import PIECE, accepted, at, quoted, status_of

pytestmark = pytest.mark.django_db


def english(person):
    browser = person.browser()
    browser.cookies["django_language"] = "en"
    return browser


def shown(merchant, maker, **changes):
    order = accepted(merchant, maker, **changes)
    return services.show_piece(maker.actor, order=order, draft_url=PIECE)


def paid(merchant, maker, order):
    services.approve_piece(merchant.actor, order=order)
    slip = factories.picture("slip.png")
    services.show_payment(merchant.actor, order=order, paid_on=clock.today(), proof=slip)
    return services.confirm_payment(maker.actor, order=order)


def of(order):
    return Cooperation.objects.get(pk=order.cooperation_id)


def ended(person, order, *, days=8, reason="plans"):
    with at(1):
        fields = EndingFields(reason, "档期取消", clock.today() + timedelta(days=days))
        return cooperations.end_cooperation(person.actor, cooperation=of(order), fields=fields)


def test_it_runs_from_the_accepted_quote_and_is_over_with_the_payment(merchant, creator):
    order = shown(merchant, creator, share=0)
    made = of(order)
    assert (made.status, made.began_at is not None) == ("active", True)
    services.approve_piece(merchant.actor, order=order)
    pay_bill(Bill.objects.get(agreement=made.agreement))
    assert services.follow_bills(SYSTEM) == 1
    made = of(order)
    assert (made.status, status_of(order)) == ("ended", "closed")
    assert made.reviews_until is not None  # it was paid: both may review
    with at(16):
        assert cooperations.settle_cooperations(SYSTEM) == 1
    assert of(order).status == "settled"


def test_with_a_share_its_orders_are_split_until_the_term_ends(merchant, creator, agency):
    both, alone = shown(merchant, creator), shown(merchant, agency, fee=0)
    paid(merchant, creator, both)
    services.approve_piece(merchant.actor, order=alone)
    assert {status_of(both), status_of(alone)} == {"closed"}
    assert {of(both).status, of(alone).status} == {"active"}
    with at(40):
        cooperations.sweep_cooperations(SYSTEM)
    assert {of(both).status, of(alone).status} == {"ended"}


def test_fee_is_asked_for_once_and_every_page_says_so(merchant, creator):
    order = shown(merchant, creator)
    made = of(order)
    assert selectors.standing_figures(made).dues.fees_fen == 0  # nothing is approved
    services.approve_piece(merchant.actor, order=order)
    assert selectors.standing_figures(of(order)).dues.fees_fen == 800_000
    with at(25):
        assert cooperations.bill_fees(SYSTEM) == 0
    browser = english(merchant)
    page = browser.get(made.get_absolute_url()).content.decode()
    assert "Fixed fee, once" in page
    assert "a month" not in page
    said = made.versions.get().content
    words = dict(selectors.facts_of_paper(made.versions.get()).facts)
    assert said["is_once"] is True
    assert any("¥8,000" in value for value in words.values())
    assert not any("月" in value and "8,000" in value for value in words.values())
    listed = browser.get("/api/v1/cooperations/").json()["results"]
    assert [row["is_once"] for row in listed] == [True]


def test_fee_that_was_changed_is_what_is_billed_and_cannot_be_changed_later(merchant, creator):
    order = shown(merchant, creator)
    change = AmendmentFields(price=PriceFields(900_000, 1_000))
    other = AmendmentFields(price=PriceFields(700_000, 1_000))
    done = cooperations.propose_amendment(merchant.actor, cooperation=of(order), fields=change)
    cooperations.accept_amendment(creator.actor, amendment=done)
    late = cooperations.propose_amendment(merchant.actor, cooperation=of(order), fields=other)
    services.approve_piece(merchant.actor, order=order)
    assert Bill.objects.get(agreement=of(order).agreement).amount_fen == 900_000
    with pytest.raises(Refused) as caught:
        cooperations.accept_amendment(creator.actor, amendment=late)
    assert [flaw.field for flaw in caught.value.verdict.flaws] == ["monthly_fee_fen"]
    cooperations.withdraw_amendment(merchant.actor, amendment=late)
    with pytest.raises(Refused):
        cooperations.propose_amendment(merchant.actor, cooperation=of(order), fields=other)
    page = merchant.browser().get(f"/cooperations/{order.cooperation_id}/amendments/new/")
    assert page.status_code == 200
    assert b'name="payment_day"' not in page.content


def test_work_that_shows_nothing_ends_with_its_cooperation(merchant, creator, agency):
    """What was shown is approved and paid all the same."""
    nothing, piece = accepted(merchant, creator), shown(merchant, agency)
    for order in (nothing, piece):
        ended(merchant, order)
    with at(10):
        cooperations.sweep_cooperations(SYSTEM)
        services.sweep_orders(SYSTEM)
        assert {of(nothing).status, of(piece).status} == {"terminated"}
        assert (status_of(nothing), status_of(piece)) == ("cancelled", "approved")
        with pytest.raises(Refused):
            services.show_piece(creator.actor, order=nothing, draft_url=PIECE)
    assert Bill.objects.filter(agreement=of(piece).agreement).exists()
    assert not Bill.objects.filter(agreement=of(nothing).agreement).exists()
    page = english(creator).get(nothing.get_absolute_url()).content.decode()
    assert "Broken off" in page


def test_term_that_ran_out_without_a_piece_is_a_delay_and_a_notice_is_none(merchant, agency):
    missing, ceased = accepted(merchant, agency), accepted(merchant, agency, title="第二条")
    ended(merchant, ceased)
    with at(60):
        cooperations.sweep_cooperations(SYSTEM)
        assert {status_of(missing), status_of(ceased)} == {"cancelled"}
        record_content_facts(SYSTEM)
    facts = Fact.objects.filter(measure="delivery", party=agency.party)
    assert {fact.ref_id: fact.value for fact in facts} == {str(missing.pk): 0.0}


@pytest.mark.django_db(transaction=True)
def test_piece_shown_while_the_cooperation_ends_is_one_of_the_two(merchant, creator):
    order = accepted(merchant, creator)
    ended(creator, order)

    def show():
        with at(10):
            return services.show_piece(creator.actor, order=order, draft_url=PIECE)

    def sweep():
        with at(10):
            return cooperations.sweep_cooperations(SYSTEM)

    answers = at_once(show, sweep)
    assert of(order).status == "terminated"
    was_shown = not any(isinstance(one, Refused) for one in answers)
    assert status_of(order) == ("produced" if was_shown else "cancelled")


@pytest.mark.django_db(transaction=True)
def test_payment_confirmed_twice_at_once_ends_it_once(merchant, creator):
    order = shown(merchant, creator, share=0)
    services.approve_piece(merchant.actor, order=order)
    slip = factories.picture("slip.png")
    services.show_payment(merchant.actor, order=order, paid_on=clock.today(), proof=slip)
    answers = at_once(
        lambda: services.confirm_payment(creator.actor, order=order),
        lambda: services.confirm_payment(creator.actor, order=order),
    )
    assert sum(isinstance(one, Refused) for one in answers) == 1
    assert (status_of(order), of(order).status) == ("closed", "ended")


def test_quote_nobody_accepted_makes_no_cooperation(merchant, creator):
    order = quoted(merchant, creator)
    with at(8):
        services.sweep_orders(SYSTEM)
    assert ContentOrder.objects.get(pk=order.pk).cooperation_id is None
    assert not Cooperation.objects.exists()
