"""Radars: one party or up to four, on as many axes as there are labels.

Where a score is missing there is no picture drawn as 0, but the dashed circle that says so.
`drawing` carries these tags into every template.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.core.templatetags.svg import Point, one_digit, xy

register = template.Library()

Scores = Sequence[float | None]

MOST_COMPARED = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a radar of one size stands in its box."""

    width: int
    height: int
    radius: int
    centre: Point
    shown: tuple[int, int]  # width and height on the page
    rings: tuple[int, ...]

    def at(self, axis: int, axes: int, distance: float) -> Point:
        """The point on an axis, the first of which points up, `distance` from the centre."""
        angle = -pi / 2 + 2 * pi * axis / axes
        return self.centre[0] + distance * cos(angle), self.centre[1] + distance * sin(angle)

    def outline(self, scores: Sequence[float]) -> str:
        """The corners of a polygon of scores from 0 to 100."""
        return " ".join(
            xy(self.at(axis, len(scores), self.radius * min(max(score, 0), 100) / 100))
            for axis, score in enumerate(scores)
        )


FRAMES = {
    "small": Frame(76, 76, 33, (38, 40), (76, 76), (100, 50)),
    "medium": Frame(360, 230, 84, (180, 122), (360, 230), (100, 80, 60, 40, 20)),
    "large": Frame(480, 356, 138, (240, 190), (560, 415), (100, 80, 60, 40, 20)),
}


@register.simple_tag
def radar(
    scores: Scores,
    labels: Sequence[str],
    size: str = "medium",
    median: Scores | None = None,
    low: Scores | None = None,
    high: Scores | None = None,
    title: str = "",
) -> SafeString:
    """One party's scores, 0 to 100, on as many axes as there are labels.

    `low` and `high` draw the band of uncertainty, `median` the dashed line of the group. Where a
    score is missing (None) there is no picture but the dashed circle.
    """
    known = _known(scores)
    if known is None:
        return radar_na()
    frame, middle = FRAMES[size], _known(median)
    layers = [
        _band(frame, _known(low), _known(high)),
        _polygon("med", frame, middle),
        _polygon("s s1", frame, known),
        *_notes(frame, size, known, labels, middle),
    ]
    return _radar(size, len(labels), layers, _radar_label(title, labels, known, middle))


@register.simple_tag
def radar_compare(
    rows: Sequence[tuple[str, Scores]], labels: Sequence[str], title: str = ""
) -> SafeString:
    """Up to four parties on one radar: (name, scores). Those not rated are left out; say so."""
    rated = [(name, known) for name, scores in rows if (known := _known(scores)) is not None]
    if not rated:
        return radar_na()
    if len(rated) > MOST_COMPARED:
        raise ValueError(f"a radar compares at most {MOST_COMPARED} parties")
    frame = FRAMES["medium"]
    outlines = [_polygon(f"s s{place}", frame, s) for place, (_name, s) in enumerate(rated, 1)]
    names = [_axis_name(frame, axis, len(labels), label) for axis, label in enumerate(labels)]
    said = "; ".join(_radar_label(name, labels, scores, None) for name, scores in rated)
    return _radar("medium", len(labels), [*outlines, *names], f"{title} {said}".strip())


@register.simple_tag
def radar_na(text: str = "") -> SafeString:
    """The dashed circle of a party that is not rated; the reason stands beside it."""
    return format_html(
        '<div class="radar-na fs-xs t3"><span>{}</span></div>', text or _("Not enough data")
    )


def _radar(size: str, axes: int, layers: Iterable[SafeString], label: str) -> SafeString:
    frame = FRAMES[size]
    return format_html(
        '<svg class="radar {}" viewBox="0 0 {} {}" width="{}" height="{}" role="img"'
        ' aria-label="{}">{}{}</svg>',
        size,
        frame.width,
        frame.height,
        *frame.shown,
        label,
        _grid(frame, axes),
        _join(layers),
    )


def _grid(frame: Frame, axes: int) -> SafeString:
    rings = format_html_join(
        "",
        '<polygon class="ring{}" points="{}"/>',
        ((" o" if ring == 100 else "", frame.outline([ring] * axes)) for ring in frame.rings),
    )
    ends = [frame.at(axis, axes, frame.radius) for axis in range(axes)]
    spokes = format_html_join(
        "",
        '<line class="spoke" x1="{}" y1="{}" x2="{}" y2="{}"/>',
        ((*frame.centre, one_digit(x), one_digit(y)) for x, y in ends),
    )
    return rings + spokes


