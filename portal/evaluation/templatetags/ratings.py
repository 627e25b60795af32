"""How ratings write their numbers, and where a number leads."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portal.evaluation.models import Rating
from portal.evaluation.selectors import Line, indicator_measure

register = template.Library()
MISSING = "—"


@register.filter
def figure(value: float | None, unit: str = "") -> str:
    """31.4% or 5.2: three digits that count, with a true minus sign."""
    if value is None:
        return MISSING
    digits = f"{value:,.1f}" if abs(value) >= 10 else f"{value:,.2f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return digits.replace("-", "−") + ("%" if unit == "percent" else "")


@register.filter
def change(value: float | None, digits: int = 1) -> str:
    """+1.2 or −0.3; nothing where there is no number."""
    if value is None:
        return MISSING
    return f"{value:+z.{digits}f}".replace("-", "−")


@register.filter
def direction(value: float | None) -> str:
    """The class of a change: good, bad, or neither."""
    if value is None or abs(value) < 0.05:
        return "t3"
    return "t-ok" if value > 0 else "t-bad"


@register.simple_tag
def facts_url(rating: Rating, line: Line) -> str:
    """The page of the facts behind an indicator."""
    try:
        url = reverse("fact_list")
    except NoReverseMatch:
        return ""
    return f"{url}?{urlencode({'measure': indicator_measure(rating.snapshot, line.code)})}"


@register.simple_tag
def segment_name(rating: Rating) -> str:
    """Whom a rating is compared with, in words."""
    service = rating.service.name if rating.service else _("all of its kind")
    band = rating.segment.rpartition("/")[2] if "/" in rating.segment else ""
    if rating.segment == "all" and rating.service:
        return _("all service types")
    return _("%(service)s, size %(band)s") % {"service": service, "band": band} if band else service


@register.filter
def share(fraction: float | None) -> str:
    """0.8 is 80%."""
    return MISSING if fraction is None else f"{round(fraction * 100)}%"


@register.simple_tag
def line_of(history: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Moments, own numbers and medians, as the line over time takes them."""
    return {
        "names": [row["snapshot"].period for row in history],
        "own": [row["score"] for row in history],
        "median": [row["median"] for row in history],
    }


@register.filter
def of(found: dict[str, Any], code: str) -> Any:
    """What stands under a code."""
    return found.get(code)


@register.filter
def plain(value: float) -> str:
    """As a field of a form takes it: no grouping, no trailing noughts."""
    return f"{value:.6f}".rstrip("0").rstrip(".")
