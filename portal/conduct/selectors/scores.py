"""What the evaluation and public profiles read: violations in force, their points, their gates.

A violation counts from the moment it is in force (confirmed by an operator, its hearing and its
time to appeal over) until the day it lapses. Its points fade by half every 180 days, counted from
the day it was confirmed: points × 2^(−days / 180).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from portal.conduct.models import Case
from portal.core import clock
from portal.parties.models import Party


def points_of(parties: Iterable[int], at: datetime) -> dict[int, float]:
    """The violation points of each of these parties (by key) at that moment; 0 for a clean one.
    Summed in the order of the cases, so that the same rows give the same number."""
    points = dict.fromkeys(parties, 0.0)
    for case in Case.objects.in_force(at).filter(party__in=list(points)).order_by("pk"):
        points[case.party_id] += case.points_at(at)
    return points


def gates_in_force(at: datetime) -> dict[int, list[str]]:
    """The gates that violations close at that moment: party → codes, each once, sorted."""
    closed = Case.objects.in_force(at).exclude(gate="").order_by("party", "gate")
    gates: dict[int, list[str]] = {}
    for party, gate in closed.values_list("party", "gate").distinct():
        gates.setdefault(party, []).append(gate)
    return gates


def gates_at_end_of(day: date) -> dict[int, list[str]]:
    """The same at the end of a day in Shanghai, as snapshots of ratings ask."""
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=clock.SHANGHAI)
    return gates_in_force(end - timedelta(microseconds=1))


def violations_of(party: Party) -> QuerySet[Case]:
    """What everybody may read of a party, the newest first."""
    return (
        Case.objects.in_force(clock.now())
        .filter(party=party)
        .select_related("rule")
        .order_by("-confirmed_at")
    )
