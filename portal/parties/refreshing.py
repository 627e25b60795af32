"""Listings follow what is edited apart from their parties: which region a city belongs to, its tier
of the year, which permit a category asks for, and days that pass. Names need nothing: they are read
where they are shown and searched.

One job at a time waits; one that runs already does not see an edit behind it, so it is followed by
another.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_noop

from portal.core import jobs
from portal.core.actor import Actor, system_actor
from portal.core.jobs import Progress
from portal.core.models import Job, JobState
from portal.core.reference import follow_reference
from portal.parties.listing import refresh_facets
from portal.parties.models import (
    Belt,
    Category,
    City,
    CityYear,
    Listing,
    PermitRule,
    Region,
    ServiceType,
)
from portal.parties.selectors.reference import forget_reference

KIND = "refresh_directory"
PORTION = 500
NAMED: tuple[type[Model], ...] = (Belt, Category, City, Region, ServiceType)
NARROWING: tuple[type[Model], ...] = (Category, City, CityYear, PermitRule)


@transaction.atomic
def refresh_directory_later(actor: Actor) -> Job | None:
    """Queue the look over all listings, unless one waits that has not begun: it is held here until
    the edit is written, so that it sees it."""
    waiting = Job.objects.filter(kind=KIND, state=JobState.QUEUED)
    if waiting.select_for_update(skip_locked=True, no_key=True).exists():
        return None
    return jobs.queue_job(system_actor(actor.via), kind=KIND, key=uuid.uuid4().hex)


@jobs.job(KIND)
def refresh_directory(progress: Progress, args: dict[str, Any]) -> None:
    """Write the listings whose facets are others by now; goes on behind the last portion."""
    forget_reference()
    total = Listing.objects.count()
    behind = Listing.objects.order_by("pk").values_list("pk", flat=True)
    while keys := list(behind.filter(pk__gt=progress.checkpoint.get("after", 0))[:PORTION]):
        refresh_facets(keys)
        progress.checkpoint |= {
            "after": keys[-1],
            "done": progress.checkpoint.get("done", 0) + len(keys),
        }
        progress.report(
            done=min(progress.checkpoint["done"], total), total=total, step=gettext_noop("Listings")
        )


def _forget_names(_actor: Actor) -> None:
    transaction.on_commit(forget_reference)


for table in NAMED:
    follow_reference(table, _forget_names)
for table in NARROWING:
    follow_reference(table, refresh_directory_later)
