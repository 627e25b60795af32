"""Waterfall, distribution and history: geometry, the spoken numbers, nothing missing drawn as 0."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.templatetags import drawing
from portal.core.templatetags.spreads import distribution, history_line
from portal.core.templatetags.waterfall import waterfall

from .svg import EVIL, classed, parse

steps = st.lists(st.tuples(st.just("a"), st.floats(-30, 30), st.just("")), max_size=12)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_every_template_has_them():
    assert {"waterfall", "distribution", "history_line"} <= drawing.register.tags.keys()


def _span(rect):
    top = float(rect.attrib["y"])
    return top, top + float(rect.attrib["height"])


@settings(deadline=None, max_examples=40)
@given(st.floats(1, 100), steps)
def test_waterfall_begins_each_column_where_the_last_ended(start, changes):
    end = start + sum(change for _label, change, _note in changes)
    root = parse(waterfall(("from", start, ""), changes, ("to", end, "")))
    rects = [e for e in root.iter() if e.tag == "rect"]
    links = classed(root, "link")
    assert len(rects) == len(changes) + 2
    for link, before, after in zip(links, rects, rects[1:], strict=False):
        y = float(link.attrib["y1"])
        for rect in (before, after):
            assert min(abs(y - edge) for edge in _span(rect)) <= 2.2  # thin ones are thickened


def test_waterfall_says_its_numbers_with_true_minus_signs():
    drawn = waterfall(("Q1", 66.1, "old"), [("T1", 2.4, ""), ("T3", -0.3, "")], ("May", 68.2, ""))
    label = parse(drawn).attrib["aria-label"]
    assert label == "From 66.1 to 68.2: T1 +2.40, T3 −0.30"


def test_waterfall_without_a_change_is_drawn_too():
    parse(waterfall(("Q1", 50.0, ""), [], ("May", 50.0, "")))


def test_waterfall_escapes_names():
    assert "<script>" not in waterfall((EVIL, 1, EVIL), [(EVIL, 1, EVIL)], (EVIL, 2, EVIL))


def test_distribution_marks_the_own_class():
    root = parse(distribution([1, 4, 2], 38, 5, own=44, label="43"))
    assert [e.attrib["class"] for e in root.iter() if e.tag == "rect"] == ["p0", "tot", "p0"]
    assert root.attrib["aria-label"] == "43: 38–43 1, 43–48 4, 48–53 2"


def test_distribution_of_nobody_is_not_drawn():
    assert distribution([0, 0], 0, 5) == ""


def test_history_has_a_gap_where_nothing_was_rated():
    root = parse(history_line(["Q1", "Q2", "Q3", "Q4"], [50, None, 60, 61], [55, 55, 55, 55]))
    assert classed(root, "own")[0].attrib["d"].count("M") == 1
    assert "Q2 not rated" in root.attrib["aria-label"]


def test_history_of_one_moment_is_no_line():
    assert history_line(["Q1"], [50]) == ""
