"""What listed parties offer, for readers who keep it in their process and ask what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection

from portal.parties.states import PartyKind

KEPT = timedelta(days=1)  # how far back the journal reaches
READ_ANEW = KEPT / 2  # a reader who was away for longer must not trust the journal


class Offer(NamedTuple):
    """A listed party that somebody speaks for, as others choose by: fen a month, ids, percent of
    its business by category. Who is no provider names no services, parts and prices, and is where
    it is."""

    party_id: int
    verified_at: datetime
    updated_at: datetime
    price_low_fen: int
    price_high_fen: int
    works_remotely: bool
    service_ids: list[int]
    city_ids: list[int]
    category_ids: list[int]
    shares: list[int]
    fact_parts: list[str]


@dataclass(frozen=True, slots=True)
class Mark:
    """How far somebody has read. `epoch` changes when the journal says nothing of what happened:
    the server was started, or the table emptied. `horizon` is the oldest transaction that was
    under way, `seen` all that could be seen: whoever committed before is no news, also while
    somebody else's transaction stays open for long."""

    epoch: tuple[str, ...]
    horizon: int
    seen: str
    at: datetime


@dataclass(frozen=True, slots=True)
class News:
    """What may have changed since a mark: ids of parties, or None for everything. What is read
    now may be kept for others only if `is_shared`: a transaction that has written sees what may
    never be committed."""

    mark: Mark
    changed: frozenset[int] | None
    is_shared: bool


NEWS_SQL = """
WITH news AS (
    SELECT party_id FROM parties_offerchange
    WHERE txid >= %(horizon)s
      AND NOT pg_visible_in_snapshot(txid::text::xid8, %(seen)s::pg_snapshot)
)
SELECT pg_postmaster_start_time()::text, current_database(),
       pg_relation_filenode('parties_party')::text,
       pg_snapshot_xmin(pg_current_snapshot())::text::bigint, pg_current_snapshot()::text,
       statement_timestamp(),
       pg_current_xact_id_if_assigned() IS NULL,
       (SELECT bool_or(party_id IS NULL) FROM news),
       ARRAY(SELECT DISTINCT party_id FROM news WHERE party_id IS NOT NULL)
"""
NEVER = 2**63 - 1


def news_of_offers(since: Mark | None) -> News:
    """Ask this before the offers: what is read afterwards is as new as the mark or newer."""
    with connection.cursor() as cursor:
        horizon, seen = (since.horizon, since.seen) if since else (NEVER, None)
        cursor.execute(NEWS_SQL, {"horizon": horizon, "seen": seen})
        *epoch, horizon, seen, at, is_shared, all_changed, ids = cursor.fetchone()
    mark = Mark(tuple(epoch), horizon, seen, at)
    knows = since is not None and since.epoch == mark.epoch and at - since.at < READ_ANEW
    changed = frozenset(ids) if knows and not all_changed else None
    return News(mark, changed, is_shared)


OFFERS_SQL = """
SELECT p.id, p.verified_at, p.updated_at,
       coalesce(f.price_low_fen, 0), coalesce(f.price_high_fen, 0),
       coalesce(f.works_remotely, true),
       ARRAY(SELECT servicetype_id FROM parties_providerprofile_services s
             WHERE s.providerprofile_id = p.id),
       CASE WHEN p.kind = 'provider'
            THEN ARRAY(SELECT city_id FROM parties_providerprofile_cities c
                       WHERE c.providerprofile_id = p.id)
            ELSE ARRAY[p.city_id] END,
       ARRAY(SELECT category_id FROM parties_partycategory k WHERE k.party_id = p.id ORDER BY k.id),
       ARRAY(SELECT share FROM parties_partycategory k WHERE k.party_id = p.id ORDER BY k.id),
       coalesce(f.fact_parts, '{}')
FROM parties_party p LEFT JOIN parties_providerprofile f ON f.party_id = p.id
WHERE p.kind = %(kind)s AND p.status = 'listed'
  AND (p.kind <> 'provider' OR f.party_id IS NOT NULL)
  AND EXISTS (SELECT 1 FROM parties_membership m WHERE m.party_id = p.id)
  AND (%(ids)s::bigint[] IS NULL OR p.id = ANY(%(ids)s))
ORDER BY p.id
"""


def offers(kind: PartyKind, ids: Sequence[int] | None = None) -> list[Offer]:
    """The offers of every listed party of a kind, or of those among `ids`, by id."""
    with connection.cursor() as cursor:
        cursor.execute(OFFERS_SQL, {"kind": kind, "ids": list(ids) if ids is not None else None})
        return [Offer(*row) for row in cursor.fetchall()]
