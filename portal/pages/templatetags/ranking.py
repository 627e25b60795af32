"""The published ranking method in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matchmaking.engine.ranking import Part, RankingMethod
from matchmaking.needs.ranking import (
    PART_NAMES,
    Candidate,
    PartScore,
    group_of,
    published_weights,
    sourced_parts,
)

register = template.Library()

PART_NOTES: dict[str, str | Promise] = {
    "category": _("How much of its business is in the categories asked for."),
    "price": _("How far its price band and the budget overlap."),
    "goods": _(
        "How far the prices asked for and those of its sales overlap, by price band; of whom that "
        "is not known, it is the middle of the others."
    ),
    "reach": _(
        "How many follow it: from 1,000 to 10 million, each tenfold worth the same; of an agency, "
        "its creators together."
    ),
    "result": _(
        "What it settled in the categories asked for in a year: from ¥10,000 to ¥100 million, each "
        "tenfold worth the same; the fewer the merchants, the nearer to the mean of its kind."
    ),
    "evaluation": _(
        "Its official scores in the services asked for; a dimension it is not rated in counts as "
        "the middle of the others."
    ),
    "response": _("How soon it answers invitations, orders and messages, in working hours."),
    "freshness": _("How recently its profile was changed."),
}


@dataclass(frozen=True, slots=True)
class Group:
    """One part of a candidate's total, or several that are one part's dimensions."""

    code: str
    parts: list[PartScore]

    @property
    def name(self) -> str | Promise:
        return PART_NAMES[self.code]

    @property
    def points(self) -> float:
        return sum(part.points for part in self.parts)

    @property
    def weight(self) -> float:
        return sum(part.weight for part in self.parts)

    @property
    def is_measured(self) -> bool:
        return any(part.is_measured for part in self.parts)

    @property
    def dimensions(self) -> list[PartScore]:
        return self.parts if self.parts[0].code != self.code else []

    @property
    def words(self) -> str:
        """The longest and the shortest board, and what is not rated yet."""
        rated = [part for part in self.dimensions if part.score is not None]
        if not rated:
            return gettext("Not rated yet")
        ordered = sorted(rated, key=lambda part: part.score or 0)
        said = [gettext("strongest in %(name)s") % {"name": ordered[-1].name}]
        if len(ordered) > 1:
            said.append(gettext("weakest in %(name)s") % {"name": ordered[0].name})
        if missing := [str(part.name) for part in self.dimensions if part.score is None]:
            names = "、".join(missing)
            said.append(gettext("not rated yet in %(names)s") % {"names": names})
        return " · ".join(said)


@register.filter
def groups_of(candidate: Candidate) -> list[Group]:
    """Its parts, the dimensions of the evaluation together."""
    return [Group(code, [*parts]) for code, parts in groupby(candidate.parts, lambda p: p.group)]


@register.simple_tag
def method_parts(
    method: RankingMethod, sourced: frozenset[str] | None = None
) -> list[dict[str, Any]]:
    """The parts of the method: name, weight, the published one where the need moved it, what it
    measures, whether it has a source yet; the evaluation with its dimensions."""
    published = published_weights(method)
    sourced = sourced_parts() if sourced is None else sourced
    return [
        {
            "code": code,
            "note": PART_NOTES[code],
            "has_source": code in sourced,
            "dimensions": [_line(part.code, [part], published) for part in parts if part.dimension],
        }
        | _line(code, parts, published)
        for code, parts in _grouped(method)
    ]


def _line(code: str, parts: Iterable[Part], published: dict[str, float]) -> dict[str, Any]:
    return {
        "name": PART_NAMES[code],
        "weight": sum(part.weight for part in parts),
        "published": sum(published[part.code] for part in parts),
    }


def _grouped(method: RankingMethod) -> list[tuple[str, list[Part]]]:
    groups = groupby(method.parts, lambda part: group_of(part.code))
    return [(code, [*parts]) for code, parts in groups]


@register.filter
def bar_of(candidate: Candidate) -> list[tuple[str, float]]:
    """(name, points) of each part, for `parts_bar`."""
    return [(str(group.name), group.points) for group in groups_of(candidate)]


@register.filter
def radar_of(candidate: Candidate) -> dict[str, list[Any]] | None:
    """The dimensions of its evaluation for `{% radar %}`; None where none of them is rated."""
    parts = [part for part in candidate.parts if part.group != part.code]
    if all(part.score is None for part in parts):
        return None
    return {"scores": [p.score for p in parts], "labels": [str(p.name) for p in parts]}


@register.filter
def own_bar(part: PartScore) -> list[tuple[str, float]]:
    return [(str(part.name), part.points)]


@register.filter
def weights_bar(method: RankingMethod) -> list[tuple[str, float]]:
    """(name, weight) of each part, for `parts_bar`."""
    return [
        (str(PART_NAMES[code]), sum(p.weight for p in parts)) for code, parts in _grouped(method)
    ]


@register.filter
def part_names(method: RankingMethod) -> list[str]:
    """The names of the parts in their order, for `components/legend.html`."""
    return [str(PART_NAMES[code]) for code, _parts in _grouped(method)]


@register.simple_tag
def percentage(fraction: float) -> str:
    """0.5 is 50%: `{% percentage candidate.confidence %}`."""
    return f"{fraction:.0%}"
