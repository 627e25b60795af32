"""Colleagues' opinions as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Avg, Count, F, QuerySet

from matchmaking.choosing.models import Opinion
from matchmaking.needs.models import Proposal


@dataclass(frozen=True, slots=True)
class Mean:
    """Of `people` colleagues: the mean of all stars, from 1 to 5."""

    stars: float
    people: int


def means_of(proposals: Iterable[Proposal]) -> dict[int, Mean]:
    """By proposal; those nobody spoke about are left out."""
    rows = (
        Opinion.objects.filter(proposal__in=[proposal.pk for proposal in proposals])
        .values_list("proposal")
        .annotate(stars=Avg((F("plan") + F("price") + F("team")) / 3.0), people=Count("pk"))
        .order_by("proposal")
    )
    return {key: Mean(float(stars), people) for key, stars, people in rows}


def opinions_of(proposal: Proposal) -> QuerySet[Opinion]:
    return Opinion.objects.filter(proposal=proposal).select_related("person").order_by("at", "pk")
