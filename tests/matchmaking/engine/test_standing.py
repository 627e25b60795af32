"""Where a lost bid stood: bands, places, and nothing that tells the winner's terms."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.engine.standing import Bid, Order, PriceBand, standing_of

DAY, NOON = date(2026, 11, 22), datetime(2026, 11, 22, 4, tzinfo=UTC)


def bid(fen: int, days: int = 0, minutes: int = 0) -> Bid:
    return Bid(fen, DAY + timedelta(days=days), NOON + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("own", "band"),
    [
        (94, PriceBand.LOWER),
        (95, PriceBand.CLOSE),
        (105, PriceBand.CLOSE),
        (106, PriceBand.HIGHER),
        (120, PriceBand.HIGHER),
        (121, PriceBand.FAR),
    ],
)
def test_price_is_told_in_bands(own, band):
    found = standing_of(bid(own), bid(100), [bid(own), bid(100)])
    assert found.price is band


def test_start_and_answer_are_told_by_order():
    own, won = bid(100, days=-1, minutes=5), bid(100)
    found = standing_of(own, won, [own, won])
    assert (found.start, found.answer, found.place) == (Order.EARLIER, Order.LATER, 1)


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=9))
def test_places_are_by_price_and_equal_prices_share(costs):
    bids = [bid(fen) for fen in costs]
    places = [standing_of(own, bids[0], bids).place for own in bids]
    assert min(places) == 1
    for one, other in zip(bids, places, strict=True):
        assert other == 1 + sum(b.cost_fen < one.cost_fen for b in bids)
