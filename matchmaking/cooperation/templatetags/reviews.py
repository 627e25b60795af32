"""Reviews where a party shows itself: `{% reviews_about party %}`, and stars."""

from __future__ import annotations

from typing import Any

from django import template

from matchmaking.cooperation.selectors import standing_of
from portal.parties.models import Party

register = template.Library()


@register.inclusion_tag("cooperation/reviews_about.html")
def reviews_about(party: Party) -> dict[str, Any]:
    return standing_of(party)
