"""Radars: one party or up to four, on as many axes as there are labels.

A missing score is never drawn as 0: its axis is dashed and the outline has a gap there. Where all
are missing, the dashed circle says so. `drawing` carries these tags into every template.
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
NOT_RATED = "—"


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
    ghost: Scores | None = None,
) -> SafeString:
    """One party's scores, 0 to 100, on as many axes as there are labels.

    `low` and `high` draw the band of uncertainty, `median` the dashed line of the group, `ghost`
    another state of the same party (tried, or before).
    """
    if not _has_any(scores):
        return radar_na()
    frame, middle = FRAMES[size], median if _has_any(median) else None
    layers = [
        _band(frame, low, high),
        _outline("med", frame, middle),
        _outline("ghost", frame, ghost),
        _outline("s s1", frame, scores),
        *_notes(frame, size, scores, labels, middle),
    ]
    return _radar(size, _absent([scores]), layers, _radar_label(title, labels, scores, middle))


@register.simple_tag
def radar_compare(
    rows: Sequence[tuple[str, Scores]], labels: Sequence[str], title: str = ""
) -> SafeString:
    """Up to four parties on one radar: (name, scores), each with the colour and the stroke of its
    place. Those not rated are left out; say so."""
    rated = [(at, name, scores) for at, (name, scores) in enumerate(rows, 1) if _has_any(scores)]
    if not rated:
        return radar_na()
    if len(rows) > MOST_COMPARED:
        raise ValueError(f"a radar compares at most {MOST_COMPARED} parties")
    frame = FRAMES["medium"]
    outlines = [_outline(f"s s{place}", frame, scores) for place, _name, scores in rated]
    names = [_axis_name(frame, axis, len(labels), label) for axis, label in enumerate(labels)]
    said = "; ".join(_radar_label(name, labels, scores, None) for _at, name, scores in rated)
    absent = _absent([scores for _at, _name, scores in rated])
    return _radar("medium", absent, [*outlines, *names], f"{title} {said}".strip())


@register.simple_tag
def radar_na(text: str = "") -> SafeString:
    """The dashed circle of a party that is not rated; the reason stands beside it."""
    return format_html(
        '<div class="radar-na fs-xs t3"><span>{}</span></div>', text or _("Not enough data")
    )


def _radar(
    size: str, absent: Sequence[bool], layers: Iterable[SafeString], label: str
) -> SafeString:
    frame = FRAMES[size]
    return format_html(
        '<svg class="radar {}" viewBox="0 0 {} {}" width="{}" height="{}" role="img"'
        ' aria-label="{}">{}{}</svg>',
        size,
        frame.width,
        frame.height,
        *frame.shown,
        label,
        _grid(frame, absent),
        format_html_join("", "{}", ((layer,) for layer in layers)),
    )


def _grid(frame: Frame, absent: Sequence[bool]) -> SafeString:
    """Rings, and a spoke for each axis: dashed where nobody is rated."""
    axes = len(absent)
    rings = format_html_join(
        "",
        '<polygon class="ring{}" points="{}"/>',
        ((" o" if ring == 100 else "", frame.outline([ring] * axes)) for ring in frame.rings),
    )
    ends = [frame.at(axis, axes, frame.radius) for axis in range(axes)]
    spokes = format_html_join(
        "",
        '<line class="spoke{}" x1="{}" y1="{}" x2="{}" y2="{}"/>',
        (
            (" none" if gone else "", *frame.centre, one_digit(x), one_digit(y))
            for gone, (x, y) in zip(absent, ends, strict=True)
        ),
    )
    return rings + spokes


def _outline(css: str, frame: Frame, scores: Scores | None) -> SafeString:
    """A closed shape where every axis has a score, else lines between neighbours that have one."""
    if not scores or not _has_any(scores):
        return SafeString("")
    known = [score for score in scores if score is not None]
    if len(known) == len(scores):
        return format_html('<polygon class="{}" points="{}"/>', css, frame.outline(known))
    return format_html('<path class="{} open" d="{}"/>', css, _open_line(frame, scores))


def _open_line(frame: Frame, scores: Scores) -> str:
    corners = [_corner(frame, axis, scores) for axis in range(len(scores))]
    pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
    return "".join(f"M{xy(one)}L{xy(next_)}" for one, next_ in pairs if one and next_)


def _corner(frame: Frame, axis: int, scores: Scores) -> Point | None:
    score = scores[axis]
    if score is None:
        return None
    return frame.at(axis, len(scores), frame.radius * min(max(score, 0), 100) / 100)


def _band(frame: Frame, low: Scores | None, high: Scores | None) -> SafeString:
    """Between the two outlines; a stroke along each rated axis where not all are."""
    if not low or not high or not _has_any(low):
        return SafeString("")
    inner, outer = ([s for s in scores if s is not None] for scores in (low, high))
    if len(inner) == len(outer) == len(low):
        shapes = (frame.outline(scores).replace(" ", "L") for scores in (outer, inner))
        return format_html('<path class="band" d="M{}ZM{}Z"/>', *shapes)
    ends = ((_corner(frame, axis, low), _corner(frame, axis, high)) for axis in range(len(low)))
    line = "".join(f"M{xy(one)}L{xy(other)}" for one, other in ends if one and other)
    return format_html('<path class="whisker" d="{}"/>', line)


def _notes(
    frame: Frame,
    size: str,
    scores: Scores,
    labels: Sequence[str],
    median: Scores | None,
) -> list[SafeString]:
    """Dots, names and numbers of one party's radar; the small one has no room for them."""
    if size == "small":
        return []
    corners = [_corner(frame, axis, scores) for axis in range(len(scores))]
    dots = [_dot(corner, size) for corner in corners if corner]
    if size == "medium":
        named = enumerate(zip(labels, scores, strict=True))
        return dots + [_axis_name(frame, i, len(labels), n, _whole(s)) for i, (n, s) in named]
    ticks = [_ring_tick(frame, ring) for ring in frame.rings[1:]]
    middles: Scores = median or [None] * len(scores)
    rows = enumerate(zip(labels, scores, middles, strict=True))
    return dots + ticks + [_axis_block(frame, i, len(labels), *row) for i, row in rows]


