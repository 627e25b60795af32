"""What came of each door: from order lines by their paper to the cooperation, to its door, and to
the need, the post or the fair behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from matchmaking.cooperation.doors import DoorRecord, sources_of
from matchmaking.cooperation.models import Cooperation, CooperationQuerySet
from matchmaking.cooperation.states import Door
from portal.core.actor import Actor
from portal.revenue.selectors import LineFigures, figures_by_agreement

MOST_SOURCES = 200


@dataclass(frozen=True, slots=True)
class SourceReturn:
    """Of one need, post or fair; `record` is None where the actor may not read it."""

    key: str
    record: DoorRecord | None
    cooperations: int
    lines: LineFigures


@dataclass(frozen=True, slots=True)
class DoorReturn:
    door: Door
    cooperations: int
    with_orders: int
    lines: LineFigures
    sources: list[SourceReturn] = field(default_factory=list)

    @property
    def mean_fen(self) -> int:
        """Settled net GMV a cooperation."""
        return self.lines.net_fen // self.cooperations if self.cooperations else 0


@dataclass(frozen=True, slots=True)
class Returns:
    doors: list[DoorReturn]

    @property
    def cooperations(self) -> int:
        return sum(one.cooperations for one in self.doors)

    @property
    def lines(self) -> LineFigures:
        return sum((one.lines for one in self.doors), LineFigures())


Row = tuple[str, str, UUID]  # door, source, paper


def returns_of(actor: Actor) -> Returns:
    """Of one's own cooperations, with the needs and posts behind them."""
    mine = Cooperation.objects.visible_to(actor)
    rows = _rows(mine)
    merchants = set(mine.values_list("merchant", flat=True))
    figures = figures_by_agreement([key for _d, _s, key in rows], merchants=merchants)
    return Returns([_door(actor, door, some, figures) for door, some in _by_door(rows)])


def returns_of_all() -> Returns:
    """Of every cooperation, for operators; by door."""
    rows = _rows(Cooperation.objects.filter(merchant__sandbox_of=None))
    figures = figures_by_agreement()
    return Returns([_door(None, door, some, figures) for door, some in _by_door(rows)])


def _rows(cooperations: CooperationQuerySet) -> list[Row]:
    agreed = cooperations.filter(agreed_at__isnull=False).order_by("pk")
    return list(agreed.values_list("door", "door_source", "agreement"))


def _by_door(rows: Iterable[Row]) -> list[tuple[Door, list[Row]]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return [(door, found[door]) for door in Door if door in found]


def _door(
    actor: Actor | None, door: Door, rows: Collection[Row], figures: Mapping[UUID, LineFigures]
) -> DoorReturn:
    none = LineFigures()
    told = [figures.get(key, none) for _name, _source, key in rows]
    return DoorReturn(
        door=door,
        cooperations=len(rows),
        with_orders=sum(one.lines > 0 for one in told),
        lines=sum(told, none),
        sources=_sources(actor, door, rows, figures) if actor else [],
    )


def _sources(
    actor: Actor, door: Door, rows: Collection[Row], figures: Mapping[UUID, LineFigures]
) -> list[SourceReturn]:
    """The best first."""
    by_source: dict[str, list[LineFigures]] = defaultdict(list)
    for _name, source, key in rows:
        by_source[source].append(figures.get(key, LineFigures()))
    records = sources_of(actor, door, [key for key in by_source if key])
    found = [
        SourceReturn(key, records.get(key), len(some), sum(some, LineFigures()))
        for key, some in by_source.items()
    ]
    found.sort(key=lambda one: (-one.lines.net_fen, one.key))
    return [one for one in found if one.key][:MOST_SOURCES]
