"""What a price costs: exact, whatever its form."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.engine.pricing import Price, PriceForm, Step, cost

FEN = st.integers(0, 10**13)
SHARE = st.integers(0, 10_000)


@st.composite
def prices(draw) -> Price:
    shares = draw(st.lists(SHARE, min_size=1, max_size=5))
    edges = sorted(draw(st.sets(st.integers(1, 10**13), min_size=4, max_size=4)))
    ladder = tuple(map(Step, [0, *edges], shares))
    is_ladder, fee = draw(st.booleans()), draw(st.integers(0, 10**10))
    is_guarantee = bool(fee and shares[0]) and draw(st.booleans())
    return Price(fee, shares[0], ladder if is_ladder else (), is_guarantee)


def exact(price: Price, months: int, gmv: int) -> int:
    """The same, step by step in decimals, rounded at the end alone."""
    steps = price.ladder or (Step(0, price.share_bp),)
    share = Decimal(0)
    for number, step in enumerate(steps):
        top = steps[number + 1].from_fen if number + 1 < len(steps) else gmv
        share += Decimal(max(min(top, gmv) - step.from_fen, 0)) * step.share_bp / 10_000
    fees, part = price.monthly_fee_fen * months, int(share.to_integral_value(ROUND_HALF_UP))
    return max(fees, part) if price.is_guarantee else fees + part


@given(prices(), st.integers(1, 36), FEN)
def test_cost_is_exact(price, months, gmv):
    assert cost(price, months=months, gmv_fen=gmv) == exact(price, months, gmv)


@given(prices(), st.integers(1, 36), FEN, FEN)
def test_more_is_never_cheaper(price, months, one, other):
    low, high = sorted((one, other))
    assert cost(price, months=months, gmv_fen=low) <= cost(price, months=months, gmv_fen=high)


@given(SHARE, st.sets(st.integers(1, 10**12), max_size=4), FEN)
def test_ladder_of_equal_shares_is_a_share(share, edges, gmv):
    ladder = tuple(Step(edge, share) for edge in [0, *sorted(edges)])
    one = cost(Price(0, share, ladder), months=6, gmv_fen=gmv)
    assert one == cost(Price(0, share), months=6, gmv_fen=gmv)


@given(st.integers(1, 10**10), st.integers(1, 10_000), st.integers(1, 36), FEN)
def test_guarantee_is_never_less_than_either(fee, share, months, gmv):
    guaranteed = cost(Price(fee, share, is_guarantee=True), months=months, gmv_fen=gmv)
    apart = [cost(price, months=months, gmv_fen=gmv) for price in (Price(fee), Price(0, share))]
    assert guaranteed == max(apart), "never less than either, and never more than the greater"
    assert guaranteed <= cost(Price(fee, share), months=months, gmv_fen=gmv)


def test_guarantee_by_hand():
    """¥10,000 a month for 6 months or 5%: at ¥1 m it is the fees, at ¥2 m the share."""
    price = Price(1_000_000, 500, is_guarantee=True)
    assert cost(price, months=6, gmv_fen=100_000_000) == 6_000_000
    assert cost(price, months=6, gmv_fen=200_000_000) == 10_000_000


def test_ladder_by_hand():
    """5% up to ¥1 m, 8% of what is above: of ¥1.5 m that is 50,000 + 40,000."""
    price = Price(0, 500, (Step(0, 500), Step(100_000_000, 800)))
    assert cost(price, months=6, gmv_fen=150_000_000) == 9_000_000
    assert cost(price, months=6, gmv_fen=0) == 0


@pytest.mark.parametrize(
    ("price", "form"),
    [
        (Price(100), PriceForm.FIXED),
        (Price(0, 300), PriceForm.SHARE),
        (Price(100, 300), PriceForm.BOTH),
        (Price(100, 300, (Step(0, 300), Step(5, 400))), PriceForm.LADDER),
        (Price(0, 300, (Step(0, 300),)), PriceForm.SHARE),
        (Price(100, 300, is_guarantee=True), PriceForm.GUARANTEE),
    ],
)
def test_price_knows_its_form(price, form):
    assert price.form is form


@pytest.mark.parametrize(
    "wrong",
    [
        (-1, 0, ()),
        (100, 0, (), True),
        (0, 300, (), True),
        (0, 10_001, ()),
        (0, 300, (Step(1, 300),)),
        (0, 300, (Step(0, 200),)),
        (0, 300, (Step(0, 300), Step(0, 400))),
        (0, 300, (Step(0, 300), Step(9, 10_001))),
    ],
)
def test_price_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match=r"price|ladder"):
        Price(*wrong)
