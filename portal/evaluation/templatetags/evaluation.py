"""Numbers of methods and ratings with their units, names of segments, and histograms as SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portal.core.templatetags.svg import one_digit
from portal.evaluation.segments import segment_name
from portal.evaluation.selectors.documents import name_of
from portal.evaluation.units import written

register = template.Library()
register.filter("in_unit", written)
register.filter("segment_name", segment_name)
register.filter("method_name", name_of)

WIDTH, HEIGHT, FOOT, GAP = 480, 120, 20, 3
SMALL_WIDTH, SMALL_HEIGHT = 160, 24


@register.simple_tag
def small_histogram(bars: Sequence[Mapping[str, int]], label: str) -> SafeString:
    """The same in a cell of a table: bars alone, the numbers in its label."""
    most = max((bar["count"] for bar in bars), default=0) or 1
    step = SMALL_WIDTH / max(len(bars), 1)
    pieces = format_html_join(
        "",
        '<rect class="p1" x="{}" y="{}" width="{}" height="{}"/>',
        (
            (
                one_digit(place * step + 0.5),
                one_digit(SMALL_HEIGHT * (1 - bar["count"] / most)),
                one_digit(step - 1),
                one_digit(SMALL_HEIGHT * bar["count"] / most),
            )
            for place, bar in enumerate(bars)
        ),
    )
    return format_html(
        '<svg class="hist" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img"'
        ' aria-label="{2}">{3}</svg>',
        SMALL_WIDTH,
        SMALL_HEIGHT,
        f"{segment_name(label)}: {_said(bars)}",
        pieces,
    )


@register.simple_tag
def histogram(bars: Sequence[Mapping[str, int]], label: str) -> SafeString:
    """How many lie from … to …: `{"from": −2, "to": 0, "count": 31}` each, the count on its bar."""
    if not bars:
        return SafeString("")
    most = max(bar["count"] for bar in bars) or 1
    step = WIDTH / len(bars)
    room = HEIGHT - FOOT - 14
    pieces = format_html_join(
        "",
        '<rect class="p1" x="{}" y="{}" width="{}" height="{}" rx="2"/>'
        '<text class="nr" x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text class="nm" x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (
                one_digit(place * step + GAP),
                one_digit(HEIGHT - FOOT - room * bar["count"] / most),
                one_digit(step - 2 * GAP),
                one_digit(room * bar["count"] / most),
                one_digit(place * step + step / 2),
                one_digit(HEIGHT - FOOT - room * bar["count"] / most - 3),
                bar["count"] or "",
                one_digit(place * step),
                HEIGHT - 5,
                "" if place == 0 else str(bar["from"]).replace("-", "−"),
            )
            for place, bar in enumerate(bars)
        ),
    )
    return format_html(
        '<svg class="hist shares" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH,
        HEIGHT,
        f"{label}: {_said(bars)}",
        pieces,
    )


def _said(bars: Sequence[Mapping[str, int]]) -> str:
    said = ", ".join(f"{bar['from']}…{bar['to']}: {bar['count']}" for bar in bars)
    return said.replace("-", "−")
