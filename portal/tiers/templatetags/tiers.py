"""Stars and quarters as every page writes them."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.tiers.engine import MOST_STARS, Quarter
from portal.tiers.models import StarReview, StarWindow
from portal.tiers.selectors import quarter_in_words
from portal.tiers.states import Stars

register = template.Library()


@register.simple_tag
def star_mark(stars: int) -> SafeString:
    """★★★☆☆, and the tier's name for who cannot see it; a starter has none."""
    label = Stars(stars).label
    if not stars:
        return format_html('<span class="t3">{}</span>', label)
    return format_html(
        '<span class="nowrap" role="img" aria-label="{}"><span class="t-star">{}</span>'
        '<span class="t3">{}</span></span>',
        label,
        "★" * stars,
        "☆" * (MOST_STARS - stars),
    )


@register.filter
def star_name(stars: int) -> str:
    return str(Stars(stars).label)


@register.filter
def quarter(of: Quarter | StarReview | StarWindow) -> str:
    """Q3 2026."""
    return quarter_in_words(of if isinstance(of, Quarter) else of.of_quarter)
