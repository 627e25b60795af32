"""Recording days, one or a hundred thousand: one rule, one statement."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from portal.activity import rules
from portal.activity.fields import DayFields
from portal.activity.models import ActivityDay
from portal.activity.reach import publish_reach_of
from portal.activity.states import Source
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw, Refused, flawless
from portal.parties.models import Party

RECORD = """
    INSERT INTO activity_activityday (party_id, day, followers, shopping_followers, videos, lives,
                                      has_sold, source, recorded_at, recorded_by_id)
    SELECT new.*, %(source)s, %(now)s, %(person)s
    FROM unnest(%(party)s::bigint[], %(day)s::date[], %(followers)s::bigint[],
                %(shopping)s::bigint[], %(videos)s::smallint[], %(lives)s::smallint[],
                %(sold)s::boolean[])
        AS new (party_id, day, followers, shopping_followers, videos, lives, has_sold)
    LEFT JOIN LATERAL (
        SELECT * FROM activity_activityday AS row
        WHERE row.party_id = new.party_id AND row.day = new.day AND row.source = %(source)s
        ORDER BY row.id DESC LIMIT 1
    ) AS said ON true
    WHERE said.id IS NULL
       OR (said.followers, said.shopping_followers, said.videos, said.lives, said.has_sold)
          IS DISTINCT FROM
          (new.followers, new.shopping_followers, new.videos, new.lives, new.has_sold)
    ORDER BY new.party_id, new.day
    RETURNING id
"""


@transaction.atomic
def record_days(actor: Actor, *, days: Sequence[DayFields], source: Source) -> int:
    """Append what `source` says. What it said before in the same words is not said again, so a
    repetition changes nothing. Returns how many rows were new."""
    party_ids = {day.party_id for day in days}
    rules.can_record_days(actor, source, party_ids).require()
    flawless(_flaws(days)).require()
    _parties_are_known(party_ids)
    written = _write(actor, days, source) if days else []
    if written:
        audit.record(
            actor,
            "record_days",
            ActivityDay(pk=written[0]),
            after={"rows": len(written), "parties": len(party_ids), "source": source.name},
        )
        publish_reach_of(party_ids)
    return len(written)


def _flaws(days: Sequence[DayFields]) -> list[Flaw]:
    """What is wrong with the first days that are, each named by its day."""
    found = (
        Flaw(flaw.field, f"{day.day}: {flaw.sentence}")
        for day in days
        for flaw in rules.flaws_of_day(day)
    )
    flaws = list(islice(found, 20))
    keys = {(day.party_id, day.day) for day in days}
    if len(keys) < len(days):
        flaws.append(Flaw("day", _("A day stands twice.")))
    return flaws


def _parties_are_known(party_ids: set[int]) -> None:
    parties = Party.objects.filter(pk__in=party_ids, kind__in=rules.KINDS)
    unknown = party_ids - set(parties.values_list("pk", flat=True))
    if unknown:
        sentence = _("No merchant or creator has this number: %(ids)s.")
        ids = ", ".join(str(pk) for pk in sorted(unknown)[:10])
        raise Refused(flawless([Flaw("party", sentence % {"ids": ids})]))


def _write(actor: Actor, days: Sequence[DayFields], source: Source) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            RECORD,
            {
                "party": [day.party_id for day in days],
                "day": [day.day for day in days],
                "followers": [day.followers for day in days],
                "shopping": [day.shopping_followers for day in days],
                "videos": [day.videos for day in days],
                "lives": [day.lives for day in days],
                "sold": [day.has_sold for day in days],
                "source": int(source),
                "now": clock.now(),
                "person": actor.user_id,
            },
        )
        return [int(pk) for (pk,) in cursor.fetchall()]
