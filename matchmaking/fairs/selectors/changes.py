"""What a plan changes of the one before it: how much, and meeting by meeting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from matchmaking.fairs.models import MeetingPlan, SignUp
from matchmaking.fairs.rules import Place
from matchmaking.fairs.states import CHANGES, ChangeKind, PlanStatus

Pair = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Change:
    """A plan beside another: meetings by what becomes of them. `places`: of each that changes,
    where it was and where it is; None where there was or is no meeting."""

    same: int
    places: Mapping[Pair, tuple[Place | None, Place | None]]

    @property
    def moved(self) -> int:
        return self._count(ChangeKind.MOVED)

    @property
    def added(self) -> int:
        return self._count(ChangeKind.ADDED)

    @property
    def dropped(self) -> int:
        return self._count(ChangeKind.DROPPED)

    @property
    def touched(self) -> frozenset[UUID]:
        """Sign-ups whose day changes."""
        return frozenset(key for pair in self.places for key in pair)

    def kind_of(self, pair: Pair) -> ChangeKind | None:
        return kind_of(*self.places[pair]) if pair in self.places else None

    def _count(self, kind: ChangeKind) -> int:
        return sum(kind_of(*both) == kind for both in self.places.values())


def kind_of(before: Place | None, after: Place | None) -> ChangeKind:
    if before is None:
        return ChangeKind.ADDED
    return ChangeKind.DROPPED if after is None else ChangeKind.MOVED


def difference(before: MeetingPlan | None, after: MeetingPlan) -> Change:
    old, new = places_of(before), places_of(after)
    places = {
        pair: (old.get(pair), new.get(pair))
        for pair in old.keys() | new.keys()
        if old.get(pair) != new.get(pair)
    }
    return Change(same=len(new.keys() - places.keys()), places=places)


def places_of(plan: MeetingPlan | None) -> dict[Pair, Place]:
    if plan is None:
        return {}
    rows = plan.meetings.values_list("left", "right", "slot", "table")
    return {(left, right): Place(slot, table) for left, right, slot, table in rows}


def plan_before(plan: MeetingPlan) -> MeetingPlan | None:
    """What a draft would replace, or what a published one replaced; of first drafts the one made
    before."""
    others = plan.fair.plans.exclude(pk=plan.pk)
    told = others.filter(published_at__isnull=False)
    if plan.status == PlanStatus.DRAFT:
        standing = told.filter(status=PlanStatus.PUBLISHED).first()
        return standing or others.filter(number__lt=plan.number).order_by("-number").first()
    return told.filter(published_at__lt=plan.published_at).order_by("-published_at").first()


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One meeting that changes, by name; times and tables as people read them."""

    kind: ChangeKind
    left: str
    right: str
    before: tuple[datetime, int] | None
    after: tuple[datetime, int] | None

    @property
    def said(self) -> str:
        return str(CHANGES[self.kind])


def changes_of(plan: MeetingPlan, change: Change, first: int, count: int) -> list[ChangeRow]:
    """Those at the tables from `first` on, as they stand on the clock."""
    shown = {
        pair: both
        for pair, both in change.places.items()
        if any(one and first <= one.table < first + count for one in both)
    }
    names = dict(
        SignUp.objects.filter(pk__in={key for pair in shown for key in pair}).values_list(
            "pk", "party__name"
        )
    )
    rows = [
        ChangeRow(
            kind=kind_of(before, after),
            left=names.get(left, "—"),
            right=names.get(right, "—"),
            before=_read(plan, before),
            after=_read(plan, after),
        )
        for (left, right), (before, after) in shown.items()
    ]
    return sorted(rows, key=lambda row: (row.after or row.before, row.left, row.right))


def _read(plan: MeetingPlan, place: Place | None) -> tuple[datetime, int] | None:
    return (plan.starts_at(place.slot), place.table + 1) if place else None
