"""What is known of creators now: each figure from the best source that is not too old."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from portal.activity import rules
from portal.activity.fields import FIGURES
from portal.activity.models import ActivityDay, Distribution, Figures
from portal.activity.states import DistributionKind, Source
from portal.core import clock
from portal.parties.models import Party

FRESH = timedelta(days=120)  # older figures say nothing of today
LONG_FRESH = timedelta(days=400)  # an audience changes slowly
TREND_DAYS = 30


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, whose word it is, and of which day."""

    value: int
    source: Source
    day: date

    @property
    def is_confirmed(self) -> bool:
        """Not the party's own word, and no estimate."""
        return self.source >= Source.OPERATOR_FILE


Known = Mapping[str, Figure]


def figures_of(party_ids: Iterable[int]) -> dict[int, dict[str, Figure]]:
    """By party and name: the figures, and the followers of the last known day. Two queries,
    however many parties."""
    ids, since = list(party_ids), clock.today() - FRESH
    found: dict[int, dict[str, Figure]] = {}
    for row in Figures.objects.filter(party__in=ids).newest(since):
        known = found.setdefault(row.party_id, {})
        for name in FIGURES:
            value = getattr(row, name)
            if value is not None and name not in known:
                known[name] = Figure(value, Source(row.source), row.day)
    for day in _last_days(ids, since):
        known, source = found.setdefault(day.party_id, {}), Source(day.source)
        known["followers"] = Figure(day.followers, source, day.day)
        if day.shopping_followers is not None:
            known["shopping_followers"] = Figure(day.shopping_followers, source, day.day)
    return found


def _last_days(ids: list[int], since: date) -> Iterator[ActivityDay]:
    """Of each party the last known day, in the best source's words."""
    rows = ActivityDay.objects.filter(party__in=ids, day__gte=since)
    yield from rows.order_by("party", "-day", "-source", "-id").distinct("party")


@dataclass(frozen=True, slots=True)
class Spread:
    """A distribution to be drawn: (name, percent) in order, whose word it is, and of which day."""

    kind: str
    label: str
    parts: list[tuple[str, float]]
    source: Source
    day: date

    @property
    def is_confirmed(self) -> bool:
        return self.source >= Source.OPERATOR_FILE

    @property
    def is_halves(self) -> bool:
        return self.kind == DistributionKind.GENDER


def spreads_of(party: Party) -> list[Spread]:
    """What is known of a creator's audience and sales, in the order of the kinds."""
    since = clock.today() - LONG_FRESH
    rows = {row.kind: row for row in Distribution.objects.filter(party=party).best(since)}
    return [_spread(rows[kind]) for kind in DistributionKind.values if kind in rows]


def _spread(row: Distribution) -> Spread:
    names = rules.parts_of(row.kind)
    parts = [
        (str(name), row.parts[code] / 100) for code, name in names.items() if code in row.parts
    ]
    return Spread(
        row.kind, str(DistributionKind(row.kind).label), parts, Source(row.source), row.day
    )
