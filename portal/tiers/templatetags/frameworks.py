"""Targets against what was reached and what is to come, as plain SVG: the numbers stand in the
table beside it and in its label."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.core.money import Money
from portal.core.templatetags.svg import Axis, one_digit
from portal.revenue.engine import Month
from portal.tiers.framework_terms import month_name
from portal.tiers.selectors.frameworks import ShownMonth

register = template.Library()
WIDTH, HEIGHT, TOP, FOOT, FILLED = 560, 200, 14, 26, 0.58


@register.filter
def month_words(month: Month) -> str:
    return month_name(month)


@register.simple_tag
def target_chart(months: Sequence[ShownMonth]) -> SafeString:
    """A column a month: what was reached, dashed above it what is expected; a line marks the
    target."""
    top = max([1, *(max(one.target, one.projected) for one in months)])
    axis = Axis(0, top, TOP, HEIGHT - FOOT)
    place = WIDTH / max(len(months), 1)
    columns = format_html_join(
        "", "{}", ((_column(axis, place, at, one),) for at, one in enumerate(months))
    )
    return format_html(
        '<svg class="fig" viewBox="0 0 {0} {1}" width="100%" role="img" aria-label="{2}">'
        '<line class="zero" x1="0" x2="{0}" y1="{3}" y2="{3}"/>{4}</svg>',
        WIDTH,
        HEIGHT,
        _label(months),
        HEIGHT - FOOT,
        columns,
    )


def _column(axis: Axis, place: float, at: int, one: ShownMonth) -> SafeString:
    left, width = place * (at + (1 - FILLED) / 2), place * FILLED
    reached, expected, goal = (axis.at(v) for v in (one.actual, one.projected, one.target))
    return format_html(
        '<rect class="tot" x="{0}" y="{2}" width="{1}" height="{3}"/>'
        '<rect class="est" x="{0}" y="{4}" width="{1}" height="{5}"/>'
        '<line class="goal" x1="{6}" x2="{7}" y1="{8}" y2="{8}"/>'
        '<text class="mut" x="{9}" y="{10}" text-anchor="middle">{11}</text>',
        one_digit(left),
        one_digit(width),
        one_digit(reached),
        one_digit(axis.bottom - reached),
        one_digit(expected),
        one_digit(max(0, reached - expected)),
        one_digit(left - 4),
        one_digit(left + width + 4),
        one_digit(goal),
        one_digit(left + width / 2),
        HEIGHT - 8,
        f"{one.month.number}",
    )


def _label(months: Sequence[ShownMonth]) -> str:
    sentence = _("%(month)s: %(actual)s of %(target)s, %(projected)s at today's pace")
    return "; ".join(
        sentence
        % {
            "month": one.month,
            "actual": Money(one.actual).short,
            "target": Money(one.target).short,
            "projected": Money(one.projected).short,
        }
        for one in months
    )
