"""Signs of orders that were not a customer's, by their published formulas."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from portal.revenue.engine import BaseRule, Seen, Thresholds, base_of, find_signs

DAY, PAID = date(2026, 3, 1), datetime(2026, 3, 1, 4, tzinfo=UTC)


def seen(key, buyer="b", live="", **more):
    return Seen(key, "shop", buyer, live, DAY, PAID, **more)


def test_one_buyer_with_many_lines_of_a_day():
    five = [seen(number) for number in range(5)]
    assert find_signs(five, Thresholds()) == {}
    assert set(find_signs([*five, seen(5)], Thresholds())) == set(range(6))


def test_nameless_buyers_are_not_one_buyer():
    assert find_signs([seen(number, buyer="") for number in range(9)], Thresholds()) == {}


@pytest.mark.parametrize(("hours", "found"), [(12, {1: ["quick_refund"]}), (13, {})])
def test_refund_of_the_same_night(hours, found):
    line = seen(1, refunded_at=PAID + timedelta(hours=hours))
    assert find_signs([line], Thresholds()) == found


def test_much_of_a_live_room():
    others = [seen(f"o{number}", buyer=f"o{number}", live="L") for number in range(14)]
    mine = [seen(number, live="L") for number in range(6)]
    assert find_signs([*others, *mine], Thresholds(most_a_day=9)) == {}
    more = [*others[1:], *mine, seen(6, live="L")]
    signs = find_signs(more, Thresholds(most_a_day=9))
    assert set(signs) == set(range(7))
    Random(1).shuffle(more)
    assert find_signs(more, Thresholds(most_a_day=9)) == signs


@pytest.mark.parametrize(
    ("rule", "base"),
    [
        (BaseRule(), 9_500),
        (BaseRule(platform_coupon_lowers=True), 9_200),
        (BaseRule(freight_counts=True), 10_100),
        (BaseRule(True, True), 9_800),
    ],
)
def test_subsidies_and_freight(rule, base):
    assert base_of(rule, 10_000, 500, 300, 600) == base


def test_coupons_above_the_price_are_refused():
    with pytest.raises(ValueError, match="coupons"):
        base_of(BaseRule(), 100, 101, 0, 0)
