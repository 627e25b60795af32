"""The bars and lines: geometry, the spoken numbers, and nothing a strict policy would refuse."""

import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal.core.templatetags import drawing

from .svg import EVIL, classed, parse

scores = st.floats(0, 100)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


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
