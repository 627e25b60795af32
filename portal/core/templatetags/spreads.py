"""Where a number stands among others and over time, as plain SVG.

The numbers stand in the label; colours come from `static/css/drawings.css`. `drawing` carries these
tags into every template.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.core.templatetags.svg import Axis, Point, one_digit, xy

register = template.Library()

STRIP, STRIP_HEIGHT, STRIP_FOOT = 430, 150, 18
LINE, LINE_HEIGHT, LINE_LEFT, LINE_FOOT = 360, 190, 28, 22


@register.simple_tag
def distribution(
    counts: Sequence[int], lowest: float, width: float, own: float | None = None, label: str = ""
) -> SafeString:
    """How many of a group stand in each of the classes that begin at `lowest` and are `width` wide;
    the class of `own` is marked."""
    if not any(counts):
        return SafeString("")
    most, place = max(counts), STRIP / len(counts)
    mine = None if own is None else min(max(int((own - lowest) // width), 0), len(counts) - 1)
    base = STRIP_HEIGHT - STRIP_FOOT
    bars = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>',
        (
            (
                "tot" if at == mine else "p0",
                one_digit(at * place + 1.5),
                one_digit(base - count / most * (base - 12)),
                one_digit(place - 3),
                one_digit(count / most * (base - 12)),
            )
            for at, count in enumerate(counts)
        ),
    )
    return format_html(
        '<svg class="fig" viewBox="0 0 {0} {1}" width="100%" role="img" aria-label="{2}">{3}{4}'
        '<line class="zero" x1="0" x2="{0}" y1="{5}" y2="{5}"/></svg>',
        STRIP,
        STRIP_HEIGHT,
        _distribution_label(label, counts, lowest, width),
        bars,
        _class_names(len(counts), lowest, width),
        base + 0.5,
    )


@register.simple_tag
def history_line(
    names: Sequence[str],
    own: Sequence[float | None],
    median: Sequence[float | None] = (),
    label: str = "",
) -> SafeString:
    """One's own numbers over time, and the group's as a dashed line; a gap where there is none."""
    known = [value for value in (*own, *median) if value is not None]
    if len(names) < 2 or not known:
        return SafeString("")
    low, high = min(known) - 2, max(known) + 2
    axis = Axis(low, high, 12, LINE_HEIGHT - LINE_FOOT)
    ticks = sorted({round(low + 2), round((low + high) / 2), round(high - 2)})
    grid = format_html_join(
        "",
        '<line class="axis" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>'
        '<text class="mut" x="{3}" y="{4}" text-anchor="end">{5}</text>',
        (
            (LINE_LEFT, LINE, one_digit(y), LINE_LEFT - 6, one_digit(y + 4), tick)
            for tick in ticks
            for y in [axis.at(tick)]
        ),
    )
    dots = format_html_join(
        "",
        '<circle class="pt" cx="{}" cy="{}" r="3"/>',
        ((one_digit(x), one_digit(y)) for x, y in _points(own, axis) if y is not None),
    )
    return format_html(
        '<svg class="fig line" viewBox="0 0 {} {}" width="100%" role="img" aria-label="{}">{}'
        '<path class="med" d="{}"/><path class="own" d="{}"/>{}{}</svg>',
        LINE,
        LINE_HEIGHT,
        _history_label(label, names, own),
        grid,
        _path(_points(median, axis)),
        _path(_points(own, axis)),
        dots,
        _moments(names),
    )


def _class_names(classes: int, lowest: float, width: float) -> SafeString:
    """Every other class by where it begins."""
    place = STRIP / classes
    return format_html_join(
        "",
        '<text class="mut" x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (one_digit((at + 0.5) * place), STRIP_HEIGHT - 3, f"{lowest + at * width:g}")
            for at in range(0, classes, 2)
        ),
    )


def _distribution_label(label: str, counts: Sequence[int], lowest: float, width: float) -> str:
    classes = ", ".join(
        f"{lowest + at * width:g}–{lowest + (at + 1) * width:g} {count}"
        for at, count in enumerate(counts)
        if count
    )
    return f"{label}: {classes}" if label else classes


def _points(values: Sequence[float | None], axis: Axis) -> list[tuple[float, float | None]]:
    step = (LINE - LINE_LEFT - 12) / max(len(values) - 1, 1)
    return [
        (LINE_LEFT + 6 + at * step, None if value is None else axis.at(value))
        for at, value in enumerate(values)
    ]


def _path(points: Sequence[tuple[float, float | None]]) -> str:
    """Lines between neighbours that are both known."""
    return "".join(
        f"M{xy(_point(one))}L{xy(_point(other))}"
        for one, other in pairwise(points)
        if one[1] is not None and other[1] is not None
    )


def _point(point: tuple[float, float | None]) -> Point:
    return point[0], point[1] or 0.0


def _moments(names: Sequence[str]) -> SafeString:
    every = max(1, -(-len(names) // 6))  # at most six names have room
    places = _points([0.0] * len(names), Axis(0, 1, 0, 1))
    last = len(names) - 1
    return format_html_join(
        "",
        '<text class="mut" x="{}" y="{}" text-anchor="{}">{}</text>',
        (
            # The last name ends at the edge: in the middle of its point half of it is cut off.
            (LINE, LINE_HEIGHT - 4, "end", name)
            if at == last
            else (one_digit(x), LINE_HEIGHT - 4, "middle", name)
            for at, (name, (x, _y)) in enumerate(zip(names, places, strict=True))
            if (last - at) % every == 0
        ),
    )


def _history_label(label: str, names: Sequence[str], own: Sequence[float | None]) -> str:
    said = ", ".join(
        f"{name} {_('not rated') if value is None else one_digit(value)}"
        for name, value in zip(names, own, strict=True)
    )
    return f"{label}: {said}" if label else said
