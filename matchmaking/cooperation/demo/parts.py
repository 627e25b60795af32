"""The demo's cooperations in parts, the same in every load whatever numbers a sequence gave."""

from __future__ import annotations

from django.db.models import QuerySet

from matchmaking.cooperation.models import Cooperation


def places(part: int, of: int) -> dict[int, int]:
    """Number → place among all, of those of one part."""
    keys = Cooperation.objects.order_by("pk").values_list("pk", flat=True)
    return {pk: place for place, pk in enumerate(keys.iterator()) if place % of == part}


def of_part(rows: QuerySet[Cooperation], part: int, of: int) -> QuerySet[Cooperation]:
    return rows.filter(pk__in=places(part, of)).order_by("pk")
