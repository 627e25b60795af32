"""Pictures as plain SVG: they need no script and no style attribute, and say their numbers.

Colours come from `static/css/drawings.css`. A picture whose data is missing is not drawn as 0:
`radar` gives the dashed circle that says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

Point = tuple[float, float]
Scores = Sequence[float | None]

BAR_WIDTH, BAR_HEIGHT, BAR_GAP, BAR_COLOURS = 200, 8, 1, 6
TRACK_WIDTH, TRACK_START, TRACK_END = 200, 30, 100
MOST_COMPARED = 4


@register.simple_tag
def parts_bar(parts: Sequence[tuple[str, float]], maximum: float = 100) -> SafeString:
    """What a total is made of: (label, points) one after the other on a track of `maximum`."""
    scale = BAR_WIDTH / maximum
    starts = [sum(points for _label, points in parts[:place]) for place in range(len(parts))]
    pieces = format_html_join(
        "",
        '<rect class="p{}" x="{}" width="{}" height="{}"/>',
        (
            (_colour(place), _n(start * scale), _n(max(points * scale - BAR_GAP, 0)), BAR_HEIGHT)
            for place, ((_label, points), start) in enumerate(zip(parts, starts, strict=True))
        ),
    )
    label = ", ".join(f"{name} {_n(points)}" for name, points in parts)
    return format_html(
        '<svg class="pbar" viewBox="0 0 {} {}" width="100%" height="{}" preserveAspectRatio="none"'
        ' role="img" aria-label="{}"><rect class="p0" width="{}" height="{}"/>{}</svg>',
        BAR_WIDTH,
        BAR_HEIGHT,
        BAR_HEIGHT,
        label,
        BAR_WIDTH,
        BAR_HEIGHT,
        pieces,
    )


@register.simple_tag
def swatch(place: int) -> SafeString:
    """The colour of the part at `place` (from 0), for a legend."""
    return format_html(
        '<svg class="sw" width="9" height="9" aria-hidden="true">'
        '<rect class="p{}" width="9" height="9" rx="2"/></svg>',
        _colour(place),
    )


@register.simple_tag
def interval(
    low: float, value: float, high: float, median: float | None = None, label: str = ""
) -> SafeString:
    """A score with its 90% interval on a track from 30 to 100; a tick marks the group's median."""
    left, right, point = (_on_track(x) for x in (low, high, value))
    return format_html(
        '<svg class="ival" viewBox="0 0 {} 14" preserveAspectRatio="none" role="img"'
        ' aria-label="{}"><rect class="trk" y="5" width="{}" height="4" rx="2"/>'
        '<rect class="rng" x="{}" y="3" width="{}" height="8" rx="2"/>{}'
        '<rect class="pt" x="{}" y="1" width="4" height="12" rx="2"/></svg>',
        TRACK_WIDTH,
        label or _interval_label(low, value, high, median),
        TRACK_WIDTH,
        _n(left),
        _n(right - left),
        _median_tick(median),
        _n(min(max(point - 2, 0), TRACK_WIDTH - 4)),
    )


@register.simple_tag
def sparkline(
    values: Sequence[float], label: str = "", width: int = 88, height: int = 28
) -> SafeString:
    """A trend without axes. Give `label` where the numbers are not written beside it."""
    if len(values) < 2:
        return SafeString("")
    line = "L".join(_xy(point) for point in _spark_points(values, width, height))
    area = f"M{line}L{width},{height}L0,{height}Z"
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" preserveAspectRatio="none" {}>'
        '<path class="a" d="{}"/><path d="M{}"/></svg>',
        width,
        height,
        _spoken(label),
        area,
        line,
    )


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
            _xy(self.at(axis, len(scores), self.radius * min(max(score, 0), 100) / 100))
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
        ((*frame.centre, _n(x), _n(y)) for x, y in ends),
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
        '<circle class="pt" cx="{}" cy="{}" r="{}"/>', _n(x), _n(y), 4 if size == "large" else 3
    )


def _ring_tick(frame: Frame, ring: int) -> SafeString:
    x, y = frame.centre[0] + 4, frame.centre[1] - frame.radius * ring / 100 + 3
    return format_html('<text class="tick" x="{}" y="{}">{}</text>', _n(x), _n(y), ring)


def _axis_name(frame: Frame, axis: int, axes: int, name: str, value: str = "") -> SafeString:
    """The name of an axis with its number on the same line."""
    x, y = frame.at(axis, axes, frame.radius + 14)
    number = format_html('<tspan class="val" dx="4">{}</tspan>', value) if value else ""
    return format_html(
        '<text text-anchor="{}" x="{}" y="{}">{}{}</text>',
        _anchor(frame, x),
        _n(x),
        _n(y + _drop(frame, y) / 2 + 3),
        name,
        number,
    )


def _axis_block(
    frame: Frame, axis: int, axes: int, name: str, score: float, median: float | None
) -> SafeString:
    """The name of an axis, its number below, and the group's median beside that."""
    x, y = frame.at(axis, axes, frame.radius + 14)
    y += _drop(frame, y)
    middle = "" if median is None else _("median %(value)s") % {"value": _n(median)}
    return format_html(
        '<text text-anchor="{0}" x="{1}" y="{2}">{3}</text><text class="val" text-anchor="{0}"'
        ' x="{1}" y="{4}">{5}<tspan class="tick" dx="5">{6}</tspan></text>',
        _anchor(frame, x),
        _n(x),
        _n(y - 6),
        name,
        _n(y + 11),
        _n(score),
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
    said = ", ".join(f"{name} {_n(score)}" for name, score in zip(labels, scores, strict=True))
    if median is not None:
        middles = ", ".join(_n(value) for value in median)
        said += "; " + _("median %(value)s") % {"value": middles}
    return f"{title}: {said}" if title else said


def _interval_label(low: float, value: float, high: float, median: float | None) -> str:
    said = _("score %(value)s, 90%% interval from %(low)s to %(high)s") % {
        "value": _n(value),
        "low": _n(low),
        "high": _n(high),
    }
    return said if median is None else said + "; " + _("median %(value)s") % {"value": _n(median)}


def _median_tick(median: float | None) -> SafeString:
    if median is None:
        return SafeString("")
    x = _n(_on_track(median))
    return format_html('<line class="med" x1="{0}" x2="{0}" y1="1" y2="13"/>', x)


def _on_track(value: float) -> float:
    inside = min(max(value, TRACK_START), TRACK_END)
    return (inside - TRACK_START) / (TRACK_END - TRACK_START) * TRACK_WIDTH


def _spark_points(values: Sequence[float], width: int, height: int) -> list[Point]:
    lowest, highest = min(values), max(values)
    scale = (height - 6) / ((highest - lowest) or 1)
    step = width / (len(values) - 1)
    return [(i * step, height - 3 - (v - lowest) * scale) for i, v in enumerate(values)]


def _spoken(label: str) -> SafeString:
    if not label:
        return SafeString('aria-hidden="true"')
    return format_html('role="img" aria-label="{}"', label)


def _known(scores: Scores | None) -> list[float] | None:
    """The scores, or None where one of them is missing."""
    if not scores or any(score is None for score in scores):
        return None
    return [float(score) for score in scores if score is not None]


def _colour(place: int) -> int:
    return place % BAR_COLOURS + 1


def _join(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _xy(point: Point) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"


def _n(value: float) -> str:
    """One digit after the point, as in the texts."""
    return f"{value:.1f}"
