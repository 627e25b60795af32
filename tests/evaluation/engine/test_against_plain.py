"""The engine and the rules written out plainly agree on any method and any data."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.evaluation.engine import Indicators, evaluate, parse_method
from tests.evaluation.engine import plain

numbers = st.floats(-20, 200, allow_nan=False).map(lambda x: round(x, 3))
weights = st.integers(0, 30)
SEGMENTS = ("a", "b")


@st.composite
def indicators(draw: Any, code: str) -> dict[str, Any]:
    direction = draw(st.sampled_from(["higher", "lower", "band"]))
    transform = draw(st.sampled_from(["linear", "log", "log1p"]))
    marks = sorted(draw(st.sets(st.integers(1, 150), min_size=4, max_size=4)))
    one: dict[str, Any] = {
        "code": code,
        "name": {"zh": code, "en": code},
        "unit": "count",
        "direction": direction,
        "transform": transform,
        "weight": draw(weights),
        "min_sample": draw(st.none() | st.integers(0, 12)),
        "cap": draw(st.none() | st.integers(1, 120)),
    }
    if direction == "band":
        one |= {"outer": [marks[0], marks[3]], "inner": [marks[1], marks[2]]}
    else:
        one |= {"lower": marks[0], "upper": marks[3]}
    if draw(st.booleans()):
        prior = draw(st.just("segment") | numbers)
        one["shrink"] = {"strength": draw(st.integers(1, 25)), "prior": prior}
    if draw(st.booleans()):
        one["applies_to"] = draw(st.sampled_from([["a"], ["b"], ["a", "b"]]))
    return one


@st.composite
def means(draw: Any) -> dict[str, Any]:
    kind = draw(st.sampled_from(["arithmetic", "geometric", "power"]))
    if kind == "power":
        return {"kind": kind, "exponent": draw(st.sampled_from([-2, -1, 0.5, 2, 3]))}
    return {"kind": kind}


@st.composite
def methods(draw: Any) -> dict[str, Any]:
    dimensions = []
    for number in range(draw(st.integers(1, 3))):
        count = draw(st.integers(1, 3))
        inside = [draw(indicators(f"i{number}{place}")) for place in range(count)]
        inside[0]["weight"] += 1  # weights that are all zero are refused
        dimensions.append(
            {
                "code": f"d{number}",
                "name": {"zh": "维", "en": "Dimension"},
                "weight": draw(st.integers(1, 30)),
                "aggregate": draw(means()),
                "indicators": inside,
            }
        )
    worst, best = draw(st.sampled_from([(0, 1), (1, 100), (0, 10)]))
    return {
        "code": "any",
        "version": "1",
        "scale": [worst, best],
        "aggregate": draw(means()),
        "min_coverage": draw(st.sampled_from([0, 0.4, 0.6, 1])),
        "winsorise": draw(st.sampled_from([None, [2, 98], [10, 75], [0, 100]])),
        "draws": 0,
        "seed": 7,
        "dimensions": dimensions,
        "gates": [
            {"code": "g", "composite": (worst + best) / 2, "dimensions": {"d0": worst + 0.1}}
        ],
    }


@st.composite
def worlds(draw: Any) -> tuple[dict[str, Any], list[plain.Row], dict[str, str], dict[str, Any]]:
    document = draw(methods())
    parties = [f"p{number}" for number in range(draw(st.integers(1, 6)))]
    segments = {party: draw(st.sampled_from(SEGMENTS)) for party in parties}
    codes = [i["code"] for d in document["dimensions"] for i in d["indicators"]]
    keys = draw(st.sets(st.sampled_from([(p, c) for p in parties for c in codes])))
    samples = st.none() | st.integers(0, 40).map(float)
    rows = [(party, code, draw(numbers), draw(samples)) for party, code in sorted(keys)]
    gates = {party: ["g"] for party in parties if draw(st.booleans())}
    return document, rows, segments, gates


@settings(max_examples=100, deadline=None)
@given(worlds())
def test_any_world_is_rated_as_the_rules_say(
    world: tuple[dict[str, Any], list[plain.Row], dict[str, str], dict[str, Any]],
) -> None:
    document, rows, segments, gates = world
    method = parse_method(document)
    data = Indicators.of_rows(rows, segments=segments, gates=gates)
    found = evaluate(method, data)
    for (party, column), expected in plain.scores(document, rows, segments, gates).items():
        row, place = data.row_of(party), method.columns.index(column)
        score, rank = found.score[row, place], found.rank[row, place]
        assert (score == score) == (expected.score is not None), (party, column)
        assert found.coverage[row, place] == pytest.approx(expected.coverage)
        assert int(rank) == (expected.rank or 0)
        if expected.score is not None:
            assert score == pytest.approx(expected.score, rel=1e-9, abs=1e-9)
