"""What was shown is written down: by it the operators see whether everyone gets their chance."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from matchmaking.needs.models import Need
from matchmaking.needs.ranking import Candidate
from portal.core import clock
from portal.core.actor import Actor

# What is known already is left out before a key is drawn for it: a page that is looked at again
# writes nothing at all. Two who look at the same moment meet at the constraint.
SQL = """
INSERT INTO needs_exposure (need_id, provider_id, place, is_newcomer_place, day, viewer_id)
SELECT %(need)s, seen.provider, seen.place, seen.marked, %(day)s, %(viewer)s
FROM unnest(%(providers)s::bigint[], %(places)s::int[], %(marked)s::bool[])
     AS seen (provider, place, marked)
WHERE NOT EXISTS (SELECT FROM needs_exposure e WHERE e.need_id = %(need)s
                  AND e.provider_id = seen.provider AND e.day = %(day)s)
ON CONFLICT DO NOTHING
"""


def log_exposures(actor: Actor, *, need: Need, candidates: Sequence[Candidate]) -> None:
    """Note that the acting party was shown these candidates. The log is its own audit."""
    if need.merchant.is_sandbox:  # nobody was really looked at
        return
    with connection.cursor() as cursor:
        cursor.execute(
            SQL,
            {
                "need": need.pk,
                "day": clock.today(),
                "viewer": actor.party_id,
                "providers": [c.provider.pk for c in candidates],
                "places": [c.place for c in candidates],
                "marked": [c.is_newcomer_place for c in candidates],
            },
        )
