"""The steps of a change add up to it, whatever changed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.evaluation.engine import parse_method
from portal.evaluation.engine.change import GATES, METHOD, RATED, Moment, change_between
from portal.evaluation.engine.steps import next_value

from . import factories

METHODS = [parse_method(factories.document(version=str(n))) for n in range(2)]
KINDS = [{"kind": "arithmetic"}, {"kind": "geometric"}, {"kind": "power", "exponent": -1}]
METHODS += [parse_method(factories.document(version=str(k), aggregate=k)) for k in KINDS]
DIMENSIONS = [dimension.code for dimension in METHODS[0].dimensions]

numbers = st.one_of(st.none(), st.floats(1, 100))
moments = st.builds(
    lambda method, points, rated, gated: Moment(
        method,
        {code: value for code, value in points.items() if value is not None},
        frozenset(rated),
        frozenset({"severe"} if gated else ()),
    ),
    st.sampled_from(METHODS),
    st.fixed_dictionaries(dict.fromkeys(METHODS[0].codes, numbers)),
    st.sets(st.sampled_from(DIMENSIONS), min_size=1),
    st.booleans(),
)
EVERY = frozenset(DIMENSIONS)


@settings(deadline=None, max_examples=60)
@given(moments, moments)
def test_steps_add_up_to_the_difference(before, after):
    shares = change_between(before, after)
    if before.score is None or after.score is None:
        assert shares == []
    else:
        assert sum(s.change for s in shares) == pytest.approx(after.score - before.score, abs=1e-9)


@settings(deadline=None, max_examples=30)
@given(moments)
def test_nothing_changed_is_no_step(moment):
    assert change_between(moment, moment) == []


def _moment(**points):
    whole = dict.fromkeys(METHODS[0].codes, 50.0) | points
    return Moment(METHODS[0], whole, EVERY)


def test_like_changes_get_like_shares():
    first, second = change_between(_moment(), _moment(C1=60.0, C3=62.5))
    assert (first.what, second.what) == ("C1", "C3")  # weights 25 and 20: 250 points each
    assert first.change == pytest.approx(second.change, rel=0.01)


def test_other_things_than_indicators_have_their_step():
    before = _moment()
    after = Moment(METHODS[1], before.points, EVERY - {"talent"}, frozenset({"severe"}))
    assert [s.what for s in change_between(before, after)] == [METHOD, RATED, GATES]


def test_moment_scores_as_the_engine_does():
    """0.5 in each of five geometric parts is 0.5 on the scale."""
    assert _moment().score == pytest.approx(50.0)


@pytest.mark.parametrize(
    ("code", "value", "better"),
    [
        ("C3", 26.0, 30.5),  # 5–50: a tenth is 4.5
        ("C3", 48.0, 50.0),
        ("C3", 50.0, None),
        ("C3", 0.0, 9.5),
        ("H2", 2.0, 1.2),  # lower is better
        ("H2", 0.0, None),
        ("C1", 1.0, 60**0.1),  # logarithms
        ("C1", 0.0, 60**0.1),
    ],
)
def test_step_is_a_tenth_of_the_way(code, value, better):
    indicator = next(one for one in METHODS[0].indicators if one.code == code)
    assert next_value(indicator, value) == (None if better is None else pytest.approx(better))


def test_step_of_a_band_leads_inside():
    doc = factories.document()
    row = doc["dimensions"][0]["indicators"][1]
    row |= {"direction": "band", "lower": None, "upper": None, "shrink": None, "noise": None}
    row |= {"inner": [2, 6], "outer": [0.5, 14]}
    band = parse_method(doc).indicators[1]
    assert next_value(band, 1.0) == pytest.approx(1.15)
    assert next_value(band, 1.95) == pytest.approx(2.0)
    assert next_value(band, 4.0) is None
    assert next_value(band, 10.0) == pytest.approx(9.2)
