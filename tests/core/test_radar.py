"""The radars: geometry, the spoken numbers, and no picture where a number is missing."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal.core.templatetags import drawing
from portal.core.templatetags.radar import radar, radar_compare

from .svg import EVIL, classed, parse, points

AXES = ["Connection", "Growth", "Talent", "Improvement", "Health"]
OWN = [66.0, 65.1, 62.0, 66.3, 83.5]

five_scores = st.lists(st.floats(0, 100), min_size=5, max_size=5)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_every_template_has_the_radars():
    assert {"radar", "radar_compare", "radar_na"} <= drawing.register.tags.keys()


def test_radar_points_its_first_axis_up():
    root = parse(radar([100, 0, 0, 0, 0], AXES, size="small"))
    outline = points(classed(root, "s s1")[0])
    assert outline == [(38.0, 7.0)] + [(38.0, 40.0)] * 4


@given(five_scores)
def test_radar_stays_within_its_outer_ring(values):
    root = parse(radar(values, AXES))
    for x, y in points(classed(root, "s s1")[0]):
        assert (x - 180) ** 2 + (y - 122) ** 2 <= 84.2**2


@pytest.mark.parametrize("size", ["small", "medium", "large"])
def test_radar_says_its_numbers(size):
    root = parse(radar(OWN, AXES, size=size, median=[50] * 5, title="Yunfan"))
    assert root.attrib["aria-label"] == (
        "Yunfan: Connection 66.0, Growth 65.1, Talent 62.0, Improvement 66.3, Health 83.5; "
        "median 50.0, 50.0, 50.0, 50.0, 50.0"
    )


def test_small_radar_has_no_room_for_names():
    assert "<text" not in radar(OWN, AXES, size="small")


def test_large_radar_writes_the_median_beside_the_score():
    svg = radar(OWN, AXES, size="large", median=[51.6, 52.5, 64.1, 55.9, 76.3])
    assert "66.0<tspan" in svg
    assert "median 51.6" in svg


def test_radar_draws_the_band_between_low_and_high():
    svg = radar(OWN, AXES, low=[50] * 5, high=[90] * 5)
    band = classed(parse(svg), "band")[0].attrib["d"]
    assert band.count("M") == band.count("Z") == 2


def test_radar_takes_any_number_of_axes():
    root = parse(radar([10, 20, 30], ["a", "b", "c"]))
    assert len(classed(root, "spoke")) == 3


def test_radar_with_a_missing_score_has_a_gap_and_is_not_drawn_as_zero():
    root = parse(radar([66.0, None, 62.0, 66.3, 83.5], AXES))
    lines = classed(root, "s s1 open")[0].attrib["d"]
    assert lines.count("M") == 3  # four corners, no line to or from the second axis
    assert len(classed(root, "spoke none")) == 1
    assert "Growth not rated" in root.attrib["aria-label"]


def test_radar_with_a_missing_score_says_how_sure_each_other_one_is():
    low, high = [60.0, None, 50.0, 60.0, 80.0], [70.0, None, 70.0, 70.0, 90.0]
    root = parse(radar([66.0, None, 62.0, 66.3, 83.5], AXES, low=low, high=high))
    assert classed(root, "whisker")[0].attrib["d"].count("M") == 4


def test_radar_of_nothing_is_the_dashed_circle():
    html = radar([None] * 5, AXES)
    assert "<svg" not in html
    assert "Not enough data" in html


def test_radar_shows_what_was_tried():
    root = parse(radar(OWN, AXES, ghost=[70] * 5))
    assert len(points(classed(root, "ghost")[0])) == 5


def test_radar_escapes_names_and_title():
    svg = radar([10, 20, 30], [EVIL, "b", "c"], title=EVIL)
    parse(svg)
    assert "<script>" not in svg


def test_radar_compare_draws_each_in_its_own_colour():
    rows = [("a", OWN), ("b", OWN), ("nobody", [None] * 5)]
    root = parse(radar_compare(rows, AXES))
    assert len(classed(root, "s s1")) == len(classed(root, "s s2")) == 1
    assert "nobody" not in root.attrib["aria-label"]


def test_radar_compare_takes_four_at_most():
    with pytest.raises(ValueError, match="at most 4"):
        radar_compare([(str(i), OWN) for i in range(5)], AXES)


def test_radar_compare_of_nobody_rated_says_so():
    assert "radar-na" in radar_compare([("a", [None] * 5)], AXES)
