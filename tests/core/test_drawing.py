"""The pictures: geometry, the spoken numbers, and nothing a strict policy would refuse."""

import re
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal.core.templatetags import drawing

AXES = ["Connection", "Growth", "Talent", "Improvement", "Health"]
OWN = [66.0, 65.1, 62.0, 66.3, 83.5]
EVIL = '"><script>alert(1)</script>'

scores = st.floats(0, 100)
five_scores = st.lists(scores, min_size=5, max_size=5)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def parse(svg: str) -> ElementTree.Element:
    """The drawing as a tree: it must be well-formed and free of styles and handlers."""
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own markup
    for element in root.iter():
        assert element.tag != "script"
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]
    return root


def points(element: ElementTree.Element) -> list[tuple[float, float]]:
    return [tuple(map(float, pair.split(","))) for pair in element.attrib["points"].split()]


def classed(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [e for e in root.iter() if e.attrib.get("class") == name]


def test_parts_bar_lays_parts_end_to_end():
    root = parse(drawing.parts_bar([("Category", 50), ("Price", 25)], 100))
    track, first, second = root
    assert track.attrib["class"] == "p0"
    assert (first.attrib["x"], first.attrib["width"]) == ("0.0", "99.0")
    assert (second.attrib["x"], second.attrib["width"]) == ("100.0", "49.0")
    assert root.attrib["aria-label"] == "Category 50.0, Price 25.0"


@given(st.lists(st.floats(0, 40), max_size=9))
def test_parts_bar_never_leaves_its_track(values):
    total = max(sum(values), 1)
    root = parse(drawing.parts_bar([(f"part {v}", v) for v in values], total))
    ends = [float(e.attrib["x"]) + float(e.attrib["width"]) for e in list(root)[1:]]
    assert all(end <= 200.1 for end in ends)


def test_parts_bar_escapes_names():
    assert "<script>" not in drawing.parts_bar([(EVIL, 3)], 10)


def test_a_swatch_has_the_colour_of_its_part():
    bar = parse(drawing.parts_bar([("a", 1), ("b", 1)], 2))
    assert list(bar)[2].attrib["class"] == parse(drawing.swatch(1))[0].attrib["class"] == "p2"


def test_interval_says_its_numbers():
    root = parse(drawing.interval(64.4, 68.2, 70.9, 59.4))
    assert root.attrib["aria-label"] == ("score 68.2, 90% interval from 64.4 to 70.9; median 59.4")
    assert classed(root, "med")[0].attrib["x1"] == "84.0"


def test_interval_without_a_median_has_no_tick():
    assert not classed(parse(drawing.interval(64.4, 68.2, 70.9)), "med")


@given(st.lists(scores, min_size=3, max_size=3).map(sorted))
def test_interval_stays_on_its_track(values):
    root = parse(drawing.interval(*values))
    band, point = classed(root, "rng")[0], classed(root, "pt")[0]
    assert 0 <= float(band.attrib["x"]) <= 200
    assert float(band.attrib["x"]) + float(band.attrib["width"]) <= 200.1
    assert 0 <= float(point.attrib["x"]) <= 196


def test_sparkline_runs_from_left_to_right():
    root = parse(drawing.sparkline([1, 3, 2]))
    assert root.attrib["aria-hidden"] == "true"
    line = root[1].attrib["d"]
    assert re.findall(r"[\d.]+,[\d.]+", line) == ["0.0,25.0", "44.0,3.0", "88.0,14.0"]


def test_sparkline_speaks_if_given_words():
    assert parse(drawing.sparkline([1, 1], label=EVIL)).attrib["aria-label"] == EVIL


@pytest.mark.parametrize("values", [[], [4]])
def test_sparkline_of_too_few_points_is_not_drawn(values):
    assert drawing.sparkline(values) == ""


def test_radar_points_its_first_axis_up():
    root = parse(drawing.radar([100, 0, 0, 0, 0], AXES, size="small"))
    outline = points(classed(root, "s s1")[0])
    assert outline == [(38.0, 7.0)] + [(38.0, 40.0)] * 4


@given(five_scores)
def test_radar_stays_within_its_outer_ring(values):
    root = parse(drawing.radar(values, AXES))
    for x, y in points(classed(root, "s s1")[0]):
        assert (x - 180) ** 2 + (y - 122) ** 2 <= 84.2**2


@pytest.mark.parametrize("size", ["small", "medium", "large"])
def test_radar_says_its_numbers(size):
    root = parse(drawing.radar(OWN, AXES, size=size, median=[50] * 5, title="Yunfan"))
    assert root.attrib["aria-label"] == (
        "Yunfan: Connection 66.0, Growth 65.1, Talent 62.0, Improvement 66.3, Health 83.5; "
        "median 50.0, 50.0, 50.0, 50.0, 50.0"
    )


def test_small_radar_has_no_room_for_names():
    assert "<text" not in drawing.radar(OWN, AXES, size="small")


def test_large_radar_writes_the_median_beside_the_score():
    svg = drawing.radar(OWN, AXES, size="large", median=[51.6, 52.5, 64.1, 55.9, 76.3])
    assert "66.0<tspan" in svg
    assert "median 51.6" in svg


def test_radar_draws_the_band_between_low_and_high():
    svg = drawing.radar(OWN, AXES, low=[50] * 5, high=[90] * 5)
    band = classed(parse(svg), "band")[0].attrib["d"]
    assert band.count("M") == band.count("Z") == 2


def test_radar_takes_any_number_of_axes():
    root = parse(drawing.radar([10, 20, 30], ["a", "b", "c"]))
    assert len(classed(root, "spoke")) == 3


def test_radar_with_a_missing_score_is_not_drawn_as_zero():
    html = drawing.radar([66.0, None, 62.0, 66.3, 83.5], AXES)
    assert "<svg" not in html
    assert "Not enough data" in html


def test_radar_escapes_names_and_title():
    svg = drawing.radar([10, 20, 30], [EVIL, "b", "c"], title=EVIL)
    parse(svg)
    assert "<script>" not in svg


def test_radar_compare_draws_each_in_its_own_colour():
    rows = [("a", OWN), ("b", OWN), ("not rated", [None] * 5)]
    root = parse(drawing.radar_compare(rows, AXES))
    assert len(classed(root, "s s1")) == len(classed(root, "s s2")) == 1
    assert "not rated" not in root.attrib["aria-label"]


def test_radar_compare_takes_four_at_most():
    with pytest.raises(ValueError, match="at most 4"):
        drawing.radar_compare([(str(i), OWN) for i in range(5)], AXES)


def test_radar_compare_of_nobody_rated_says_so():
    assert "radar-na" in drawing.radar_compare([("a", [None] * 5)], AXES)
