"""How evenly candidates were shown: what operators read of the exposure log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matchmaking.engine.fairness import gini
from matchmaking.engine.ranking import Newcomers
from matchmaking.needs.models import Exposure
from matchmaking.needs.ranking import published_method
from matchmaking.needs.states import Seeks
from portal.core import clock
from portal.parties.models import Party
from portal.parties.states import PartyKind

PERIODS = (7, 30, 90)  # days
KINDS = tuple(PartyKind(seeks) for seeks in Seeks.values)
TENTHS = 10


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the listed parties: how many, how often they were shown, how evenly."""

    name: str | Promise
    providers: int
    seen: int
    shown: int
    gini: float | None


@dataclass(frozen=True, slots=True)
class ExposureReport:
    """Of one kind of party. Every listed one counts, also one nobody was shown. `tenths`: the share
    of all showings that each tenth of them got, the least shown first."""

    kind: PartyKind
    days: int
    since: date
    needs: int
    marked: int
    groups: list[Group]
    tenths: list[float]

    @property
    def whole(self) -> Group:
        return self.groups[0]


def exposure_report(days: int, kind: PartyKind = PartyKind.PROVIDER) -> ExposureReport:
    """Showings of the last `days` days, today included, of one kind of party."""
    since = clock.today() - timedelta(days=days - 1)
    shown = Exposure.objects.filter(day__gte=since, provider__kind=kind)
    counts = dict(shown.values_list("provider").annotate(Count("pk")))
    listed = Party.objects.filter(kind=kind).listed().values_list("pk", "verified_at__date")
    young_since = _young_since(kind)
    young: list[int] = []
    settled: list[int] = []
    for pk, verified in listed:
        (young if verified >= young_since else settled).append(counts.get(pk, 0))
    return ExposureReport(
        kind=kind,
        days=days,
        since=since,
        needs=shown.values("need").distinct().count(),
        marked=shown.filter(is_newcomer_place=True).count(),
        groups=[
            _group(_("All that are listed"), [*young, *settled]),
            _group(_("Verified lately"), young),
            _group(_("The others"), settled),
        ],
        tenths=_tenths([*young, *settled]),
    )


def newcomers_rule(kind: PartyKind) -> Newcomers | None:
    return published_method(kind.value).newcomers


def _young_since(kind: PartyKind) -> date:
    rule = newcomers_rule(kind)
    return clock.today() - timedelta(days=rule.verified_within_days if rule else 0)


def _group(name: str | Promise, counts: Sequence[int]) -> Group:
    return Group(name, len(counts), sum(map(bool, counts)), sum(counts), gini(counts))


def _tenths(counts: Sequence[int]) -> list[float]:
    total = sum(counts)
    if not total:
        return []
    parts = np.array_split(np.sort(np.array(counts)), TENTHS)
    return [float(part.sum()) / total for part in parts]
