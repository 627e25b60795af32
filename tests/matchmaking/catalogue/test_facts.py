"""Daily facts, reputations, gates and boards."""

from datetime import datetime, time, timedelta

import pytest

from matchmaking.catalogue import services
from matchmaking.catalogue.fields import DayFields, GateFields
from matchmaking.catalogue.models import (
    Board,
    BoardPlace,
    Gate,
    Prize,
    Product,
    ProductDay,
    Reputation,
)
from matchmaking.catalogue.states import GateEffect
from portal.core import clock
from portal.notices.models import Notice
from tests import factories
from tests.matchmaking.catalogue.checks import refused
from tests.revenue.orders.telling import Order, record


@pytest.fixture
def product(merchant):
    return factories.listed_product(merchant.actor)


def told(product, n=0, **changes):
    counts = {"delivered": 60, "good_reviews": 30, "bad_reviews": 1, "late": 2} | changes
    return DayFields(product.pk, clock.today() - timedelta(days=n), **counts)


def test_day_told_again_replaces_and_the_same_writes_nothing(product, operator):
    assert services.record_days(operator.actor, days=[told(product)]) == 1
    assert services.record_days(operator.actor, days=[told(product)]) == 0
    assert services.record_days(operator.actor, days=[told(product, delivered=61)]) == 1
    assert ProductDay.objects.get().delivered == 61


def test_only_operators_bring_facts_in(product, merchant, creator):
    for person in (merchant, creator):
        refused(403, services.record_days, person.actor, days=[told(product)])


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"late": 61}, "late"), ({"delivered": -1}, "delivered"), ({"quality_returns": 99}, None)],
)
def test_day_that_cannot_be_is_refused(product, operator, changes, field):
    day = told(product, **changes)
    verdict = refused(422, services.record_days, operator.actor, days=[day])
    assert verdict.flaws[0].field == (field or "quality_returns")


def test_day_to_come_is_refused(product, operator):
    refused(422, services.record_days, operator.actor, days=[told(product, n=-1)])


def test_reputation_fades_and_ends_with_its_window(product, operator):
    services.record_days(operator.actor, days=[told(product)])
    services.rate_all()
    product.refresh_from_db()
    assert product.is_rated
    services.rate_all(clock.today() + timedelta(days=90))
    product.refresh_from_db()
    assert not product.is_rated
    assert Reputation.objects.filter(product=product).latest("day").score is None


def gate(**changes):
    said = {"effect": GateEffect.POOL, "reason": "口碑分过低", "starts_on": clock.today()}
    return GateFields(**({"least_score": 300} | said | changes))


def test_gate_keeps_low_scores_out_of_the_pool_with_its_reason(product, merchant, operator):
    poor = told(product, bad_reviews=60, late=50, quality_returns=40, complaints=30)
    services.record_days(operator.actor, days=[poor])
    services.rate_all()
    made = services.set_gate(operator.actor, fields=gate())
    assert not Product.objects.shown().exists()
    notice = Notice.objects.get(event="product.gate", user=merchant.user)
    assert "口碑分过低" in str(notice.params)
    html = merchant.browser().get(product.get_absolute_url()).content.decode()
    assert "口碑分过低" in html
    services.lift_gate(operator.actor, gate=made, why="规则调整")
    assert Product.objects.shown().exists()


def test_product_that_is_not_rated_stands_before_no_score_gate(product, operator):
    services.set_gate(operator.actor, fields=gate(least_score=500))
    assert Product.objects.shown().exists()


def test_gate_before_one_product_leaves_others_alone(product, merchant, operator):
    other = factories.listed_product(merchant.actor)
    services.set_gate(operator.actor, fields=gate(least_score=None, product_id=product.pk))
    assert list(Product.objects.shown()) == [other]


def test_gates_are_set_by_operators_with_a_reason(product, merchant, operator):
    refused(403, services.set_gate, merchant.actor, fields=gate())
    refused(422, services.set_gate, operator.actor, fields=gate(reason=" "))
    refused(422, services.set_gate, operator.actor, fields=gate(product_id=product.pk))
    assert not Gate.objects.exists()


@pytest.fixture
def last_monday():
    today = clock.today()
    return today - timedelta(days=today.weekday() + 7)


def rated(product, week):
    Reputation.objects.create(product=product, day=week, score=430, delivered=80, parts={})


def test_board_of_a_week_is_made_once_from_what_settled(product, merchant, last_monday):
    Prize.objects.create(
        rank_from=1, rank_to=1, name_zh="流量券", name_en="Coupon", starts_on=last_monday
    )
    rated(product, last_monday)
    sold(merchant, product, last_monday)
    assert services.make_boards(last_monday) == 1
    place = BoardPlace.objects.get()
    assert (place.rank, place.product, place.orders, place.points) == (1, product, 6, 95.8)
    assert place.prize.name_zh == "流量券"
    assert services.make_boards(last_monday) == 0
    assert Notice.objects.filter(event="board.won", user=merchant.user).count() == 1


def test_week_that_is_not_over_has_no_board(product):
    this_monday = clock.today() - timedelta(days=clock.today().weekday())
    assert services.make_boards(this_monday) == 0
    assert not Board.objects.exists()


def test_prize_is_handed_over_once_by_an_operator(product, merchant, operator, last_monday):
    Prize.objects.create(
        rank_from=1, rank_to=3, name_zh="流量券", name_en="Coupon", starts_on=last_monday
    )
    rated(product, last_monday)
    sold(merchant, product, last_monday)
    services.make_boards(last_monday)
    place = BoardPlace.objects.get()
    refused(403, services.give_prize, merchant.actor, place=place, note="已发")
    refused(422, services.give_prize, operator.actor, place=place, note=" ")
    services.give_prize(operator.actor, place=place, note="券码已发站内信")
    refused(409, services.give_prize, operator.actor, place=place, note="再发")


def sold(merchant, product, week):
    """Six orders of that week, and one that settles the week after."""
    monday = datetime.combine(week, time(9), clock.SHANGHAI)
    for number in range(7):
        order = Order(merchant, order=f"B{number}", product=product.upstream_id)
        order.paid_at = monday
        hours = 24 if number < 6 else 24 * 9
        record(order.paid(), order.settled(10_000, hours=hours))
