"""Drawing, marking and agreeing: what holds for every quiz and every rubric."""

from hypothesis import given
from hypothesis import strategies as st

from training.engine.marking import Asked, agree, drawn, is_apart, mark, shuffled

KEYS = st.sets(st.integers(1, 500), min_size=1, max_size=40)
PLACES = st.frozensets(st.integers(0, 7), min_size=1, max_size=8)
POINTS = st.integers(0, 200)


@given(KEYS, st.integers(1, 50), st.text(max_size=12), st.data())
def test_drawn_is_so_many_of_the_bank_and_the_same_again(keys, number, seed, data):
    seen = data.draw(st.sets(st.sampled_from(sorted(keys))))
    found = drawn(keys, number, seed, seen)
    assert len(found) == len(set(found)) == min(number, len(keys))
    assert set(found) <= keys
    assert found == drawn(sorted(keys, reverse=True), number, seed, list(seen))
    fresh = keys - seen
    assert len(set(found) & fresh) == min(number, len(fresh))  # what was not asked comes first


@given(st.integers(2, 8), st.text(max_size=12))
def test_shuffled_keeps_every_option_once(length, seed):
    assert sorted(shuffled(length, seed, "7")) == list(range(length))


@given(st.lists(PLACES, min_size=1, max_size=30), st.data())
def test_an_answer_is_right_when_it_is_exactly_the_right_options(rights, data):
    asked = [Asked(key, right) for key, right in enumerate(rights)]
    answers = {one.key: data.draw(PLACES) for one in asked if data.draw(st.booleans())}
    marked = mark(asked, answers)
    assert marked.right == sum(answers.get(one.key) == one.right for one in asked)
    assert 0 <= marked.percent <= 100
    assert (marked.percent == 100) == (marked.right == len(asked))
    for least in (1, 50, 60, 100):
        assert marked.passes(least) == (marked.right / len(asked) >= least / 100)


@given(st.lists(PLACES, min_size=1, max_size=20))
def test_everything_right_is_whole_and_nothing_is_nought(rights):
    asked = [Asked(key, right) for key, right in enumerate(rights)]
    assert mark(asked, {one.key: one.right for one in asked}).percent == 100
    assert mark(asked, {}).right == 0
    assert not mark([], {}).passes(0)


@given(POINTS, POINTS, POINTS, st.integers(1, 100), st.integers(1, 100))
def test_two_agree_or_a_third_decides_in_whatever_order(one, other, third, apart, least):
    most = 200
    both = agree([one, other], most, apart=apart, least=least)
    assert both == agree([other, one], most, apart=apart, least=least)
    assert (both is None) == is_apart(one, other, most, apart)
    if both is not None:
        assert min(one, other) * 50 <= both.score + 1
        assert both.score <= max(one, other) * 50
    final = agree([one, other, third], most, apart=apart, least=least)
    assert final is not None
    assert 0 <= final.score <= 10_000
    assert final.passes == (100 * (one + other + third) >= least * 3 * most)
    assert agree([one], most, apart=apart, least=least) is None
