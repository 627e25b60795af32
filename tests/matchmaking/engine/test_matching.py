"""Matching of posts and products: filters, order, ties, and what a single pair is told."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.engine.matching import gaps, score_pairs, suggest
from matchmaking.engine.matching.filters import FILTERS
from tests.bench.matching import METHOD, TODAY, posts_of, products_of

MOST = 5
EXCLUSIVE = FILTERS.index("exclusive")


def every_pair(posts, products):
    rows, columns = np.meshgrid(np.arange(len(posts.ids)), np.arange(len(products.ids)))
    rows, columns = rows.ravel(), columns.ravel()
    return rows, columns, score_pairs(posts, rows, products, columns, METHOD, today=TODAY)


def taken(table, order):
    return replace(table, **{name: values[order] for name, values in vars(table).items()})


def changed(table, name, row, value):
    column = getattr(table, name).copy()
    column[row] = value
    return replace(table, **{name: column})


def like(table, row, other):
    """The table with `other` the same as `row`, but for its id."""
    columns = {}
    for name, values in vars(table).items():
        column = values.copy()
        if name != "ids":
            column[other] = column[row]
        columns[name] = column
    return replace(table, **columns)


sizes = st.tuples(st.integers(1, 14), st.integers(1, 40), st.integers(1, 120))


@settings(deadline=None, max_examples=40)
@given(sizes, st.integers(1, 12))
def test_lists_hold_the_best_of_all_pairs_that_pass_every_filter(size, most):
    categories, m, n = size
    posts, products = posts_of(m, categories), products_of(n)
    found = suggest(posts, products, METHOD, today=TODAY, most=most)
    rows, columns, scores = every_pair(posts, products)
    good = scores.is_match
    for row in range(m):
        wanted = np.sort(scores.units[good & (rows == row)])[::-1][:most]
        assert found.product_units[row][: len(wanted)].tolist() == wanted.tolist()
        assert (found.products[row][len(wanted) :] == -1).all()
    for column in range(n):
        wanted = np.sort(scores.units[good & (columns == column)])[::-1][:most]
        assert found.post_units[column][: len(wanted)].tolist() == wanted.tolist()


@settings(deadline=None, max_examples=20)
@given(st.randoms(use_true_random=False))
def test_order_of_the_input_changes_nothing(random):
    posts, products = posts_of(20, 4), products_of(90)
    posts = like(like(posts, 0, 1), 0, 2)
    products = like(like(like(products, 3, 4), 3, 5), 3, 6)  # ties, which turns decide
    one = suggest(posts, products, METHOD, today=TODAY, most=MOST)
    p, q = list(range(20)), list(range(90))
    random.shuffle(p)
    random.shuffle(q)
    other = suggest(taken(posts, p), taken(products, q), METHOD, today=TODAY, most=MOST)
    named = {
        int(posts.ids[row]): [int(products.ids[c]) for c in one.products[row] if c >= 0]
        for row in range(20)
    }
    for place, row in enumerate(p):
        found = [int(products.ids[q[c]]) for c in other.products[place] if c >= 0]
        assert found == named[int(posts.ids[row])]


def test_the_same_day_gives_the_same_lists_and_another_day_turns_ties():
    posts, products = posts_of(1, 14), products_of(60)
    for other in range(1, 60):
        products = like(products, 0, other)
    products = replace(products, stock=products.stock + 1, is_taken=products.is_taken & False)
    posts = replace(
        posts,
        price_low=posts.price_low * 0,
        price_high=posts.price_high + 10**9,
        commission_least=posts.commission_least * 0,
        sources=posts.sources * 0 + 511,
        samples_wanted=posts.samples_wanted * 0,
        exclusive=posts.exclusive & False,
    )
    first, again, later = (
        suggest(posts, products, METHOD, today=day, most=MOST).products[0].tolist()
        for day in (TODAY, TODAY, TODAY + 1)
    )
    assert first == again
    assert first != later


@pytest.mark.parametrize(
    ("name", "better", "worse"),
    [("commission", 4_000, 3_000), ("reputation", 4.8, 4.1), ("listed_day", TODAY, TODAY - 300)],
)
def test_better_in_one_part_and_equal_in_the_rest_is_ahead(name, better, worse):
    posts, products = posts_of(30, 4), like(products_of(80), 7, 8)
    products = changed(changed(products, name, 7, better), name, 8, worse)
    _rows, columns, scores = every_pair(posts, products)
    ahead, behind = scores.units[columns == 7], scores.units[columns == 8]
    assert (ahead > behind).all()


def test_nobody_sees_whom_he_is_kept_apart_from():
    posts, products = posts_of(40, 14), products_of(200)
    free = suggest(posts, products, METHOD, today=TODAY, most=MOST)
    row = int(np.flatnonzero(free.products[:, 0] >= 0)[0])
    pair = np.array([[posts.posters[row], products.merchants[free.products[row, 0]]]])
    found = suggest(posts, products, METHOD, today=TODAY, most=MOST, apart=pair)
    mine = np.flatnonzero(posts.posters == pair[0, 0])
    theirs = set(np.flatnonzero(products.merchants == pair[0, 1]))
    assert not theirs & set(found.products[mine].ravel().tolist())


def test_certainty_is_the_weight_of_what_is_known():
    posts, products = posts_of(1, 4), products_of(1)
    nan = np.array([np.nan])
    posts = replace(posts, reputation=nan, on_time=nan, goods=np.full((1, 5), np.nan))
    products = replace(products, reputation=nan)
    _rows, _columns, scores = every_pair(posts, products)
    assert scores.certainty[0] == pytest.approx(0.5)  # category, commission and freshness
    named = {gap.code for gap in gaps(posts, 0, products, 0) if not gap.is_hard}
    assert named == {"unrated", "poster_unrated", "goods", "on_time"}


def test_unknown_sales_by_price_are_those_asked_for():
    posts, products = posts_of(1, 14), products_of(1)
    posts = replace(
        posts,
        goods=np.full((1, 5), np.nan),
        price_low=np.array([5_000]),
        price_high=np.array([19_999]),
    )
    products = replace(products, price_low=np.array([6_000]), price_high=np.array([6_000]))
    place = [part.code for part in METHOD.parts].index("price")
    _rows, _columns, scores = every_pair(posts, products)
    assert scores.points[0, place] == pytest.approx(25 / 2)


def test_gaps_name_what_is_offered_and_what_is_wanted():
    posts, products = posts_of(1, 14), products_of(1)
    posts = replace(
        posts,
        price_low=np.array([5_000]),
        price_high=np.array([9_000]),
        commission_least=np.array([2_000]),
        sources=np.array([1]),
        samples_wanted=np.array([3]),
        exclusive=np.array([True]),
    )
    products = replace(
        products,
        price_low=np.array([10_000]),
        price_high=np.array([12_000]),
        commission=np.array([1_500]),
        source=np.array([2]),
        samples=np.array([1]),
        stock=np.array([0]),
        offers_exclusive=np.array([False]),
        is_taken=np.array([True]),
    )
    hard = [(gap.code, gap.detail) for gap in gaps(posts, 0, products, 0) if gap.is_hard]
    assert hard == [
        ("price_above", (10_000, 9_000)),
        ("commission", (1_500, 2_000)),
        ("source", (2,)),
        ("exclusive", ()),
        ("taken", ()),
        ("samples", (1, 3)),
        ("stock", ()),
    ]
    _rows, _columns, scores = every_pair(posts, products)
    assert not scores.is_match[0]
    assert scores.fails[0, EXCLUSIVE]


def test_wrong_tables_and_methods_are_named():
    posts, products = posts_of(3, 4), products_of(3)
    with pytest.raises(ValueError, match="price_low: above price_high"):
        replace(posts, price_low=posts.price_high + 1)
    with pytest.raises(ValueError, match="category_shares: none asked"):
        replace(posts, category_shares=posts.category_shares * 0)
    with pytest.raises(ValueError, match="ids: the same id twice"):
        replace(products, ids=products.ids * 0)
    with pytest.raises(ValueError, match="reputation: a value"):
        replace(products, reputation=products.reputation + 9)
    with pytest.raises(ValueError, match="parts: weights sum to"):
        replace(METHOD, parts=(*METHOD.parts[:-1], replace(METHOD.parts[-1], weight=9)))
    with pytest.raises(ValueError, match="price_bands"):
        replace(METHOD, price_bands=(1, 2))


def test_many_posts_of_a_category_are_cut_across_blocks():
    """More than a block holds: what a product is shown comes from several."""
    posts, products = posts_of(17_000, 1), products_of(6)
    found = suggest(posts, products, METHOD, today=TODAY, most=MOST)
    _rows, columns, scores = every_pair(posts, products)
    for column in range(6):
        wanted = np.sort(scores.units[scores.is_match & (columns == column)])[::-1][:MOST]
        assert found.post_units[column][: len(wanted)].tolist() == wanted.tolist()