def _polygon(css: str, frame: Frame, scores: Sequence[float] | None) -> SafeString:
    if scores is None:
        return SafeString("")
    return format_html('<polygon class="{}" points="{}"/>', css, frame.outline(scores))


def _band(frame: Frame, low: Sequence[float] | None, high: Sequence[float] | None) -> SafeString:
    if low is None or high is None:
        return SafeString("")
    outer, inner = (frame.outline(scores).replace(" ", "L") for scores in (high, low))
    return format_html('<path class="band" d="M{}ZM{}Z"/>', outer, inner)


def _notes(
    frame: Frame,
    size: str,
    scores: Sequence[float],
    labels: Sequence[str],
    median: Sequence[float] | None,
) -> list[SafeString]:
    """Dots, names and numbers of one party's radar; the small one has no room for them."""
    if size == "small":
        return []
    dots = [_dot(frame, axis, len(scores), score, size) for axis, score in enumerate(scores)]
    if size == "medium":
        named = enumerate(zip(labels, scores, strict=True))
        return dots + [_axis_name(frame, i, len(labels), n, f"{s:.0f}") for i, (n, s) in named]
    ticks = [_ring_tick(frame, ring) for ring in frame.rings[1:]]
    middles: Scores = median or [None] * len(scores)
    rows = enumerate(zip(labels, scores, middles, strict=True))
    return dots + ticks + [_axis_block(frame, i, len(labels), *row) for i, row in rows]


def _dot(frame: Frame, axis: int, axes: int, score: float, size: str) -> SafeString:
    x, y = frame.at(axis, axes, frame.radius * min(max(score, 0), 100) / 100)
    return format_html(
        '<circle class="pt" cx="{}" cy="{}" r="{}"/>',
        one_digit(x),
        one_digit(y),
        4 if size == "large" else 3,
    )


def _ring_tick(frame: Frame, ring: int) -> SafeString:
    x, y = frame.centre[0] + 4, frame.centre[1] - frame.radius * ring / 100 + 3
    return format_html(
        '<text class="tick" x="{}" y="{}">{}</text>', one_digit(x), one_digit(y), ring
    )


def _axis_name(frame: Frame, axis: int, axes: int, name: str, value: str = "") -> SafeString:
    """The name of an axis with its number on the same line."""
    x, y = frame.at(axis, axes, frame.radius + 14)
    number = format_html('<tspan class="val" dx="4">{}</tspan>', value) if value else ""
    return format_html(
        '<text text-anchor="{}" x="{}" y="{}">{}{}</text>',
        _anchor(frame, x),
        one_digit(x),
        one_digit(y + _drop(frame, y) / 2 + 3),
        name,
        number,
    )


def _axis_block(
    frame: Frame, axis: int, axes: int, name: str, score: float, median: float | None
) -> SafeString:
    """The name of an axis, its number below, and the group's median beside that."""
    x, y = frame.at(axis, axes, frame.radius + 14)
    y += _drop(frame, y)
    middle = "" if median is None else _("median %(value)s") % {"value": one_digit(median)}
    return format_html(
        '<text text-anchor="{0}" x="{1}" y="{2}">{3}</text><text class="val" text-anchor="{0}"'
        ' x="{1}" y="{4}">{5}<tspan class="tick" dx="5">{6}</tspan></text>',
        _anchor(frame, x),
        one_digit(x),
        one_digit(y - 6),
        name,
        one_digit(y + 11),
        one_digit(score),
        middle,
    )


def _anchor(frame: Frame, x: float) -> str:
    """Text grows away from the drawing."""
    distance = x - frame.centre[0]
    if abs(distance) < 1:
        return "middle"
    return "start" if distance > 0 else "end"


def _drop(frame: Frame, y: float) -> float:
    """How far a name moves up above the drawing, or down below it."""
    if y < frame.centre[1] - frame.radius:
        return -12
    return 16 if y > frame.centre[1] + frame.radius / 2 else 0


def _radar_label(
    title: str,
    labels: Sequence[str],
    scores: Sequence[float],
    median: Sequence[float] | None,
) -> str:
    said = ", ".join(
        f"{name} {one_digit(score)}" for name, score in zip(labels, scores, strict=True)
    )
    if median is not None:
        middles = ", ".join(one_digit(value) for value in median)
        said += "; " + _("median %(value)s") % {"value": middles}
    return f"{title}: {said}" if title else said


def _known(scores: Scores | None) -> list[float] | None:
    """The scores, or None where one of them is missing."""
    if not scores or any(score is None for score in scores):
        return None
    return [float(score) for score in scores if score is not None]


def _join(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))
