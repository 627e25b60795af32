"""Ladders: where a value stands, and what is missing."""

from hypothesis import given
from hypothesis import strategies as st

from portal.growth.engine import MOST_LEVELS, faults_of, place_on, reached
from portal.growth.reference import starting_rules
from portal.growth.states import BANDS, ProviderBenefit, Size

ladders = st.lists(
    st.integers(1, 10**12), min_size=MOST_LEVELS, max_size=MOST_LEVELS, unique=True
).map(sorted)


@given(ladders, st.integers(0, MOST_LEVELS), st.none() | st.integers(0, 10**12))
def test_place_is_told_in_plain_numbers(floors, held, value):
    place = place_on(floors, held, value)
    assert place.level == max(held, sum(value is not None and value >= one for one in floors))
    assert place.is_last == (place.level == MOST_LEVELS) == (place.percent == 100)
    if place.is_last:
        assert place.missing == 0
        return
    assert place.missing > 0
    better = place_on(floors, held, (value or 0) + place.missing)
    assert better.level > place.level  # what is missing is enough
    short = place_on(floors, held, (value or 0) + place.missing - 1)
    assert short.level == place.level  # and nothing less is
    assert short.percent >= place.percent


def test_faulty_ladders_are_named_by_their_level():
    assert list(faults_of([1, 2, 3, 4, 5])) == []
    assert [one.level for one in faults_of([1, 2, 3])] == [0]
    assert [one.level for one in faults_of([0, 2, 2, 4, 5])] == [1, 3]
    assert reached([1, 2, 3, 4, 5], None) == 0


def test_starting_rules_are_sound_and_every_size_wins_something():
    rules = starting_rules()
    for floors in rules.ladders.values():
        assert list(faults_of(floors)) == []
    for size in Size.values:
        for kind in ProviderBenefit.values:
            amounts = [rules.benefits.get((size, band.value, kind), 0) for band in BANDS[1:]]
            assert amounts == sorted(amounts)  # a better score brings no less
            assert amounts[-1] > 0
        assert any(key[0] == size and key[1] == 5 for key in rules.benefits)  # unrated, too
