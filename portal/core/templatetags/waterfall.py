"""How one number became another, as plain SVG: the numbers stand in the picture and in its label.

Colours come from `static/css/drawings.css`. `drawing` carries the tag into every template.
"""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.core.templatetags.svg import Axis, one_digit

register = template.Library()

End = tuple[str, float, str]  # label, value, what stands under the label
Step = tuple[str, float, str]  # label, change, what stands under the label

HEIGHT, TOP, FOOT = 286, 26, 54
COLUMN, LEAST_WIDTH, FILLED = 80, 480, 0.56  # a column takes so much of its place
ROOM_BELOW, ROOM_ABOVE = 0.45, 0.12  # of the span shown, so that the ends are not cut


def signed(change: float) -> str:
    """+0.50 or −0.29: a true minus sign."""
    return f"{change:+.2f}".replace("-", "−")


@register.simple_tag
def waterfall(start: End, steps: Sequence[Step], end: End, label: str = "") -> SafeString:
    """How `start` became `end`: each step's column begins where the one before ends. The labels of
    the steps are short; the numbers add up."""
    levels = _levels(start[1], steps)
    axis = _waterfall_axis([*levels, end[1]])
    width = max(LEAST_WIDTH, COLUMN * (len(steps) + 2))
    place = width / (len(steps) + 2)
    columns = [_whole_column(axis, place, 0, start)]
    for at, (step, level) in enumerate(zip(steps, levels, strict=False), start=1):
        columns.append(_link(axis, place, at - 1, level))
        columns.append(_step_column(axis, place, at, level, step))
    columns.append(_link(axis, place, len(steps), levels[-1]))
    columns.append(_whole_column(axis, place, len(steps) + 1, end))
    return format_html(
        '<svg class="fig" viewBox="0 0 {0} {1}" width="100%" role="img" aria-label="{2}">'
        '<line class="zero" x1="0" x2="{0}" y1="{3}" y2="{3}"/>{4}</svg>',
        width,
        HEIGHT,
        _waterfall_label(label, start, steps, end),
        HEIGHT - FOOT,
        _join(columns),
    )


def _levels(start: float, steps: Sequence[Step]) -> list[float]:
    """Where each step begins, and where the last one ends."""
    levels = [start]
    for _label, change, _note in steps:
        levels.append(levels[-1] + change)
    return levels


def _waterfall_axis(values: Sequence[float]) -> Axis:
    low, high = min(values), max(values)
    span = (high - low) or 1
    return Axis(low - ROOM_BELOW * span, high + ROOM_ABOVE * span, TOP, HEIGHT - FOOT)


def _whole_column(axis: Axis, place: float, at: int, end: End) -> SafeString:
    label, value, note = end
    return _column(
        place, at, axis.at(value), axis.bottom, "tot", label, note, one_digit(value), "lbl"
    )


def _step_column(axis: Axis, place: float, at: int, level: float, step: Step) -> SafeString:
    label, change, note = step
    css = "up" if change >= 0 else "dn"
    above, below = sorted((axis.at(level), axis.at(level + change)))
    return _column(place, at, above, below, css, label, note, signed(change), css)


def _column(
    place: float,
    at: int,
    top: float,
    bottom: float,
    css: str,
    label: str,
    note: str,
    value: str,
    value_css: str,
) -> SafeString:
    width = place * FILLED
    x = at * place + (place - width) / 2
    middle = one_digit(x + width / 2)
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>'
        '<text class="{}" text-anchor="middle" x="{}" y="{}">{}</text>'
        '<text text-anchor="middle" x="{}" y="{}">{}</text>'
        '<text class="mut" text-anchor="middle" x="{}" y="{}">{}</text>',
        *(css, one_digit(x), one_digit(top), one_digit(width), one_digit(max(bottom - top, 2))),
        *(value_css, middle, one_digit(top - 6), value),
        *(middle, HEIGHT - FOOT + 18, label),
        *(middle, HEIGHT - FOOT + 34, note),
    )


def _link(axis: Axis, place: float, at: int, level: float) -> SafeString:
    """The dotted line from one column to the next at the height both have in common."""
    start = at * place + place * (1 + FILLED) / 2
    return format_html(
        '<line class="link" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>',
        one_digit(start),
        one_digit(start + place * (1 - FILLED)),
        one_digit(axis.at(level)),
    )


def _waterfall_label(label: str, start: End, steps: Sequence[Step], end: End) -> str:
    said = _("From %(start)s to %(end)s") % {
        "start": one_digit(start[1]),
        "end": one_digit(end[1]),
    }
    changes = ", ".join(f"{name} {signed(change)}" for name, change, _note in steps)
    return f"{label} {said}: {changes}".strip()


def _join(pieces: Sequence[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))
