"""Daily figures of two parties that become one."""

from __future__ import annotations

from django.db import models

from portal.activity.models import ActivityDay, Distribution, Figures
from portal.activity.reach import publish_reach_of
from portal.core import bulk
from portal.parties.merges import moves_by
from portal.parties.models import Party


def copied(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if not field.primary_key]


@moves_by(ActivityDay, "party")
def copy_days(survivor: Party, absorbed: Party) -> None:
    """Rows are never changed: those of days the party that stays knows nothing of are written
    again, under its number, with who said it and when."""
    known = ActivityDay.objects.filter(party=survivor).values("day")
    days = ActivityDay.objects.filter(party=absorbed).exclude(day__in=known).order_by("pk")
    rows = days.values(*copied(ActivityDay))
    bulk.insert([ActivityDay(**(dict(row) | {"party_id": survivor.pk})) for row in rows])


@moves_by(Figures, "party")
def copy_figures(survivor: Party, absorbed: Party) -> None:
    """As with days: what is known of a day of the party that stays stands."""
    known = Figures.objects.filter(party=survivor).values("day")
    rows = Figures.objects.filter(party=absorbed).exclude(day__in=known).order_by("pk")
    told = rows.values(*copied(Figures))
    bulk.insert([Figures(**(dict(row) | {"party_id": survivor.pk})) for row in told])


@moves_by(Distribution, "party")
def copy_distributions(survivor: Party, absorbed: Party) -> None:
    known = set(Distribution.objects.filter(party=survivor).values_list("kind", "day"))
    rows = Distribution.objects.filter(party=absorbed).order_by("pk").values(*copied(Distribution))
    new = [row for row in rows if (row["kind"], row["day"]) not in known]
    bulk.insert([Distribution(**(dict(row) | {"party_id": survivor.pk})) for row in new])
    publish_reach_of([survivor.pk])
