"""Each step against arithmetic done by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from .methods import band, dimension, indicator, method_of, one_score, score_of, scored

TWO = (indicator("A", weight=3), indicator("B", weight=1))


@pytest.mark.parametrize(
    ("value", "score"),
    [(0, 0), (2.5, 25), (10, 100), (-4, 0), (12, 100)],
)
def test_linear(value, score):
    assert one_score(value) == score
    assert one_score(value, direction="lower") == 100 - score


def test_onto_the_scale():
    method = method_of(scale=[1, 100])

    # 1 + 99 × 2.5 / 10
    assert score_of(scored(method, ("p", "A", 2.5)), "p") == 25.75


@pytest.mark.parametrize(
    ("value", "score"),
    [
        (1, 0),
        (8, 50),  # ln 8 / ln 64 = 3 ln 2 / 6 ln 2
        (64, 100),
        (0.5, 0),
    ],
)
def test_logarithm(value, score):
    goalposts = {"lower": 1, "upper": 64, "transform": "log"}
    assert one_score(value, **goalposts) == pytest.approx(score, abs=1e-12)
    assert one_score(value, direction="lower", **goalposts) == pytest.approx(100 - score, abs=1e-12)


def test_logarithm_of_one_more():
    # ln(1 + 3) / ln(1 + 15) = 2 ln 2 / 4 ln 2
    assert one_score(3, lower=0, upper=15, transform="log1p") == pytest.approx(50)


@pytest.mark.parametrize(("transform", "value"), [("log", 0), ("log", -3), ("log1p", -1)])
@pytest.mark.parametrize("direction", ["higher", "lower"])
def test_what_a_logarithm_cannot_reach_scores_the_worst_end(transform, value, direction):
    assert one_score(value, lower=1, upper=64, transform=transform, direction=direction) == 0


def test_what_a_logarithm_cannot_reach_is_the_worst_of_a_band_too():
    method = method_of(dimension("one", band(outer=[1, 14], transform="log")))

    assert score_of(scored(method, ("p", "A", 0)), "p") == 0


@pytest.mark.parametrize(
    ("value", "score"),
    [
        (-1, 0),
        (0, 0),
        (0.5, 25),  # a quarter of the way from 0 to 2
        (2, 100),
        (4, 100),
        (6, 100),
        (8, 75),  # three quarters of the way from 14 to 6
        (14, 0),
        (20, 0),
    ],
)
def test_band(value, score):
    assert score_of(scored(method_of(dimension("one", band())), ("p", "A", value)), "p") == score


@pytest.mark.parametrize(("value", "score"), [(1.9, 0), (2, 100), (6, 100), (6.1, 0)])
def test_band_that_falls_off_at_once(value, score):
    method = method_of(dimension("one", band(outer=[2, 6])))

    assert score_of(scored(method, ("p", "A", value)), "p") == score


def test_cap_cuts_what_is_above_and_only_that():
    assert one_score(9, cap=6) == 60
    assert one_score(9, cap=6, direction="lower") == 40
    assert one_score(5, cap=6) == 50


# --- shrinking ------------------------------------------------------------------------------------


def shrunk_method(prior: float | str, **changes: object):
    shrink = {"strength": 20, "prior": prior}
    return method_of(dimension("one", indicator(upper=100, shrink=shrink, **changes)))


def test_shrinks_to_a_number():
    scores = scored(shrunk_method(50), ("p", "A", 80, 60))

    # (60 × 80 + 20 × 50) / 80
    assert score_of(scores, "p") == 72.5


def test_shrinks_to_the_sample_weighted_mean_of_the_segment_self_included():
    scores = scored(shrunk_method("segment"), ("p", "A", 80, 30), ("q", "A", 40, 10))

    # The mean is (30 × 80 + 10 × 40) / 40 = 70.
    assert score_of(scores, "p") == 76  # (30 × 80 + 20 × 70) / 50
    assert score_of(scores, "q") == 60  # (10 × 40 + 20 × 70) / 30


def test_prior_leaves_out_small_samples_and_values_without_one():
    method = shrunk_method("segment", min_sample=10)
    scores = scored(
        method, ("p", "A", 80, 20), ("q", "A", 0, 9), ("r", "A", 10), ("s", "A", 60, 20)
    )

    # The mean of p and s is 70; q is dropped, r is as it was said.
    assert score_of(scores, "p") == 75
    assert score_of(scores, "s") == 65
    assert score_of(scores, "r") == 10
    assert math.isnan(score_of(scores, "q"))


def test_prior_is_of_the_own_segment():
    rows = ("p", "A", 80, 20), ("q", "A", 40, 20), ("r", "A", 0, 20)
    scores = scored(shrunk_method("segment"), *rows, segments={"p": "x", "q": "x", "r": "y"})

    assert score_of(scores, "p") == 70
    assert score_of(scores, "r") == 0


def test_sample_of_nothing_is_all_prior():
    assert score_of(scored(shrunk_method(50), ("p", "A", 80, 0)), "p") == 50


def test_sample_of_nothing_without_strength_stays_what_it_is():
    shrink = {"strength": 0, "prior": 50}
    method = method_of(dimension("one", indicator(upper=100, shrink=shrink)))

    assert score_of(scored(method, ("p", "A", 80, 0)), "p") == 80


def test_the_smallest_sample_that_counts():
    method = method_of(dimension("one", indicator(min_sample=5)))
    scores = scored(method, ("a", "A", 4, 5), ("b", "A", 4, 4.9), ("c", "A", 4))

    assert [score_of(scores, party) for party in "ac"] == [40, 40]
    assert math.isnan(score_of(scores, "b"))


# --- winsorising ----------------------------------------------------------------------------------


def test_winsorises_at_interpolated_percentiles_of_the_segment():
    method = method_of(dimension("one", indicator(upper=100)), winsorise=[10, 90])
    values = [0, 10, 20, 30, 40, 100]
    rows = [(f"p{at}", "A", value) for at, value in enumerate(values)]
    rows.append(("other", "A", 55))
    segments = {party: "x" for party, _, _ in rows} | {"other": "y"}

    scores = scored(method, *rows, segments=segments)

    # Of six values the tenth percentile lies half way (0.1 × 5) from the first to the second, the
    # ninetieth half way from the fifth to the sixth. Alone in a segment, one is its own percentile.
    assert [score_of(scores, f"p{at}") for at in range(6)] == [5, 10, 20, 30, 40, 70]
    assert score_of(scores, "other") == 55


def test_winsorises_after_shrinking_and_capping():
    shrink = {"strength": 10, "prior": 0}
    one = indicator(upper=100, shrink=shrink, cap=30)
    method = method_of(dimension("one", one), winsorise=[0, 50])

    scores = scored(
        method, *((party, "A", value, 10) for party, value in zip("abc", (20, 40, 90), strict=True))
    )

    # Shrunk to 10, 20, 45; capped to 10, 20, 30; the median is 20.
    assert [score_of(scores, party) for party in "abc"] == [10, 20, 20]


# --- means ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("aggregate", "score"),
    [
        ({"kind": "arithmetic"}, 35),  # (3 × 40 + 1 × 20) / 4
        ({"kind": "geometric"}, (40**3 * 20) ** 0.25),
        ({"kind": "power", "exponent": 2}, ((3 * 1600 + 400) / 4) ** 0.5),
        ({"kind": "power", "exponent": -1}, 4 / (3 / 40 + 1 / 20)),
        ({"kind": "power", "exponent": 1}, 35),
        ({"kind": "power", "exponent": 0}, (40**3 * 20) ** 0.25),
        ({"kind": "power", "exponent": 900}, 40 * 0.75 ** (1 / 900)),
        ({"kind": "power", "exponent": -900}, 20 * 0.25 ** (-1 / 900)),
    ],
)
def test_means(aggregate, score):
    inside = method_of(dimension("one", *TWO, aggregate=aggregate))
    across = method_of(
        dimension("one", TWO[0], weight=3), dimension("two", TWO[1]), aggregate=aggregate
    )

    for method in (inside, across):
        scores = scored(method, ("p", "A", 4), ("p", "B", 2))
        assert score_of(scores, "p") == pytest.approx(score, abs=2e-9)


@pytest.mark.parametrize(
    "aggregate",
    [{"kind": "geometric"}, {"kind": "power", "exponent": -2}],
)
def test_a_zero_takes_all_where_nothing_can_make_up_for_it(aggregate):
    method = method_of(dimension("one", *TWO, aggregate=aggregate))

    assert score_of(scored(method, ("p", "A", 10), ("p", "B", 0)), "p") == 0


def test_a_zero_without_weight_takes_nothing():
    method = method_of(
        dimension("one", TWO[0], {**TWO[1], "weight": 0}, aggregate={"kind": "geometric"})
    )

    assert score_of(scored(method, ("p", "A", 4), ("p", "B", 0)), "p") == pytest.approx(40)


def test_defaults_are_arithmetic_inside_and_geometric_across():
    method = method_of(
        dimension("one", indicator("A"), indicator("B")), dimension("two", indicator("C"))
    )
    scores = scored(method, ("p", "A", 2), ("p", "B", 6), ("p", "C", 9))

    assert score_of(scores, "p", "one") == 40
    assert score_of(scores, "p") == pytest.approx(60)  # √(40 × 90)


# --- what is missing ------------------------------------------------------------------------------


def test_weights_are_shared_among_what_is_there():
    method = method_of(dimension("one", *TWO))
    scores = scored(method, ("p", "B", 2))

    assert score_of(scores, "p") == 20
    assert scores.coverage[0].tolist() == [0.25, 1]


def test_dimension_below_its_coverage_is_empty():
    method = method_of(dimension("one", *TWO), dimension("two", indicator("C")), min_coverage=0.5)
    scores = scored(method, ("p", "B", 2), ("p", "C", 8))

    assert math.isnan(score_of(scores, "p", "one"))
    assert score_of(scores, "p") == pytest.approx(80)
    assert scores.coverage[0].tolist() == [0.25, 1, 0.5]


def test_composite_below_its_coverage_is_empty():
    method = method_of(
        dimension("one", indicator("A"), weight=3),
        dimension("two", indicator("B")),
        min_coverage=0.5,
    )
    scores = scored(method, ("p", "B", 2), ("q", "A", 2))

    assert score_of(scores, "p", "two") == 20
    assert math.isnan(score_of(scores, "p"))
    assert scores.rank[:, -1].tolist() == [0, 1]
    assert score_of(scores, "q") == pytest.approx(20)


def test_coverage_that_is_not_exact_in_binary_still_counts():
    weights = (0.1, 0.2, 0.3, 0.4)  # 0.1 + 0.2 + 0.3 is not 0.6
    method = method_of(
        dimension(
            "one", *(indicator(code, weight=w) for code, w in zip("ABCD", weights, strict=True))
        ),
        min_coverage=0.7,
    )
    scores = scored(method, ("p", "A", 5), ("p", "B", 5), ("p", "D", 5))

    assert score_of(scores, "p") == pytest.approx(50)


def test_coverage_is_over_what_applies():
    method = method_of(
        dimension("one", indicator("A", applies_to=["live"]), indicator("B")),
        dimension("two", indicator("C", applies_to=["live"])),
        min_coverage=1,
    )
    rows = ("p", "B", 4), ("p", "C", 9), ("q", "B", 4)
    scores = scored(method, *rows, segments={"p": "design", "q": "live"})

    # For p nothing but B applies, and its C counts nowhere; q lacks A and C.
    assert scores.score[0, [0, 2]].tolist() == pytest.approx([40, 40])
    assert math.isnan(scores.score[0, 1])
    assert scores.coverage.tolist() == [[1, 0, 1], [0.5, 0, 0]]
    assert np.isnan(scores.score[1]).all()


def test_what_applies_can_differ_from_the_segment():
    method = method_of(dimension("one", indicator(applies_to=["live"])))
    rows = ("p", "A", 4), ("q", "A", 6)
    scores = scored(
        method, *rows, segments={"p": "x", "q": "x"}, applies={"p": "live", "q": "design"}
    )

    assert score_of(scores, "p") == pytest.approx(40)
    assert math.isnan(score_of(scores, "q"))


def test_party_without_a_figure_has_a_row():
    scores = scored(method_of(), segments={"p": "x"})

    assert scores.parties == ("p",)
    assert np.isnan(scores.score).all()
    assert scores.coverage.tolist() == [[0, 0]]


# --- gates ----------------------------------------------------------------------------------------

GATES = [
    {"code": "severe", "composite": 40, "dimensions": {"health": 20}},
    {"code": "light", "composite": 60},
]


def test_gates_cap_dimensions_then_the_composite():
    method = method_of(
        dimension("work", indicator("A")), dimension("health", indicator("B")), gates=GATES
    )
    rows = [(party, code, 9.0) for party in "pqrs" for code in "AB"]
    rows += [("t", "A", 1.0), ("t", "B", 9.0)]
    scores = scored(
        method,
        *rows,
        gates={"p": ["severe"], "q": ["light"], "r": ["severe", "light"], "t": ["severe"]},
    )

    # √(90 × 20) is 42.4, above the cap of 40; √(10 × 20) is 14.1, below it.
    assert [score_of(scores, party) for party in "pqrs"] == pytest.approx([40, 60, 40, 90])
    assert [score_of(scores, party, "health") for party in "pqrs"] == [20, 90, 20, 90]
    assert score_of(scores, "t") == pytest.approx(200**0.5)


# --- ranks ----------------------------------------------------------------------------------------


def test_ties_share_the_better_rank_inside_the_segment():
    values = {"a": 5, "b": 8, "c": 5, "d": 3, "e": 5.00000001}
    rows = [*((party, "A", value) for party, value in values.items()), ("z", "A", 1)]
    segments = dict.fromkeys(values, "x") | {"z": "y", "empty": "x"}
    scores = scored(method_of(), *rows, segments=segments)

    ranks = dict(zip(scores.parties, scores.rank[:, -1].tolist(), strict=True))
    assert ranks == {"a": 2, "b": 1, "c": 2, "d": 5, "e": 2, "z": 1, "empty": 0}
