"""Daily figures of two parties that become one."""

from __future__ import annotations

from portal.activity.models import ActivityDay
from portal.core import bulk
from portal.parties.merges import moves_by
from portal.parties.models import Party

COPIED = [field.attname for field in ActivityDay._meta.concrete_fields if not field.primary_key]


@moves_by(ActivityDay, "party")
def copy_days(survivor: Party, absorbed: Party) -> None:
    """Rows are never changed: those of days the party that stays knows nothing of are written
    again, under its number, with who said it and when."""
    known = ActivityDay.objects.filter(party=survivor).values("day")
    days = ActivityDay.objects.filter(party=absorbed).exclude(day__in=known).order_by("pk")
    rows = days.values(*COPIED)
    bulk.insert([ActivityDay(**(dict(row) | {"party_id": survivor.pk})) for row in rows])
