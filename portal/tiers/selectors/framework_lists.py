"""How lists of frameworks are narrowed, and what all of a list come to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.tiers.framework_states import LEAST_PACE
from portal.tiers.models import Framework

COURSES: list[tuple[str, str | Promise]] = [
    ("behind", _("Behind")),
    ("on", _("On plan")),
]


def of_status(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(status=value)


def of_year(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """In which it holds for at least a month."""
    year = int(value) if value.isdecimal() and len(value) == 4 and value > "1999" else 0
    if not year:
        return rows
    return rows.filter(starts_on__lte=date(year, 12, 31), ends_on__gt=date(year, 1, 1))


def of_course(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    counted = rows.filter(due_fen__gt=0)
    least = F("due_fen") * LEAST_PACE / 10_000
    if value == "behind":
        return counted.filter(actual_fen__lt=least)
    return counted.filter(actual_fen__gte=least) if value == "on" else rows


def years() -> list[tuple[str, str]]:
    found = Framework.objects.order_by("-starts_on__year")
    numbers = found.values_list("starts_on__year", flat=True).distinct()
    return [(str(year), str(year)) for year in numbers[:10]]


FILTERS = {"status": of_status, "year": of_year, "course": of_course}


def framework_totals(actor: Actor, asked: Mapping[str, Any]) -> dict[str, int]:
    """Of what the list shows, over all its pages."""
    rows: QuerySet[Any] = Framework.objects.visible_to(actor).order_by()
    for name, narrow in FILTERS.items():
        if value := str(asked.get(name, "")):
            rows = narrow(rows, value)
    names = ("target_fen", "due_fen", "actual_fen", "projected_fen", "rebate_fen")
    found = rows.exclude(status="dropped").aggregate(
        number=Count("pk"), **{name: Sum(name) for name in names}
    )
    return {name: value or 0 for name, value in found.items()}
