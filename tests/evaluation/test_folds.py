"""Folding: cases worked by hand, and what holds for any facts."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.evaluation.gathering.document import Folds, Gatherer, Window
from portal.evaluation.gathering.folds import fold, weights_of
from portal.evaluation.gathering.reading import Row
from portal.evaluation.gathering.weights import capped, effective_sample

SHARE = 0.25
parties = st.integers(1, 12)
weights = st.dictionaries(parties, st.integers(1, 10_000).map(float), min_size=1, max_size=12)
free = st.integers(0, 10_000).map(float)
observation = st.builds(
    Row,
    party=st.just(1),
    measure=st.just("x"),
    service=st.just(0),
    is_struck=st.just(False),
    is_counted=st.just(True),
    fact=st.integers(1, 10**9),
    value=st.floats(-1e6, 1e6),
    sample=st.integers(1, 1_000),
    counterpart=st.integers(0, 6),
    day=st.integers(1, 400),
)
many = st.lists(observation, min_size=1, max_size=30, unique_by=lambda one: one.fact)


def folded(kind, *rows, share=SHARE, **more):
    """`rows`: (value, sample, counterpart[, day])."""
    gatherer = Gatherer("X", "x", Folds(kind), Window(days=90), **more)
    observations = [seen(at, *row) for at, row in enumerate(rows)]
    return fold(gatherer, observations, share=share, day=100)


def seen(at, value, sample, counterpart, day=100):
    return Row(at, 1, "x", 0, counterpart, value, sample, day, False, True)


# --- one merchant is at most a share --------------------------------------------------------------


def test_capped_of_one_large_counterpart():
    # 60 of 100 is too much; beside 40 of others the most is 40/3, a quarter of 53⅓.
    kept = capped({1: 60.0, 2: 10.0, 3: 10.0, 4: 10.0, 5: 10.0}, SHARE)
    assert kept == {1: pytest.approx(40 / 3), 2: 10, 3: 10, 4: 10, 5: 10}


def test_capped_of_two_large_counterparts():
    # t = ¼ (20 + 2t) → t = 10
    kept = capped({1: 60.0, 2: 50.0, 3: 7.0, 4: 7.0, 5: 6.0}, SHARE)
    assert kept == {1: 10, 2: 10, 3: 7, 4: 7, 5: 6}


def test_capped_of_three_weighs_them_alike():
    assert capped({1: 9.0, 2: 4.0, 3: 2.0}, SHARE) == {1: 2, 2: 2, 3: 2}


def test_capped_beside_evidence_that_is_nobodys():
    assert capped({1: 60.0}, SHARE, free=30.0) == {1: 10}


@settings(deadline=None)
@given(weights, free)
def test_capped_lets_nobody_above_the_share_nor_gain(given_weights, rest):
    kept = capped(given_weights, SHARE, rest)
    total = Fraction(rest) + sum(map(Fraction, kept.values()))
    most = max(Fraction(SHARE), Fraction(1, len(kept))) * total
    for party, weight in kept.items():
        assert 0 < weight <= given_weights[party]
        assert weight <= most * (1 + Fraction(1, 10**9))


@settings(deadline=None)
@given(weights, free)
def test_capped_keeps_the_order_and_what_is_small_enough(given_weights, rest):
    kept = capped(given_weights, SHARE, rest)
    for one, weight in given_weights.items():
        for other, more in given_weights.items():
            assert weight > more or kept[one] <= kept[other]
    if max(given_weights.values()) <= SHARE * (rest + sum(given_weights.values())):
        assert kept == given_weights


@settings(deadline=None)
@given(weights, free)
def test_capped_cuts_no_more_than_it_must(given_weights, rest):
    """A slightly higher level would let somebody above the share, or all weigh the same."""
    kept = capped(given_weights, SHARE, rest)
    level = max(kept.values())
    if kept == given_weights or len(set(kept.values())) == 1:
        return
    higher = {k: min(w, level * 1.001) for k, w in given_weights.items()}
    assert max(higher.values()) > SHARE * (rest + sum(higher.values()))


@settings(deadline=None)
@given(weights, free)
def test_effective_sample_is_never_more_than_there_was(given_weights, rest):
    kept = capped(given_weights, SHARE, rest)
    found = effective_sample(given_weights, kept, rest)
    assert 0 < found <= (rest + sum(given_weights.values())) * (1 + 1e-12)
    if kept == given_weights:
        assert found == rest + sum(given_weights.values())


# --- folds ----------------------------------------------------------------------------------------


def test_rate_worked_by_hand():
    # Merchant 1 has six leads, 2 to 5 one each: t = ¼ (4 + t) → t = 4/3, so each of its leads
    # weighs 2/9. Signed: three of merchant 1, and those of 2 and 3: (3·2/9 + 2) / (4 + 4/3) = 50%.
    rows = [(100, 1, 1)] * 3 + [(0, 1, 1)] * 3
    rows += [(100, 1, 2), (100, 1, 3), (0, 1, 4), (0, 1, 5)]
    value, sample = folded("rate", *rows)
    assert value == pytest.approx(50)
    # (16/3)² / (4 + (4/3)²/6)
    assert sample == pytest.approx((16 / 3) ** 2 / (4 + 16 / 9 / 6))


def test_rate_without_counterparts_weighs_by_sample():
    assert folded("rate", (80, 10, 0), (50, 20, 0)) == (60, 30)


def test_median_halves_the_weight():
    assert folded("median", (1, 1, 0), (5, 1, 0), (9, 1, 0)) == (5, 3)
    assert folded("median", (1, 1, 0), (5, 1, 0)) == (3, 2)
    assert folded("median", (1, 1, 0), (5, 3, 0)) == (5, 4)


def test_distinct_counts_counterparts_once():
    assert folded("distinct", (1, 1, 7), (1, 1, 7), (1, 1, 8)) == (2, 2)


def test_effective_number_of_equal_shares_is_their_number():
    assert folded("effective", (50, 10, 1), (25, 5, 2), (25, 5, 2)) == (pytest.approx(2), 20)
    value, _sample = folded("effective", (75, 1, 1), (25, 1, 2))
    assert value == pytest.approx(1.6)
    assert folded("effective", (0, 3, 1)) == (None, 3)


def test_latest_takes_the_newest_day_and_row():
    assert folded("latest", (60, 8, 0, 90), (70, 9, 0, 99), (80, 7, 0, 98)) == (70, 9)


def test_decayed_halves_every_half_life():
    value, sample = folded("decayed", (12, 1, 0, 100), (12, 1, 0, 90), half_life=10, none=0)
    assert (value, sample) == (18, None)
    assert folded("decayed", half_life=10, none=0) == (0, None)


def test_sum_adds_up():
    assert folded("sum", (0.1, 1, 0), (0.2, 1, 0), (0.3, 1, 0)) == (math.fsum([0.1, 0.2, 0.3]), 3)


@pytest.mark.parametrize("kind", [one for one in Folds if one is not Folds.DECAYED])
def test_fold_of_nothing_is_nothing(kind):
    assert folded(kind) == (None, None)


@settings(deadline=None)
@given(st.sampled_from(list(Folds)), many, st.randoms())
def test_fold_does_not_depend_on_the_order(kind, rows, random):
    gatherer = Gatherer("X", "x", kind, Window(days=90), half_life=30)
    before = fold(gatherer, rows, share=SHARE, day=400)
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert fold(gatherer, shuffled, share=SHARE, day=400) == before


@settings(deadline=None)
@given(st.sampled_from([Folds.RATE, Folds.MEAN, Folds.MEDIAN, Folds.LATEST]), many)
def test_fold_lies_between_the_least_and_the_greatest(kind, rows):
    gatherer = Gatherer("X", "x", kind, Window(days=90))
    value, _sample = fold(gatherer, rows, share=SHARE, day=400)
    values = [one.value for one in rows]
    assert value is not None
    assert min(values) <= value <= max(values)


@settings(deadline=None)
@given(many)
def test_weights_add_up_to_no_more_than_the_sample(rows):
    found, sample = weights_of(rows, SHARE)
    assert all(0 < w <= one.sample for w, one in zip(found, rows, strict=True))
    assert sample <= sum(one.sample for one in rows) * (1 + 1e-12)
