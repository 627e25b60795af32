"""The published ranking method in plain words."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matchmaking.engine.ranking import RankingMethod
from matchmaking.needs.ranking import PART_NAMES, SOURCED_PARTS, Candidate, published_weights

register = template.Library()

PART_NOTES: dict[str, str | Promise] = {
    "category": _("How much of its business is in the categories asked for."),
    "price": _("How far its price band and the budget overlap."),
    "reach": _(
        "How many follow it: from 1,000 to 10 million, each tenfold worth the same; of an agency, "
        "its creators together."
    ),
    "result": _("What it has settled in the category; a few cases count for little."),
    "evaluation": _("How it is evaluated on this site."),
    "response": _("How soon it answers invitations, orders and messages, in working hours."),
    "freshness": _("How recently its profile was changed."),
}


@register.simple_tag
def method_parts(method: RankingMethod) -> list[dict[str, Any]]:
    """The parts of the method: name, weight, the published one where the need moved it, what it
    measures, whether it has a source yet."""
    published = published_weights(method)
    return [
        {
            "code": part.code,
            "name": PART_NAMES[part.code],
            "weight": part.weight,
            "published": published[part.code],
            "note": PART_NOTES[part.code],
            "has_source": part.code in SOURCED_PARTS,
        }
        for part in method.parts
    ]


@register.filter
def bar_of(candidate: Candidate) -> list[tuple[str, float]]:
    """(name, points) of each part, for `parts_bar`."""
    return [(str(part.name), part.points) for part in candidate.parts]


@register.filter
def part_names(method: RankingMethod) -> list[str]:
    """The names of the parts in their order, for `components/legend.html`."""
    return [str(PART_NAMES[part.code]) for part in method.parts]


@register.simple_tag
def percentage(fraction: float) -> str:
    """0.5 is 50%: `{% percentage candidate.confidence %}`."""
    return f"{fraction:.0%}"
