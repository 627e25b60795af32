"""Wishes and plans as their pages show them, and the fair as the planner reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from matchmaking.fairs.models import (
    Fair,
    Meeting,
    MeetingOutcome,
    SignUp,
    Wish,
)
from matchmaking.fairs.rules import Place, can_move_meeting
from matchmaking.fairs.states import (
    LEAST_MEETINGS,
    SPREAD,
    WORTH,
    Mark,
    MeetingResult,
    PlanStatus,
)
from portal.core import clock
from portal.core.actor import Actor
from portal.parties.blocks import kept_apart_from
from portal.parties.models import Party
from portal.parties.states import PartyKind
from portal.seats.states import ClaimStatus

Marks = Mapping[tuple[UUID, UUID], str]


@dataclass(frozen=True, slots=True)
class Instance:
    """The planner's document, and what it was made of."""

    document: dict[str, Any]
    marks: Marks
    worth: Mapping[tuple[str, str], int]


def instance_of(fair: Fair, seed: int) -> Instance:
    """Everybody with a seat. A pair is worth what both wish of it; where one says no it is none,
    and where one blocked the other. Fixed meetings of the published plan stand."""
    rows = SignUp.objects.seated().filter(fair=fair).whole().order_by("pk")
    left = [row for row in rows if row.party.kind == PartyKind.MERCHANT]
    right = [row for row in rows if row.party.kind != PartyKind.MERCHANT]
    wishes = Wish.objects.filter(sign_up__fair=fair).values_list("sign_up", "other", "mark")
    marks: Marks = {(one, other): mark for one, other, mark in wishes}
    apart = {one.party_id: kept_apart_from(one.party_id) for one in left}
    worth = {
        (str(one.pk), str(other.pk)): value
        for one in left
        for other in right
        if other.party_id not in apart[one.party_id]
        and (value := worth_of(marks.get((one.pk, other.pk)), marks.get((other.pk, one.pk))))
    }
    there = {str(row.pk) for row in rows}
    document = {
        "slots": fair.slot_count,
        "breaks": fair.pauses,
        "tables": fair.tables,
        "left": [_party(row) for row in left],
        "right": [_party(row) for row in right],
        "pairs": [{"left": a, "right": b, "value": value} for (a, b), value in worth.items()],
        "fixed": [one for one in _fixed(fair) if {one["left"], one["right"]} <= there],
        "fairness": {"k": LEAST_MEETINGS, "spread": SPREAD},
        "seed": seed,
    }
    return Instance(document, marks, worth)


def worth_of(one: str | None, other: str | None) -> int:
    """0: one of them says no."""
    if Mark.NO in (one, other):
        return 0
    return WORTH[Mark(one) if one else None] * WORTH[Mark(other) if other else None]


def _party(row: SignUp) -> dict[str, Any]:
    return {"id": str(row.pk), "min": LEAST_MEETINGS, "group": row.party.kind}


def _fixed(fair: Fair) -> list[dict[str, Any]]:
    rows = Meeting.objects.filter(plan__fair=fair, plan__status=PlanStatus.PUBLISHED)
    return [
        {"left": str(row.left_id), "right": str(row.right_id), "slot": row.slot}
        for row in rows.filter(is_fixed=True)
    ]


def places_for(meeting: Meeting) -> list[tuple[datetime, list[Place]]]:
    """By time: free tables where both could meet instead."""
    plan, now = meeting.plan, clock.now()
    others = list(plan.meetings.exclude(pk=meeting.pk))
    found = []
    for slot in range(plan.slots):
        taken = {one.table for one in others if one.slot == slot}
        around = [one for one in others if one.slot in (slot, meeting.slot)]
        free = [Place(slot, table) for table in range(plan.fair.tables) if table not in taken]
        here = Place(meeting.slot, meeting.table)
        fit = [at for at in free if at != here and can_move_meeting(meeting, at, around, now)]
        if fit:
            found.append((plan.starts_at(slot), fit))
    return found


@dataclass(frozen=True, slots=True)
class Date:
    """One meeting as one side sees it: with whom, and what it said came of it."""

    meeting: Meeting
    other: SignUp
    said: str


def agenda_of(sign_up: SignUp) -> list[Date]:
    """The meetings of the published plan, in order."""
    rows = Meeting.objects.filter(plan__fair=sign_up.fair_id, plan__status=PlanStatus.PUBLISHED)
    rows = rows.select_related("plan__fair", "left__party", "right__party")
    own = rows.filter(Q(left=sign_up.pk) | Q(right=sign_up.pk)).order_by("slot")
    told = MeetingOutcome.objects.filter(sign_up=sign_up).values_list("meeting", "result")
    said = dict(told)
    return [
        Date(row, row.right if row.left_id == sign_up.pk else row.left, said.get(row.pk, ""))
        for row in own
    ]


def own_meetings(actor: Actor) -> QuerySet[Meeting]:
    """Of the acting party, at any fair; only a published plan counts."""
    key = actor.party_id
    sides = Q(left__party=key) | Q(right__party=key)
    rows = Meeting.objects.filter(sides, plan__status=PlanStatus.PUBLISHED)
    return rows.select_related("plan__fair", "left__party", "right__party")


def met_by(actor: Actor, meeting: Meeting) -> Party:
    """Who sits on the other side."""
    is_left = meeting.left.party_id == actor.party_id
    return meeting.right.party if is_left else meeting.left.party


def meetings_of(sign_up: SignUp) -> QuerySet[Meeting]:
    """Of any plan; whether it still counts is the rules' to say."""
    rows = Meeting.objects.select_related("plan__fair")
    return rows.filter(Q(left=sign_up.pk) | Q(right=sign_up.pk))


@dataclass(frozen=True, slots=True)
class AtDesk:
    """Somebody with a seat as the desk sees them: where they are expected next."""

    sign_up: SignUp
    next: Meeting | None


def at_desk(fair: Fair, rows: list[SignUp]) -> list[AtDesk]:
    """With the first meeting of each that has not begun, in one query."""
    meetings = Meeting.objects.filter(plan__fair=fair, plan__status=PlanStatus.PUBLISHED)
    ahead = meetings.select_related("plan__fair").order_by("-slot")
    found: dict[UUID, Meeting] = {}
    for one in ahead:
        if not one.has_begun:
            found |= {one.left_id: one, one.right_id: one}
    return [AtDesk(row, found.get(row.pk)) for row in rows]


def board_of(fair: Fair) -> list[dict[str, Any]]:
    """By role: how many are here, of how many with a seat; and what came of the meetings."""
    seated = SignUp.objects.seated().filter(fair=fair).order_by()
    rows = seated.values_list("fair_pool__role").annotate(
        here=Count("pk", filter=Q(claim__status=ClaimStatus.PRESENT)), all=Count("pk")
    )
    found = [
        {"label": str(PartyKind(role).label), "value": f"{here:,}", "unit": f"/ {every:,}"}
        for role, here, every in rows.order_by("fair_pool__role")
    ]
    said = MeetingOutcome.objects.filter(meeting__plan__fair=fair).order_by()
    results = dict(said.values_list("result").annotate(n=Count("meeting", distinct=True)))
    wanted = (MeetingResult.INTENT, MeetingResult.SAMPLE, MeetingResult.ABSENT)
    return found + [
        {"label": str(result.label), "value": f"{results.get(result, 0):,}"} for result in wanted
    ]
