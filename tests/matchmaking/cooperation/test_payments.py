"""Reviews stand on money that was paid; fees are billed by the month, and the rest at the end."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from matchmaking.cooperation import services
from matchmaking.cooperation.demo import pay_something
from matchmaking.cooperation.doors import Through
from matchmaking.cooperation.fields import DisputeFields, EndingFields, ReviewFields, Terms
from matchmaking.cooperation.models import FirstPayment, Review
from matchmaking.cooperation.rules import can_give_review
from matchmaking.cooperation.selectors import standing_figures
from matchmaking.cooperation.services.fees import BACK, FEE, REST
from matchmaking.cooperation.states import Door
from portal.core import clock
from portal.notices.models import Notice
from portal.revenue.bill_states import BillKind, BillStatus
from portal.revenue.models import Bill
from tests.factories import SYSTEM
from tests.matchmaking.cooperation.conftest import sold
from tests.matchmaking.cooperation.test_life import refused
from tests.revenue.orders.telling import Order, record

pytestmark = pytest.mark.django_db
GOOD = ReviewFields(5, 4, 3, "准时。")


def after(days):
    return clock.standing_at(clock.now() + timedelta(days=days))


def complete(running, merchant, provider):
    for person in (merchant, provider):
        services.complete_cooperation(person.actor, cooperation=running)
    running.refresh_from_db()


def review(person, cooperation):
    return services.give_review(person.actor, cooperation=cooperation, fields=GOOD)


def test_nothing_paid_nothing_reviewed(running, merchant, provider):
    complete(running, merchant, provider)
    refused(lambda: review(merchant, running), 422)
    assert not Review.objects.exists()
    page = merchant.browser().get(running.get_absolute_url()).content.decode()
    assert str(can_give_review(merchant.actor, running).reason) in page
    assert services.note_payments(SYSTEM) == 0


def test_two_weeks_begin_with_the_first_payment(running, merchant, provider):
    line = Order(merchant)
    record(line.paid())
    complete(running, merchant, provider)
    with after(20):
        refused(lambda: review(merchant, running), 422)
        record(line.settled())
        Notice.objects.all().delete()
        assert (services.note_payments(SYSTEM), services.note_payments(SYSTEM)) == (1, 0)
        assert set(Notice.objects.values_list("event", flat=True)) == {"cooperation.paid"}
        assert review(merchant, running).published_at is None
        assert services.publish_reviews(SYSTEM) == 0
    with after(35):
        refused(lambda: review(provider, running), 409)
        assert services.publish_reviews(SYSTEM) == 1


def test_bill_that_was_paid_opens_reviews(merchant, provider):
    made = opened(merchant, provider, share_bp=0)
    pay_something(made)
    with after(12):
        complete(made, merchant, provider)
        review(merchant, made)
    assert made.payment.bill.status == BillStatus.PAID


def test_database_asks_for_the_payment(running, merchant, provider):
    complete(running, merchant, provider)
    services.bill_fees(SYSTEM)
    bill = Bill.objects.get(agreement=running.agreement)
    with pytest.raises(IntegrityError), transaction.atomic():
        FirstPayment.objects.create(cooperation=running, at=clock.now(), bill=bill)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(
            cooperation=running,
            by=merchant.party,
            about=provider.party,
            result=5,
            communication=5,
            reliability=5,
            at=clock.now(),
        )


# --- bills ----------------------------------------------------------------------------------------


def opened(merchant, provider, **changes):
    values = {
        "title": "自播间代运营",
        "scope": "每周五场",
        "monthly_fee_fen": 3_000_000,
        "share_bp": 300,
        "starts_on": clock.today(),
        "term_months": 3,
    }
    made = services.open_cooperation(
        merchant.actor,
        door=Through(Door.DIRECT, "d-1"),
        merchant=merchant.party,
        provider=provider.party,
        terms=Terms(**(values | changes)),
    )
    services.start_cooperation(SYSTEM, made.pk)
    made.refresh_from_db()
    return made


def bills(made, code=FEE):
    rows = Bill.objects.filter(agreement=made.agreement, code=code).order_by("key")
    return list(rows.values_list("key", "amount_fen"))


def test_fee_of_each_month_is_billed_once(merchant, provider):
    made = opened(merchant, provider)
    first = made.starts_on
    assert (services.bill_fees(SYSTEM), services.bill_fees(SYSTEM)) == (1, 0)
    bill = Bill.objects.get(agreement=made.agreement)
    assert (bill.kind, bill.payer, bill.payee) == ("retainer", merchant.party, provider.party)
    assert bill.due_on == clock.today() + timedelta(days=7)
    for days in (26, 57, 85, 120):
        with after(days):
            services.bill_fees(SYSTEM)
    keys = [services.months_later(first, n).isoformat() for n in range(3)]
    assert bills(made) == [(key, 3_000_000) for key in keys]


def test_month_after_the_notice_is_not_billed(merchant, provider):
    made = opened(merchant, provider, notice_days=10)
    services.bill_fees(SYSTEM)
    fields = EndingFields("plans", "计划变了", clock.today() + timedelta(days=20))
    services.end_cooperation(provider.actor, cooperation=made, fields=fields)
    for days in (27, 40):
        with after(days):
            assert services.bill_fees(SYSTEM) == 0


def close(made):
    with clock.standing_at(clock.now() + timedelta(days=93)):
        assert services.end_term(SYSTEM, made.pk)
    with clock.standing_at(clock.now() + timedelta(days=130)):
        assert services.settle_cooperations(SYSTEM) == 1
        assert services.settle_cooperations(SYSTEM) == 0


def test_guarantee_is_billed_at_the_end_less_what_lines_gave(merchant, provider):
    made = opened(merchant, provider, is_guarantee=True, monthly_fee_fen=100_000, share_bp=1_000)
    assert services.bill_fees(SYSTEM) == 0
    with after(5):
        sold(made)
    close(made)
    [(_key, amount)] = bills(made, REST)
    assert amount == 300_000 - made.closing.by_lines_fen
    assert made.closing.by_lines_fen > 0


def test_what_a_dispute_gave_back_is_not_asked_for_again(merchant, provider, operator):
    made = opened(merchant, provider, is_guarantee=True, monthly_fee_fen=100_000, share_bp=1_000)
    with after(5):
        services.sweep_cooperations(SYSTEM)
        made.refresh_from_db()
        sold(made)
        given = standing_figures(made).dues.by_lines_fen
        asked = DisputeFields("quality", 5_000, made.starts_on, made.last_day, "少播了三场")
        dispute = services.open_dispute(merchant.actor, cooperation=made, fields=asked)
        services.speak_in_dispute(provider.actor, dispute=dispute, text="平台故障")
        services.decide_dispute(operator.actor, dispute=dispute, returned_bp=5_000, decision="属实")
    with after(30):
        services.sweep_disputes(SYSTEM)
    close(made)
    [(_key, amount)] = bills(made, REST)
    assert made.closing.by_lines_fen == given - given // 2
    assert amount == 300_000 - given


def test_fees_go_back_where_the_target_was_missed(merchant, provider):
    ladder = [[0, 10_000], [5_000, 4_000], [10_000, 0]]
    made = opened(merchant, provider, share_bp=0, gmv_target_fen=90_000_000, refund_ladder=ladder)
    for days in (0, 57):  # one month was never billed
        with after(days):
            services.bill_fees(SYSTEM)
    asked = sum(amount for _key, amount in bills(made))
    close(made)
    back = Bill.objects.get(agreement=made.agreement, code=BACK)
    assert (back.payer, back.payee) == (provider.party, merchant.party)
    assert back.amount_fen == asked
    assert bills(made, REST) == []


def test_two_beats_bill_a_month_once(merchant, provider):
    made = opened(merchant, provider)
    assert services.bill_fees_of(SYSTEM, made) == 1
    assert services.bill_fees_of(SYSTEM, made) == 0
    assert Bill.objects.get().kind == BillKind.RETAINER


def test_page_shows_the_bills(merchant, provider):
    made = opened(merchant, provider)
    services.bill_fees(SYSTEM)
    page = merchant.browser().get(made.get_absolute_url()).content.decode()
    assert Bill.objects.get().get_absolute_url() in page
