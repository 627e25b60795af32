"""A creator's free days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from matchmaking.needs import rules
from matchmaking.needs.fields import FreeSpan
from matchmaking.needs.models import FreeTime
from portal.core import audit
from portal.core.actor import Actor
from portal.parties.services import lock_party


@transaction.atomic
def set_free_days(actor: Actor, *, spans: Sequence[FreeSpan]) -> list[FreeTime]:
    """All of them anew. None at all says nothing: the creator stands in every order again."""
    rules.can_set_free_days(actor).require()
    rules.free_days_are_sound(spans).require()
    assert actor.party is not None
    party = lock_party(actor.party)  # two colleagues at once: the later one stands
    FreeTime.objects.filter(party=party).delete()
    day = timedelta(days=1)
    rows = [
        FreeTime(party=party, period=DateRange(span.starts_on, span.ends_on + day))
        for span in sorted(spans, key=lambda span: span.starts_on)
    ]
    made = FreeTime.objects.bulk_create(rows)
    audit.record(actor, "set_free_days", party, after={"spans": [str(row) for row in made]})
    return made