def _dot(corner: Point, size: str) -> SafeString:
    x, y = corner
    return format_html(
        '<circle class="pt" cx="{}" cy="{}" r="{}"/>',
        one_digit(x),
        one_digit(y),
        4 if size == "large" else 3,
    )


def _whole(score: float | None) -> str:
    return NOT_RATED if score is None else f"{score:.0f}"


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
    frame: Frame, axis: int, axes: int, name: str, score: float | None, median: float | None
) -> SafeString:
    """The name of an axis, its number below, and the group's median beside that."""
    x, y = frame.at(axis, axes, frame.radius + 14)
    y += _drop(frame, y)
    middle = "" if median is None else _("median %(value)s") % {"value": one_digit(median)}
    if score is None:
        middle = _("not rated")
    return format_html(
        '<text text-anchor="{0}" x="{1}" y="{2}">{3}</text><text class="val" text-anchor="{0}"'
        ' x="{1}" y="{4}">{5}<tspan class="tick" dx="5">{6}</tspan></text>',
        _anchor(frame, x),
        one_digit(x),
        one_digit(y - 6),
        name,
        one_digit(y + 11),
        NOT_RATED if score is None else one_digit(score),
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


def _radar_label(title: str, labels: Sequence[str], scores: Scores, median: Scores | None) -> str:
    said = ", ".join(f"{n} {_spoken(score)}" for n, score in zip(labels, scores, strict=True))
    if median is not None:
        middles = ", ".join(_spoken(value) for value in median)
        said += "; " + _("median %(value)s") % {"value": middles}
    return f"{title}: {said}" if title else said


def _spoken(score: float | None) -> str:
    return _("not rated") if score is None else one_digit(score)


def _has_any(scores: Scores | None) -> bool:
    return bool(scores) and any(score is not None for score in scores or ())


def _absent(rows: Sequence[Scores]) -> list[bool]:
    """Which axes nobody of these is rated on."""
    return [all(score is None for score in column) for column in zip(*rows, strict=True)]
