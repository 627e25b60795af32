"""Visits of the workbench: what is new there begins where the last visit ended."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from portal.core import clock
from portal.core.actor import Actor
from portal.notices.models import Visit

PAUSE = timedelta(minutes=30)  # a longer one ends the visit: a reload does not
BEFORE_THE_FIRST = timedelta(days=7)  # who comes for the first time reads of the last week

# One statement, so that two tabs cannot lose each other's visit.
NOTE = """
    INSERT INTO notices_visit AS visit (user_id, party_id, since, at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (user_id, party_id) DO UPDATE SET
      since = CASE WHEN visit.at < %s THEN visit.at ELSE visit.since END,
      at = greatest(visit.at, excluded.at)
    RETURNING since
"""


def note_visit(actor: Actor) -> datetime:
    """Somebody opens their workbench: since when they have not looked. A key makes no visit."""
    now = clock.now()
    if actor.user_id is None or actor.key_id:
        return now - BEFORE_THE_FIRST
    values = [actor.user_id, actor.party_id, now - BEFORE_THE_FIRST, now, now - PAUSE]
    with connection.cursor() as cursor:
        cursor.execute(NOTE, values)
        [since] = cursor.fetchone()
    return since


def last_seen(actor: Actor) -> datetime:
    """The same for who only asks; nothing is noted."""
    own = Visit.objects.filter(user=actor.user_id, party_id=actor.party_id)
    since = own.values_list("since", flat=True).first() if actor.user_id else None
    return since or clock.now() - BEFORE_THE_FIRST


def see_changes(actor: Actor) -> datetime:
    """The person has read what is new: from this moment on only what comes after is."""
    note_visit(actor)
    now = clock.now()
    own = Visit.objects.filter(user=actor.user_id, party_id=actor.party_id)
    own.update(since=now, at=now)
    return now


def bring_visit(actor: Actor, *, at: datetime) -> None:
    """A visit of the past: the demo's people have been here before."""
    Visit.objects.update_or_create(
        user=actor.user, party_id=actor.party_id, defaults={"since": at, "at": at}
    )
