"""Keeping `Rank` as its parties are. Called inside the change it follows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import connection, transaction

from portal.parties.models import Rank
from portal.parties.models.ranks import FOLLOWERS, UNKNOWN
from portal.parties.states import PartyKind

BATCH = 1000
# A service that is offered and not yet rated is unknown; followers are what is known of them.
KEEP = """
INSERT INTO parties_rank (party_id, by, value)
SELECT profile.party_id, offered.servicetype_id, %(unknown)s
FROM parties_providerprofile profile JOIN parties_providerprofile_services offered
  ON offered.providerprofile_id = profile.party_id WHERE profile.party_id = ANY(%(keys)s)
UNION ALL
SELECT party.id, %(followers)s, coalesce(reach.followers, %(unknown)s)
FROM parties_party party LEFT JOIN parties_reach reach ON reach.party_id = party.id
WHERE party.kind = %(creator)s AND party.id = ANY(%(keys)s)
ON CONFLICT (party_id, by) DO UPDATE SET value = excluded.value
WHERE parties_rank.by = %(followers)s AND parties_rank.value <> excluded.value
"""


def keep_ranks(keys: Collection[int]) -> None:
    """Everybody among these has the rows of its kind; scores that are known stay."""
    said: dict[str, Any] = {"keys": sorted(keys), "unknown": UNKNOWN, "followers": FOLLOWERS}
    with connection.cursor() as cursor:
        cursor.execute(KEEP, said | {"creator": PartyKind.CREATOR.value})


@transaction.atomic
def publish_service_scores(scores: Mapping[tuple[int, int], int]) -> None:
    """The score of each (party, service type) in hundredths of a point, and nobody else's: what is
    not named is not rated any more."""
    rated = Rank.objects.exclude(by=FOLLOWERS).filter(value__gt=UNKNOWN)
    said = {(party, by): value for party, by, value in rated.values_list("party", "by", "value")}
    gone = dict.fromkeys(said.keys() - scores.keys(), UNKNOWN)
    changed = {key: value for key, value in (gone | dict(scores)).items() if said.get(key) != value}
    Rank.objects.bulk_create(
        [
            Rank(party_id=party, by=by, value=value)
            for (party, by), value in sorted(changed.items())
        ],
        BATCH,
        update_conflicts=True,
        unique_fields=["party", "by"],
        update_fields=["value"],
    )
