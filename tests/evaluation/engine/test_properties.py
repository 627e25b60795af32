"""What holds for any method and any figures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from portal.evaluation.engine import Indicators, Method, evaluate, explain, gain_of, parse_method

from .methods import band, dimension, document, indicator, score_of

KINDS = [
    {"kind": "arithmetic"},
    {"kind": "geometric"},
    {"kind": "power", "exponent": -1.5},
    {"kind": "power", "exponent": 3},
]
CODES = "ABCDE"
any_index = settings(  # on a busy machine, too
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TINY = 1e-9

values = st.floats(-5, 20, allow_nan=False).map(lambda value: round(value, 3))
samples = st.one_of(st.none(), st.integers(0, 60).map(float))
weights = st.integers(1, 40)


@st.composite
def indicators(draw: st.DrawFn, code: str, *, monotone: bool = False) -> dict[str, Any]:
    """With monotone, a direction that has one better side."""
    shrink = st.fixed_dictionaries(
        {"strength": st.integers(0, 20), "prior": st.sampled_from([3, "segment"])}
    )
    common = {
        "weight": draw(weights),
        "min_sample": draw(st.sampled_from([None, 10])),
        "shrink": draw(st.one_of(st.none(), shrink)),
        "cap": draw(st.sampled_from([None, 12])),
    }
    direction = draw(st.sampled_from(["higher", "lower"] + ([] if monotone else ["band"])))
    if direction == "band":
        return band(code, **common)
    transform = draw(st.sampled_from(["linear", "log", "log1p"]))
    return indicator(code, direction=direction, transform=transform, lower=1, **common)


@st.composite
def documents(draw: st.DrawFn, *, monotone: bool = False) -> dict[str, Any]:
    """Five indicators in two dimensions."""
    made = [draw(indicators(code, monotone=monotone)) for code in CODES]
    return document(
        *(
            dimension(code, *some, weight=draw(weights), aggregate=draw(st.sampled_from(KINDS)))
            for code, some in (("one", made[:3]), ("two", made[3:]))
        ),
        aggregate=draw(st.sampled_from(KINDS)),
        min_coverage=draw(st.sampled_from([None, 0.5])),
        winsorise=draw(st.sampled_from([None, [10, 90]])),
    )


@st.composite
def figures(draw: st.DrawFn) -> list[tuple[str, str, float, float | None]]:
    parties = [f"p{at}" for at in range(draw(st.integers(1, 6)))]
    return [
        (party, code, draw(values), draw(samples))
        for party in parties
        for code in CODES
        if draw(st.integers(0, 4))
    ]


def data_of(rows: list[tuple[str, str, float, float | None]]) -> Indicators:
    parties = {"p0", *(row[0] for row in rows)}
    segments = {party: "xy"[int(party[1]) % 2] for party in parties}
    return Indicators.of_rows(rows, segments=segments, codes=CODES)


def columns_of(method: Method, data: Indicators) -> np.ndarray:
    return evaluate(method, data).score


@any_index
@given(documents(), figures(), st.randoms())
def test_order_free(made, rows, random):
    """Neither the order of rows nor that of parties, dimensions or indicators moves a score."""
    shuffled = list(rows)
    random.shuffle(shuffled)
    turned = made | {"dimensions": made["dimensions"][::-1]}
    for one in turned["dimensions"]:
        one["indicators"] = one["indicators"][::-1]

    first = evaluate(parse_method(made), data_of(rows))
    second = evaluate(parse_method(made), data_of(shuffled))
    third = evaluate(parse_method(turned), data_of(shuffled))

    assert np.array_equal(first.score, second.score, equal_nan=True)
    assert np.array_equal(first.rank, second.rank)
    assert np.allclose(first.score, third.score[:, [1, 0, 2]], atol=TINY, equal_nan=True)


@any_index
@given(documents(), figures(), st.sampled_from([0.001, 0.5, 7, 1e6]))
def test_weights_are_free_of_scale(made, rows, factor):
    data, before = data_of(rows), columns_of(parse_method(made), data_of(rows))
    for one in made["dimensions"]:
        one["weight"] *= factor
        for each in one["indicators"]:
            each["weight"] *= factor

    assert np.allclose(before, columns_of(parse_method(made), data), atol=1e-7, equal_nan=True)


@any_index
@given(documents(monotone=True), figures(), st.sampled_from(CODES), values, st.floats(0, 9))
def test_monotone_in_each_indicator(made, rows, code, value, better):
    """A better value of one's own never lowers one's score: the segment held, as on the what-if
    page, or without a prior of the segment and without winsorising, in the segment as it becomes.
    With them a better value moves the others' yardstick too, never by more than their clip.
    """
    method = parse_method(made)
    sign = {one.code: 1 if one.direction == "higher" else -1 for one in method.indicators}[code]
    for one in method.indicators:
        # Below a logarithm's reach lies its worst end, in both directions.
        assume(
            one.code != code or one.transform == "linear" or min(value, value + sign * better) > 0
        )
    kept = [row for row in rows if row[:2] != ("p0", code)]
    data = data_of([*kept, ("p0", code, value, 30)])

    gain = gain_of(method, data, "p0", code, value + sign * better)
    assert np.isnan(gain) or gain >= -TINY

    coupled = made["winsorise"] or any(
        (each["shrink"] or {}).get("prior") == "segment"
        for one in made["dimensions"]
        for each in one["indicators"]
    )
    if not coupled:
        after = data_of([*kept, ("p0", code, value + sign * better, 30)])
        was, became = (score_of(evaluate(method, one), "p0") for one in (data, after))
        assert np.isnan(was) or became >= was - 1e-8


@any_index
@given(documents(), figures())
def test_composite_lies_between_the_least_and_the_greatest_dimension(made, rows):
    scores = columns_of(parse_method(made), data_of(rows))

    for *dimensions, composite in scores:
        rated = [score for score in dimensions if not np.isnan(score)]
        if not np.isnan(composite):
            assert min(rated) <= composite <= max(rated)


@any_index
@given(documents(), figures(), st.sampled_from(CODES))
def test_missing_is_never_zero(made, rows, code):
    """A row that is taken away takes its indicator's weight away: what is left is the mean of the
    others, as by a method that never had the indicator for that party."""
    made["min_coverage"] = None
    method = parse_method(made)
    data = data_of([row for row in rows if row[1] != code])
    without = {
        **made,
        "dimensions": [
            {**one, "indicators": [each for each in one["indicators"] if each["code"] != code]}
            for one in made["dimensions"]
        ],
    }

    ours, other = columns_of(method, data), columns_of(parse_method(without), data)

    assert np.array_equal(ours, other, equal_nan=True)


@any_index
@given(documents(), figures())
def test_scores_lie_on_the_scale_and_coverage_within_one(made, rows):
    scores = evaluate(parse_method(made), data_of(rows))

    known = scores.score[~np.isnan(scores.score)]
    assert ((known >= 0) & (known <= 100)).all()
    assert ((scores.coverage >= 0) & (scores.coverage <= 1)).all()


@any_index
@given(values, values, st.floats(0.1, 50), st.floats(0, 1000), st.floats(0, 1000))
def test_shrinkage_moves_toward_the_prior_and_fades(value, prior, strength, n, more):
    shrink = {"strength": strength, "prior": prior}
    method = parse_method(document(dimension("one", indicator(shrink=shrink))))

    def shrunk(sample: float) -> float:
        data = Indicators.of_rows([("p", "A", value, sample)])
        step = explain(method, data, "p").dimensions[0].indicators[0].shrunk
        assert step is not None
        return step

    few, many = shrunk(n), shrunk(n + more)
    assert min(value, prior) - TINY <= few <= max(value, prior) + TINY
    assert abs(many - value) <= abs(few - value) + TINY


@any_index
@given(documents(), figures())
def test_steps_add_up_to_what_is_scored(made, rows):
    """An opened number is the number: contributions make the dimension, dimensions the whole."""
    method, data = parse_method(made), data_of(rows)
    scores = columns_of(method, data)

    opened = explain(method, data, "p0")

    for at, column in enumerate([*opened.dimensions, opened]):
        assert np.allclose(column.score if column.score is not None else np.nan, scores[0, at],
                           rtol=0, atol=0, equal_nan=True)  # fmt: skip
    for one in opened.dimensions:
        shares = [each.share for each in one.indicators]
        assert sum(shares) == 0 or abs(sum(shares) - 1) < TINY
        if one.score is not None and one.dimension.aggregate.kind == "arithmetic":
            total = sum(each.contribution or 0 for each in one.indicators)
            assert abs(total - one.score) < 1e-7


@any_index
@given(documents(), figures())
def test_draws_stay_on_the_scale_and_in_order(made, rows):
    method = replace(parse_method(made), draws=20)
    scores = evaluate(method, data_of(rows))

    is_rated = ~np.isnan(scores.score)
    assert np.array_equal(is_rated, ~np.isnan(scores.low))
    low, high = scores.low[is_rated], scores.high[is_rated]
    assert (low <= high).all()
    assert ((low >= 0) & (high <= 100)).all()
