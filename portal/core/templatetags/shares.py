"""How a whole falls into parts, as plain SVG: bars one under another, or a ring for few.

Names and numbers stand in the picture and its label; colours come from `static/css/drawings.css`.
`drawing` carries these tags into every template.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portal.core.templatetags.svg import one_digit, xy

register = template.Library()

Parts = Sequence[tuple[str, float]]  # name, percent

WIDTH, ROW, NAME, NUMBER = 340, 24, 112, 48  # of the bars' picture
SIDE, OUTER, INNER = 120, 56.0, 36.0  # of the ring
WHOLE = 100
COLOURS = 6


@register.simple_tag
def share_bars(parts: Parts, label: str) -> SafeString:
    """A bar for each part, as long as its share of the largest."""
    if not parts:
        return SafeString("")
    room, largest = WIDTH - NAME - NUMBER, max(share for _name, share in parts) or 1
    rows = format_html_join(
        "",
        '<text class="nm" x="{}" y="{}" text-anchor="end">{}</text>'
        '<rect class="p0" x="{}" y="{}" width="{}" height="10" rx="3"/>'
        '<rect class="p1" x="{}" y="{}" width="{}" height="10" rx="3"/>'
        '<text class="nr" x="{}" y="{}">{}%</text>',
        (
            (
                *(NAME - 8, place * ROW + 16, name),
                *(NAME, place * ROW + 7, room),
                *(NAME, place * ROW + 7, one_digit(room * share / largest)),
                *(WIDTH - NUMBER + 6, place * ROW + 16, one_digit(share)),
            )
            for place, (name, share) in enumerate(parts)
        ),
    )
    return format_html(
        '<svg class="shares" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH,
        len(parts) * ROW,
        _spoken(label, parts),
        rows,
    )


@register.simple_tag
def share_ring(parts: Parts, label: str) -> SafeString:
    """A ring of at most six parts; its numbers stand in the legend beside it."""
    if not parts:
        return SafeString("")
    starts = [sum(share for _name, share in parts[:place]) for place in range(len(parts))]
    pieces = format_html_join(
        "",
        '<path class="p{}" d="{}"/>',
        (
            (place % COLOURS + 1, _sector(start, start + share))
            for place, ((_name, share), start) in enumerate(zip(parts, starts, strict=True))
        ),
    )
    return format_html(
        '<svg class="ring" viewBox="0 0 {0} {0}" width="{0}" height="{0}" role="img"'
        ' aria-label="{1}">{2}</svg>',
        SIDE,
        _spoken(label, parts),
        pieces,
    )


def _sector(start: float, end: float) -> str:
    """From one percentage to another, clockwise from the top; a whole ring stays a hair open."""
    end = min(end, start + WHOLE - 0.01)
    large = int(end - start > WHOLE / 2)
    outer = [xy(_at(share, OUTER)) for share in (start, end)]
    inner = [xy(_at(share, INNER)) for share in (end, start)]
    return (
        f"M{outer[0]}A{OUTER},{OUTER} 0 {large} 1 {outer[1]}"
        f"L{inner[0]}A{INNER},{INNER} 0 {large} 0 {inner[1]}Z"
    )


def _at(share: float, radius: float) -> tuple[float, float]:
    angle = 2 * pi * share / WHOLE - pi / 2
    return SIDE / 2 + radius * cos(angle), SIDE / 2 + radius * sin(angle)


def _spoken(label: str, parts: Parts) -> str:
    return f"{label}: " + ", ".join(f"{name} {one_digit(share)}%" for name, share in parts)
