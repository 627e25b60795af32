"""How many have how many, as plain SVG: columns, and the numbers before as a dashed line."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.core.templatetags.svg import Axis, one_digit, xy

register = template.Library()

WIDTH, HEIGHT, FOOT, LEFT, HEAD = 360, 150, 18, 26, 12
MOST_NAMES = 12


@register.simple_tag
def count_columns(
    names: Sequence[int], counts: Sequence[int], before: Sequence[int] = (), label: str = ""
) -> SafeString:
    """`counts[i]` of them have `names[i]`; `before`: the same of what it is compared with."""
    if not any(counts):
        return SafeString("")
    axis = Axis(0, max(*counts, *before, 1), HEAD, HEIGHT - FOOT)
    place = (WIDTH - LEFT) / len(names)
    return format_html(
        '<svg class="fig" viewBox="0 0 {0} {1}" width="100%" role="img" aria-label="{2}">'
        '{3}{4}{5}{6}<line class="zero" x1="{7}" x2="{0}" y1="{8}" y2="{8}"/></svg>',
        WIDTH,
        HEIGHT,
        _spoken(names, counts, before, label),
        _scale(axis),
        _bars(counts, axis, place),
        _names(names, place),
        _line(before, axis, place),
        LEFT,
        HEIGHT - FOOT + 0.5,
    )


def _scale(axis: Axis) -> SafeString:
    ticks = sorted({round(axis.high / 2), round(axis.high)} - {0})
    return format_html_join(
        "",
        '<line class="axis" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>'
        '<text class="mut" x="{3}" y="{4}" text-anchor="end">{5}</text>',
        (
            (LEFT, WIDTH, one_digit(y), LEFT - 6, one_digit(y + 4), tick)
            for tick in ticks
            for y in [axis.at(tick)]
        ),
    )


def _bars(counts: Sequence[int], axis: Axis, place: float) -> SafeString:
    wide = min(place - 4, 28)
    return format_html_join(
        "",
        '<rect class="tot" x="{}" y="{}" width="{}" height="{}" rx="2"/>',
        (
            (
                one_digit(LEFT + (at + 0.5) * place - wide / 2),
                one_digit(axis.at(count)),
                one_digit(wide),
                one_digit(axis.bottom - axis.at(count)),
            )
            for at, count in enumerate(counts)
            if count
        ),
    )


def _names(names: Sequence[int], place: float) -> SafeString:
    every = -(-len(names) // MOST_NAMES)
    return format_html_join(
        "",
        '<text class="mut" x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (one_digit(LEFT + (at + 0.5) * place), HEIGHT - 3, name)
            for at, name in enumerate(names)
            if at % every == 0
        ),
    )


def _line(before: Sequence[int], axis: Axis, place: float) -> SafeString:
    points = [(LEFT + (at + 0.5) * place, axis.at(count)) for at, count in enumerate(before)]
    if not points:
        return SafeString("")
    way = "L".join(xy(point) for point in points)
    dots = format_html_join(
        "",
        '<circle class="was-pt" cx="{}" cy="{}" r="2.5"/>',
        ((one_digit(x), one_digit(y)) for x, y in points),
    )
    return format_html('<path class="was" d="M{}"/>{}', way, dots)


def _spoken(names: Sequence[int], counts: Sequence[int], before: Sequence[int], label: str) -> str:
    said = _listed(names, counts)
    if before:
        said = _("%(now)s; before: %(before)s") % {"now": said, "before": _listed(names, before)}
    return f"{label}: {said}" if label else said


def _listed(names: Sequence[int], counts: Sequence[int]) -> str:
    return ", ".join(f"{name} → {n}" for name, n in zip(names, counts, strict=True) if n)
