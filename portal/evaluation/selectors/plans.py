"""Plans as lists show them, and the indicators they may name."""

from __future__ import annotations

from django.db.models import Count, Min, Q, QuerySet

from portal.evaluation.engine import parse_method
from portal.evaluation.models import Method, Plan, Snapshot
from portal.evaluation.selectors.boards import name_of
from portal.evaluation.selectors.segments import engine_method

Choices = list[tuple[str, str]]


def counted_plans(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """With how many items there are, how many are over, and when the next one is due."""
    return plans.annotate(
        n_items=Count("items"),
        n_over=Count("items", filter=~Q(items__outcome="")),
        next_due=Min("items__due_on", filter=Q(items__outcome="")),
    )


def indicator_choices(snapshot: Snapshot) -> Choices:
    """Code and name of each indicator of the snapshot's method."""
    return [(one.code, f"{one.code} {name_of(one)}") for one in engine_method(snapshot).indicators]


def indicators_now(code: str) -> Choices:
    """Of the method in force; none where there is none yet."""
    method = Method.objects.in_force(code).first()
    if method is None:
        return []
    return [(o.code, f"{o.code} {name_of(o)}") for o in parse_method(method.document).indicators]
