"""Bars, intervals and sparklines as plain SVG: no script, no style attribute, numbers spoken.

Colours come from `static/css/drawings.css`. A picture whose data is missing is not drawn as 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.core.templatetags import columns, radar, shares, spreads, waterfall
from portal.core.templatetags.svg import Point, one_digit, xy

register = template.Library()
for drawn in (columns, radar, shares, spreads, waterfall):
    register.tags |= drawn.register.tags

BAR_WIDTH, BAR_HEIGHT, BAR_GAP, BAR_COLOURS = 200, 8, 1, 6
TRACK_WIDTH, TRACK_START, TRACK_END = 200, 30, 100


@register.simple_tag
def parts_bar(parts: Sequence[tuple[str, float]], maximum: float = 100) -> SafeString:
    """What a total is made of: (label, points) one after the other on a track of `maximum`."""
    scale = BAR_WIDTH / maximum
    starts = [sum(points for _label, points in parts[:place]) for place in range(len(parts))]
    pieces = format_html_join(
        "",
        '<rect class="p{}" x="{}" width="{}" height="{}"/>',
        (
            (
                _colour(place),
                one_digit(start * scale),
                one_digit(max(points * scale - BAR_GAP, 0)),
                BAR_HEIGHT,
            )
            for place, ((_label, points), start) in enumerate(zip(parts, starts, strict=True))
        ),
    )
    label = ", ".join(f"{name} {one_digit(points)}" for name, points in parts)
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
        one_digit(left),
        one_digit(right - left),
        _median_tick(median),
        one_digit(min(max(point - 2, 0), TRACK_WIDTH - 4)),
    )


@register.simple_tag
def sparkline(
    values: Sequence[float], label: str = "", width: int = 88, height: int = 28
) -> SafeString:
    """A trend without axes. Give `label` where the numbers are not written beside it."""
    if len(values) < 2:
        return SafeString("")
    line = "L".join(xy(point) for point in _spark_points(values, width, height))
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


def _interval_label(low: float, value: float, high: float, median: float | None) -> str:
    said = _("score %(value)s, 90%% interval from %(low)s to %(high)s") % {
        "value": one_digit(value),
        "low": one_digit(low),
        "high": one_digit(high),
    }
    return (
        said
        if median is None
        else said + "; " + _("median %(value)s") % {"value": one_digit(median)}
    )


def _median_tick(median: float | None) -> SafeString:
    if median is None:
        return SafeString("")
    x = one_digit(_on_track(median))
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


def _colour(place: int) -> int:
    return place % BAR_COLOURS + 1
