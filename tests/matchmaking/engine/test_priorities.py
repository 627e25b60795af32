"""What matters most moves the weights, within bounds, and never what a part measures."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.engine.ranking import Part, Priorities, RankingMethod, weighed

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


DIMENSIONS = ("connection", "growth", "talent")
OF_EVALUATION = tuple(f"evaluation.{code}" for code in DIMENSIONS)
SPLIT = RankingMethod(
    "split",
    (Part("category", 70), *(Part(code, 10) for code in OF_EVALUATION)),
    30,
    24,
    GRID,
    priorities=Priorities(
        most=10,
        strongest=2,
        parts={"experience": ("category",), "score": OF_EVALUATION},
        shares=dict(zip(DIMENSIONS, OF_EVALUATION, strict=True)),
    ),
    dimensions=DIMENSIONS,
)
shares_asked = st.fixed_dictionaries({name: st.integers(0, 10) for name in DIMENSIONS})


@given(shares=shares_asked, score=st.integers(0, 10))
def test_shares_move_only_what_their_group_weighs(shares: dict[str, int], score: int) -> None:
    plain = weights(weighed(SPLIT, {"score": score}))
    found = weights(weighed(SPLIT, shares | {"score": score}))
    assert found["category"] == pytest.approx(plain["category"], abs=0.011)
    assert math.fsum(found.values()) == pytest.approx(100)
    by_share = sorted(DIMENSIONS, key=lambda name: shares[name])
    ordered = [found[f"evaluation.{name}"] for name in by_share]
    assert all(more >= less - 0.011 for less, more in pairwise(ordered))


@given(shares=shares_asked, name=st.sampled_from(DIMENSIONS))
def test_more_of_a_share_never_weighs_its_part_less(shares: dict[str, int], name: str) -> None:
    if shares[name] == 10:
        return
    less = weights(weighed(SPLIT, shares))
    more = weights(weighed(SPLIT, shares | {name: shares[name] + 1}))
    assert more[f"evaluation.{name}"] >= less[f"evaluation.{name}"]


def test_shares_by_hand() -> None:
    """Of 30 points, one part doubled: 2 to 1 to 1, so 15, 7.5, 7.5."""
    found = weights(weighed(SPLIT, {"growth": 10}))
    assert list(found.values()) == [70, 7.5, 15, 7.5]


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
        {"parts": {"a": ("price",)}, "shares": {"b": "result"}},
        {"parts": {"a": ("price",)}, "shares": {"a": "price"}},
        {"parts": {"a": ("price",)}, "shares": {"b": "price", "c": "price"}},
    ],
)
def test_rule_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    fields = {"most": 10, "strongest": 2, "parts": {}} | wrong
    with pytest.raises(ValueError, match=r"^priorities\."):
        Priorities(**fields)
