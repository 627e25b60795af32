"""What matters most moves the weights, within bounds, and never what a part measures."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.engine.ranking import Priorities, RankingMethod, weighed

from .market import GRID
from .test_ranking_order import FULL

RULE = Priorities(
    most=10,
    strongest=2,
    parts={"price": ("price",), "experience": ("category", "result"), "score": ("evaluation",)},
)
METHOD = RankingMethod(FULL.version, FULL.parts, 30, 24, GRID, None, RULE)
asked = st.fixed_dictionaries({name: st.integers(0, 10) for name in RULE.parts})


def weights(method: RankingMethod) -> dict[str, float]:
    return {part.code: part.weight for part in method.parts}


@given(asked=asked)
def test_weights_sum_to_a_hundred_and_stay_within_the_bounds(asked: dict[str, int]) -> None:
    found, base = weights(weighed(METHOD, asked)), weights(METHOD)
    assert math.fsum(found.values()) == pytest.approx(100)
    assert list(found) == list(base)
    for code in found:
        for other in found:
            moved = (found[code] / found[other]) / (base[code] / base[other])
            assert 0.25 * 0.99 <= moved <= 4 * 1.01, "hundredths of a point aside"


@given(asked=asked, name=st.sampled_from(sorted(RULE.parts)))
def test_more_of_a_priority_never_weighs_its_parts_less(asked: dict[str, int], name: str) -> None:
    if asked[name] == 10:
        return
    less = weights(weighed(METHOD, asked))
    more = weights(weighed(METHOD, asked | {name: asked[name] + 1}))
    for code in RULE.parts[name]:
        assert more[code] >= less[code]


def test_neutral_is_the_published_method() -> None:
    assert weighed(METHOD, dict.fromkeys(RULE.parts, 5)) is METHOD
    assert weighed(METHOD, {}) is METHOD
    assert weighed(FULL, {"price": 10}) is FULL, "a method without priorities"


def test_weights_by_hand() -> None:
    """30 20 15 15 10 10, price doubled: of 120, so 25, 33.33, 12.5, 12.5, 8.33, 8.33; a
    missing hundredth goes to the largest remainder."""
    found = weights(weighed(METHOD, {"price": 10}))
    assert list(found.values()) == pytest.approx([25, 33.33, 12.5, 12.5, 8.33, 8.33], abs=0.011)


@pytest.mark.parametrize("wrong", [{"price": 11}, {"price": -1}, {"beauty": 3}])
def test_unknown_priorities_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="priorities"):
        weighed(METHOD, wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"most": 5},
        {"most": 0},
        {"strongest": 1},
        {"strongest": math.inf},
        {"parts": {"a": ("price",), "b": ("price",)}},
        {"parts": {"a": ("x",)}},
    ],
)
def test_rule_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    fields = {"most": 10, "strongest": 2, "parts": {}} | wrong
    with pytest.raises(ValueError, match=r"^priorities\."):
        Priorities(**fields)
