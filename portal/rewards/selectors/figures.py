"""What the desk shows of a season, as rows of a file: part, name, value, note."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.rewards.models import Programme
from portal.rewards.selectors.desk import (
    costs_of_season,
    ends_of_season,
    forecasts_of,
    funnel_of_season,
)
from portal.rewards.states import ClaimStatus

Figure = tuple[str, str, str, str]


def header_of_figures() -> list[str]:
    return [
        pgettext("file", "Part"),
        pgettext("file", "Figure"),
        pgettext("file", "Value"),
        pgettext("file", "Note"),
    ]


def figures_of_season(season: Programme) -> Iterator[Figure]:
    """The same figures as on the page, from the same reckoning."""
    for stage in funnel_of_season(season):
        share = "" if stage.share is None else f"{stage.share}%"
        yield _("How far claims get"), stage.label, str(stage.count), share
    for name, count in ends_of_season(season).items():
        yield _("How far claims get"), str(ClaimStatus(name).label), str(count), ""
    for cost in costs_of_season(season):
        yield _("What a unit of improvement costs"), cost.name, cost.cost, cost.note
    for pool in forecasts_of(season):
        yield pool.name, _("Budget"), pool.budget, pool.said
        yield pool.name, _("Free"), pool.free, f"{pool.percent}%"
        yield pool.name, _("Expected to pass"), pool.expected, pool.formula
        yield pool.name, _("Runs dry"), pool.dries, ""
