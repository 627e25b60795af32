"""A plan by table and slot, and how many meetings everybody has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from matchmaking.fairs.models import Meeting, MeetingPlan, SignUp
from matchmaking.fairs.selectors.changes import Change
from matchmaking.fairs.states import LEAST_MEETINGS, SPREAD
from portal.parties.states import PartyKind

SHADES = (3, 6)  # a meeting worth at most as much is pale, or of the middle shade; else strong


@dataclass(frozen=True, slots=True)
class Cell:
    """One table at one time. `place`: slot and table, empty where nobody meets. `shade`: 1 to 3 by
    what the meeting is worth. `change`: what the plan changes of it, if it does."""

    place: str
    meeting: Meeting | None
    shade: int = 0
    change: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """The plan by table and slot; a part of the tables at a time."""

    slots: list[tuple[int, Any, bool]]  # number, when, whether nobody meets then
    rows: list[tuple[int, list[Cell]]]  # table as it stands on it, a cell for each slot


def grid_of(plan: MeetingPlan, first: int, count: int, change: Change | None = None) -> Grid:
    pauses = set(plan.pauses)
    rows = plan.meetings.filter(table__gte=first, table__lt=first + count)
    placed = {
        (row.table, row.slot): row for row in rows.select_related("left__party", "right__party")
    }
    last = min(first + count, plan.fair.tables)

    def cell(table: int, slot: int) -> Cell:
        meeting = placed.get((table, slot))
        place = "" if slot in pauses else f"{slot}:{table}"
        if meeting is None:
            return Cell(place, None)
        kind = change.kind_of((meeting.left_id, meeting.right_id)) if change else None
        return Cell(place, meeting, _shade(meeting.worth), kind or "")

    return Grid(
        slots=[(n, plan.starts_at(n), n in pauses) for n in range(plan.slots)],
        rows=[
            (table + 1, [cell(table, slot) for slot in range(plan.slots)])
            for table in range(first, last)
        ],
    )


def _shade(worth: int) -> int:
    return 1 + sum(worth > most for most in SHADES)


@dataclass(frozen=True, slots=True)
class Heads:
    """How many of one side have 0, 1, 2 … meetings; `before`: in the plan it is compared with,
    empty if there is none."""

    is_brands: bool
    mean: float
    names: list[int]
    counts: list[int]
    before: list[int]

    def between(self, least: int, most: float = inf) -> int:
        """How many have at least `least` and fewer than `most`."""
        return sum(
            n for name, n in zip(self.names, self.counts, strict=True) if least <= name < most
        )


def heads_of(plan: MeetingPlan, before: MeetingPlan | None = None) -> list[Heads]:
    """Of brands, and of the others; those with a seat who meet nobody count as 0."""
    rows = SignUp.objects.seated().filter(fair=plan.fair_id).order_by()
    sides: dict[bool, list[Any]] = {True: [], False: []}
    for key, kind in rows.values_list("pk", "party__kind"):
        sides[kind == PartyKind.MERCHANT].append(key)
    now, then = _meetings_by_head(plan), _meetings_by_head(before)
    return [
        _heads(is_brands, keys, now, then if before else None)
        for is_brands, keys in sides.items()
        if keys
    ]


def uneven_of(heads: Sequence[Heads]) -> tuple[int, int] | None:
    """How many have too few meetings while how many have the spread more; None where the plan is
    even, as plans of fairs that were brought in need not be."""
    few = sum(side.between(0, LEAST_MEETINGS) for side in heads)
    many = sum(side.between(LEAST_MEETINGS + SPREAD) for side in heads)
    return (few, many) if few and many else None


def _heads(is_brands: bool, keys: list[Any], now: Counter[Any], then: Counter[Any] | None) -> Heads:
    have = Counter(now[key] for key in keys)
    had = Counter(then[key] for key in keys) if then is not None else Counter()
    known = have.keys() | had.keys()
    names = list(range(min(known), max(known) + 1))
    return Heads(
        is_brands=is_brands,
        mean=sum(now[key] for key in keys) / len(keys),
        names=names,
        counts=[have[n] for n in names],
        before=[had[n] for n in names] if then is not None else [],
    )


def _meetings_by_head(plan: MeetingPlan | None) -> Counter[Any]:
    if plan is None:
        return Counter()
    return Counter(key for pair in plan.meetings.values_list("left", "right") for key in pair)
