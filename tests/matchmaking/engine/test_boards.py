"""The weekly board: an order that is the same however its rows come."""

from hypothesis import given
from hypothesis import strategies as st

from matchmaking.engine.boards import Seller, rank_sellers

sellers = st.lists(
    st.builds(
        Seller,
        product=st.integers(1, 10_000),
        sales_fen=st.integers(-1_000, 10**9),
        orders=st.integers(0, 100),
        score=st.one_of(st.none(), st.integers(0, 500)),
    ),
    max_size=30,
    unique_by=lambda one: one.product,
)


def ranked(rows, size=10):
    return rank_sellers(rows, size=size, least_score=350, least_orders=5)


def test_best_seller_with_full_reputation_has_a_hundred_points():
    [first, second] = ranked([Seller(1, 100, 9, 500), Seller(2, 50, 9, 400)])
    assert (first.seller.product, first.points) == (1, 100.0)
    assert second.points == 100 * (0.7 * 0.5 + 0.3 * 0.8)


def test_who_is_not_rated_or_below_does_not_stand_there():
    rows = [Seller(1, 900, 9, None), Seller(2, 900, 9, 349), Seller(3, 900, 4, 500)]
    assert ranked(rows) == []


@given(sellers, st.randoms())
def test_order_does_not_depend_on_how_rows_come(rows, random):
    mixed = list(rows)
    random.shuffle(mixed)
    assert ranked(rows) == ranked(mixed)


@given(sellers)
def test_places_count_up_and_points_go_down(rows):
    places = ranked(rows)
    assert [place.rank for place in places] == list(range(1, len(places) + 1))
    points = [place.points for place in places]
    assert points == sorted(points, reverse=True)
    assert all(0 <= one <= 100 for one in points)
