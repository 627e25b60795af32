"""Parts of a reputation in words."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()
PARTS = {
    "product": _("Product"),
    "delivery": _("Delivery"),
    "service": _("Service"),
    "conduct": _("Conduct"),
    "goods": _("Goods promoted"),
}
RATES = {
    "bad_reviews": _("bad reviews"),
    "quality_returns": _("returned for quality"),
    "late": _("delivered late"),
    "complaints": _("complaints an order"),
}


@register.filter
def part_title(name: str) -> str:
    return str(PARTS[name])


@register.filter
def rate_title(name: str) -> str:
    return str(RATES[name])
